"""What a plan must know of the past; the log (`progress`) tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Past:
    """What was done lately, and how it went.

    `sessions` counts the sessions of each exercise, `steps` the load steps it has earned (below 0
    where it was too hard), `mastered` names those ready for their harder form. `cut` are exercises
    whose next dose is lowered, `resting` those that wait, each with the reason. `last_week` are the
    exercises of the week before, `trained_weeks` how many weeks of training lie behind,
    `last_strength` the last day with a strength session, `last_day`
    that of any session. `done_share` is the share of the planned sessions that were done, and
    `rest_until` the first day that may hold a session again.
    """

    sessions: Mapping[str, int] = field(default_factory=dict)
    steps: Mapping[str, int] = field(default_factory=dict)
    mastered: frozenset[str] = frozenset()
    cut: Mapping[str, str] = field(default_factory=dict)
    resting: Mapping[str, str] = field(default_factory=dict)
    last_week: frozenset[str] = frozenset()
    trained_weeks: int = 0
    last_strength: date | None = None
    last_day: date | None = None
    done_share: float | None = None
    rest_until: date | None = None
    warnings: tuple[str, ...] = ()


NOTHING_YET = Past()
"""The past of a runner who begins."""
