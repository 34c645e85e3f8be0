"""The FIT workout, read back by a decoder of somebody else."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import fitdecode
import pytest

from hipwise.coaching import StepKind, Timeline, coach
from hipwise.knowledge import load
from hipwise.planning import Prescription, Session, SessionKind
from hipwise.planning.dose import seconds_of
from hipwise.reporting.workout import to_fit

L = load()
MADE_AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def of(*ids: str) -> Timeline:
    items = tuple(
        Prescription(id, 2, e.dose.reps, e.dose.hold_s, seconds_of(e, 2, L), (), "", None)
        for id in ids
        for e in (L.exercise(id),)
    )
    return coach(Session(SessionKind.STRENGTH, 60, items), L)


def decoded(fit: bytes) -> dict[str, list[dict[str, Any]]]:
    messages: dict[str, list[dict[str, Any]]] = {}
    with fitdecode.FitReader(
        io.BytesIO(fit),
        check_crc=fitdecode.CrcCheck.RAISE,
        error_handling=fitdecode.ErrorHandling.RAISE,
    ) as reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage):
                fields = {field.name: field.value for field in frame.fields}
                messages.setdefault(frame.name, []).append(fields)
    return messages


def test_a_watch_finds_every_step_of_the_session() -> None:
    timeline = of("clamshell", "side_plank_knees", "chair_squat")
    messages = decoded(to_fit(timeline, L, MADE_AT))
    (about,), (workout,) = messages["file_id"], messages["workout"]
    assert about["type"] == "workout"
    assert about["time_created"] == MADE_AT
    assert workout["num_valid_steps"] == len(timeline.steps) == len(messages["workout_step"])
    assert workout["sport"] == "training"
    for step, read in zip(timeline.steps, messages["workout_step"], strict=True):
        if step.kind is StepKind.WORK:
            assert read["intensity"] == "active"
            assert read["wkt_step_name"].startswith(L.exercise(step.exercise).name[:40])
            assert (step.side is None) or read["wkt_step_name"].endswith(str(step.side))
        else:
            assert read["intensity"] == "rest"
        if step.kind is StepKind.WORK and step.hold_s is None:
            assert (read["duration_type"], read["duration_reps"]) == ("reps", step.reps)
        else:
            assert read["duration_type"] == "time"
            assert read["duration_time"] == pytest.approx(step.seconds)


def test_the_watch_knows_the_exercise_where_it_has_a_name() -> None:
    first = next(
        read
        for read in decoded(to_fit(of("clamshell"), L, MADE_AT))["workout_step"]
        if read["intensity"] == "active"
    )
    assert first["exercise_category"] == "hip_raise"
    unnamed = decoded(to_fit(of("hip_hinge_drill"), L, MADE_AT))["workout_step"]
    assert all(read.get("exercise_category") is None for read in unnamed)


@pytest.mark.parametrize("id", list(L.watch_names))
def test_every_name_stands_in_the_profile(id: str) -> None:
    assert decoded(to_fit(of(id), L, MADE_AT))["workout"]
