from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings

from hipwise.coaching import StepKind, coach
from hipwise.coaching.document import to_document
from hipwise.errors import KnowledgeError
from hipwise.knowledge import load
from hipwise.measurement import Side
from hipwise.planning import Prescription, Session, SessionKind, plan, todays_session
from hipwise.planning.dose import extra_seconds, seconds_of, stepped
from tests.planning.runners import MONDAY, asking_for, lives, pasts, some_findings

L = load()


def prescribed(id: str, sets: int, extra: Side | None = None, steps: int = 0) -> Prescription:
    exercise = stepped(L.exercise(id), steps)
    seconds = seconds_of(exercise, sets, L) + (extra_seconds(exercise) if extra else 0)
    dose = exercise.dose
    return Prescription(id, sets, dose.reps, dose.hold_s, seconds, (), "", extra, steps)


@pytest.mark.parametrize("id", list(L.exercises))
def test_every_exercise_takes_exactly_the_time_that_was_planned(id: str) -> None:
    sides: list[Side | None] = list(Side) if L.exercise(id).unilateral else []
    for sets in range(1, 6):
        for steps in (0, 2):
            for extra in (None, *sides):
                item = prescribed(id, sets, extra, steps)
                timeline = coach(Session(SessionKind.DAILY, 60, (item,)), L)
                assert timeline.seconds == pytest.approx(item.seconds)
                done = Counter(s.side for s in timeline.steps if s.kind is StepKind.WORK)
                expected = {s: sets + (extra is not None and s is extra) for s in sides or [None]}
                assert done == expected


@settings(max_examples=25, deadline=None)
@given(some_findings(), lives(), pasts())
def test_whatever_is_planned_can_be_followed(findings, life, past) -> None:  # type: ignore[no-untyped-def]
    made = plan(findings, life, start=MONDAY, weeks=1, past=past, library=L)
    for session in made.weeks[0].sessions:
        timeline = coach(session, L)
        assert timeline.seconds == pytest.approx(session.seconds)
        for first, second in pairwise(timeline.steps):
            assert second.start_s == pytest.approx(first.end_s)
        assert all(0 <= b.at_s < timeline.seconds for b in timeline.beeps)
        for one, other in pairwise(timeline.beeps):
            assert other.at_s >= one.at_s


def test_the_side_that_gets_more_comes_last_and_is_said() -> None:
    item = prescribed("clamshell", 2, Side.LEFT)
    steps = coach(Session(SessionKind.DAILY, 20, (item,)), L).steps
    assert [s.kind for s in steps if s.kind is not StepKind.REST] == [
        StepKind.GET_READY,
        *[StepKind.WORK] * 2,
        StepKind.TURN,
        *[StepKind.WORK] * 3,
    ]
    assert steps[0].caption == "Get ready: Clamshell, right side"
    assert "left side" in steps[-1].caption
    assert (steps[-1].set, steps[-1].of_sets) == (3, 3)


def test_work_is_counted_down_to_begun_and_ended() -> None:
    item = prescribed("side_plank_knees", 1)
    timeline = coach(Session(SessionKind.DAILY, 20, (item,)), L)
    work = next(s for s in timeline.steps if s.kind is StepKind.WORK)
    heard = [b.at_s for b in timeline.beeps]
    for at in (work.start_s - 3, work.start_s - 2, work.start_s - 1, work.start_s):
        assert at in heard
    assert work.start_s + work.seconds / 2 in heard, "half-way"


def test_a_document_holds_all_of_it() -> None:
    session = todays_session([asking_for("hip_abductor_strength")], L, 8, "strength")
    timeline = coach(session, L)
    document = json.loads(json.dumps(to_document(timeline, L), allow_nan=False))
    assert len(document["steps"]) == len(timeline.steps)
    assert [e["id"] for e in document["exercises"]] == [i.exercise for i in session.items]
    assert {s["place"] for s in document["steps"]} == set(range(len(session.items)))
    for exercise in document["exercises"]:
        regression = L.exercise(exercise["id"]).regression
        assert (exercise["easier"] or {}).get("id") == regression


def test_nothing_to_do_takes_no_time() -> None:
    assert coach(Session(SessionKind.DAILY, 4, ()), L).seconds == 0


def test_an_unknown_exercise_is_refused() -> None:
    item = replace(prescribed("clamshell", 1), exercise="handstand")
    with pytest.raises(KnowledgeError, match="handstand"):
        coach(Session(SessionKind.DAILY, 4, (item,)), L)
