from __future__ import annotations

import math
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.errors import UsageError
from hipwise.findings import Finding
from hipwise.knowledge import load
from hipwise.knowledge.exercises import Movement
from hipwise.measurement import Side
from hipwise.planning import Circumstances, Session, SessionKind, todays_session
from hipwise.planning.availability import FITS
from hipwise.planning.circumstances import WITH_NOTHING
from hipwise.planning.dose import extra_seconds, seconds_of
from tests.planning.runners import asking_for, some_findings

MINUTES = st.floats(0.1, 40)
PHASES = st.sampled_from(sorted(SessionKind))


@settings(max_examples=40, deadline=None)
@given(some_findings(), MINUTES, PHASES)
def test_no_session_breaks_a_rule(
    findings: tuple[Finding, ...], minutes: float, phase: str
) -> None:
    library = load()
    session = todays_session(findings, library, minutes, phase)
    assert session.seconds <= minutes * 60
    chosen = [library.exercise(item.exercise) for item in session.items]
    assert len({e.id for e in chosen}) == len(chosen)
    for item, exercise in zip(session.items, chosen, strict=True):
        assert not FITS[SessionKind(phase)].isdisjoint(exercise.phases)
        assert not exercise.impact
        assert exercise.household
        assert exercise.effort <= library.setting("hardest_before_tests")
        assert 1 <= item.sets <= exercise.dose.sets
        assert item.seconds >= exercise.seconds(item.sets)
        assert item.reason
        assert bool(item.serves) != (item.reason == "general")
        assert item.extra_side is None or exercise.unilateral
        assert exercise.progression not in {e.id for e in chosen}
    if phase == "pre_run":
        assert all(e.movement is not Movement.STATIC_HOLD for e in chosen)


@settings(max_examples=10, deadline=None)
@given(some_findings(), MINUTES, PHASES)
def test_the_same_input_gives_the_same_session(
    findings: tuple[Finding, ...], minutes: float, phase: str
) -> None:
    first = todays_session(findings, load(), minutes, phase)
    assert todays_session(tuple(reversed(findings)), load(), minutes, phase) == first


def moved(session: Session) -> set[str]:
    return {item.exercise for item in session.items}


def test_a_stiff_right_hip_gets_its_exercises_and_more_on_the_right() -> None:
    finding = asking_for("hip_extension_mobility", "hip_flexor_mobility", side=Side.RIGHT)
    session = todays_session([finding], load(), 8)
    assert {"half_kneeling_rock", "long_lunge_rotation"} & moved(session)
    assert any(item.extra_side is Side.RIGHT for item in session.items)
    assert all(item.extra_side is not Side.LEFT for item in session.items)
    assert session.left_out == ()


def test_an_extra_set_is_counted_in_the_seconds() -> None:
    finding = asking_for("hip_extension_mobility", side=Side.LEFT, weight=0.9)
    library = load()
    session = todays_session([finding], library, 15)
    extra = [item for item in session.items if item.extra_side]
    assert extra
    for item in extra:
        exercise = library.exercise(item.exercise)
        plain_s = seconds_of(exercise, item.sets, library)
        assert item.seconds == plain_s + extra_seconds(exercise)


def test_without_findings_a_general_routine_comes_out() -> None:
    session = todays_session([], load(), 8)
    assert len(session.items) >= 4
    assert {item.reason for item in session.items} == {"general"}
    assert session.seconds > 6.5 * 60


def test_before_a_run_it_goes_from_the_floor_up_and_after_it_down() -> None:
    library = load()
    for phase, order in (("pre_run", 1), ("post_run", -1)):
        items = todays_session([], library, 20, phase).items
        heights = [library.exercise(item.exercise).position.height for item in items]
        assert heights == sorted(heights, reverse=order == -1)


def test_what_is_trained_elsewhere_is_left_out_with_the_reason() -> None:
    (left_out,) = todays_session([asking_for("calf_strength")], load(), 8).left_out
    assert left_out.target == "calf_strength"
    assert "in a strength session" in left_out.reason


def test_what_waits_for_the_self_tests_is_left_out_with_the_reason() -> None:
    (left_out,) = todays_session([asking_for("landing_control")], load(), 20, "strength").left_out
    assert "wait until the self-tests" in left_out.reason


def test_a_session_too_short_for_anything_says_so() -> None:
    session = todays_session([asking_for("trunk_control")], load(), 0.2)
    assert session.items == ()
    assert session.seconds == 0
    assert "shortest exercise takes 33 seconds" in session.left_out[0].reason


@pytest.mark.parametrize("minutes", [0, -3, math.nan, math.inf, 181, 600])
def test_impossible_minutes_are_refused(minutes: float) -> None:
    with pytest.raises(UsageError, match="cannot be planned; give a number above 0"):
        todays_session([], load(), minutes)


def test_an_unknown_phase_is_refused() -> None:
    with pytest.raises(UsageError, match=r"no phase 'midnight'.*pre_run.*daily"):
        todays_session([], load(), 8, "midnight")


def test_the_solver_is_loaded_only_when_a_session_is_planned() -> None:
    program = "import sys, hipwise.planning; print('highspy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"


def test_away_there_is_only_a_floor_and_a_wall() -> None:
    library = load()
    session = todays_session([asking_for("balance", "trunk_control")], library, 20, away=True)
    assert session.items
    for item in session.items:
        assert set(library.exercise(item.exercise).equipment) <= WITH_NOTHING


def test_a_condition_takes_its_exercises_away() -> None:
    library = load()
    life = Circumstances(20, 3, conditions=frozenset({"wrist_pain", "hip_flexion_pain"}))
    session = todays_session([], library, 20, "daily", circumstances=life)
    assert session.items
    for item in session.items:
        assert life.conditions.isdisjoint(library.exercise(item.exercise).contraindications)
