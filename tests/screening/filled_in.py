"""Answers of a made-up runner in good health, to be changed one field at a time."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from hipwise.knowledge import load
from hipwise.screening import Answers
from hipwise.screening.reading import checked_answers

RUNNER: dict[str, Any] = {
    "age_years": 34,
    "sex": "female",
    "height_m": 1.70,
    "mass_kg": 62,
    "experience": {"years": 5, "km_per_week": 30},
    "goal": "race",
    "minutes": 10,
    "days": 4,
    "surfaces": ["road"],
    "runs_on": ["tue", "thu", "sun"],
    "hard_on": ["sun"],
}


def written(
    tests: Mapping[str, Any] | None = None, changes: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Answers as they stand in a file; `changes` are set under dotted names."""
    raw = {
        "schema": "hipwise.screening/1",
        "taken_at": "2026-05-31",
        "runner": copy.deepcopy(RUNNER),
        "safety": dict.fromkeys(load().intake, False),
        "tests": dict(tests or {}),
    }
    for dotted, value in (changes or {}).items():
        *path, last = dotted.split(".")
        place: Any = raw
        for key in path:
            place = place[key]
        place[last] = value
    return raw


def answers(
    tests: Mapping[str, Any] | None = None, changes: Mapping[str, Any] | None = None
) -> Answers:
    """The same, checked."""
    return checked_answers(written(tests, changes), "me.yaml")
