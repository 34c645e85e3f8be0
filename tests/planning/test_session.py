from __future__ import annotations

import itertools
import math
import subprocess
import sys

import pytest
from hipwise.planning.choice import choose, extra_seconds, seconds_of
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.errors import UsageError
from hipwise.findings import Finding, FindingKind
from hipwise.knowledge import load
from hipwise.knowledge.exercises import Exercise, Movement, Phase
from hipwise.measurement import Side
from hipwise.planning import Session, todays_session
from hipwise.planning.demand import Demand

TARGETS = sorted(load().targets)


def asking_for(
    *targets: str, weight: float = 0.5, side: Side | None = None, id: str = "made_up"
) -> Finding:
    return Finding(
        id=id,
        rule="thigh_extension_uneven",
        kind=FindingKind.ASYMMETRY,
        title="Made up",
        seen="Made up.",
        compared_with="",
        may_mean="",
        against=(),
        grade="D",
        sources=("peterson2022",),
        status="chosen",
        targets=targets,
        side=side,
        measurements=(),
        weight=weight,
        sure=True,
        days=2,
    )


@st.composite
def some_findings(draw: st.DrawFn) -> tuple[Finding, ...]:
    return tuple(
        asking_for(
            *draw(st.lists(st.sampled_from(TARGETS), min_size=1, max_size=3, unique=True)),
            weight=draw(st.floats(0.05, 1)),
            side=draw(st.sampled_from([None, *Side])),
            id=f"made_up_{number}",
        )
        for number in range(draw(st.integers(0, 4)))
    )


MINUTES = st.floats(0.1, 40)
PHASES = st.sampled_from(sorted(Phase))


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
        assert phase in exercise.phases
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


@settings(max_examples=25, deadline=None)
@given(some_findings(), MINUTES, st.floats(0, 10), PHASES)
def test_more_time_never_helps_less(
    findings: tuple[Finding, ...], minutes: float, more: float, phase: str
) -> None:
    library = load()
    fitting = [e for e in library.exercises.values() if phase in e.phases]
    demand = Demand.of(findings, library)
    less, longer = (
        choose(fitting, demand, library, 60 * m).benefit for m in (minutes, minutes + more)
    )
    assert longer >= less - 1e-6


@settings(max_examples=10, deadline=None)
@given(some_findings(), MINUTES, PHASES)
def test_the_same_input_gives_the_same_session(
    findings: tuple[Finding, ...], minutes: float, phase: str
) -> None:
    first = todays_session(findings, load(), minutes, phase)
    assert todays_session(tuple(reversed(findings)), load(), minutes, phase) == first


def worth_by_hand(sets: dict[str, int], demand: Demand, pool: list[Exercise]) -> float:
    """The gain of a choice without extra sets, added up without the solver."""
    library = load()
    scale_s, fade = library.setting("dose_scale_s"), library.setting("next_set_worth")
    knots = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
    total = 0.0
    for target, worth in demand.worth.items():
        dose = sum(
            e.serves(target) * e.dose.set_s * fade**place / scale_s
            for e in pool
            for place in range(sets.get(e.id, 0))
        )
        for low, high in itertools.pairwise(knots):
            inside = min(max(dose - low, 0.0), high - low)
            total += worth * inside * (math.log1p(high) - math.log1p(low)) / (high - low)
    return total


def time_by_hand(sets: dict[str, int], pool: list[Exercise]) -> float:
    library = load()
    used = [e for e in pool if sets.get(e.id)]
    positions = len({e.position for e in used})
    change_s = library.setting("change_exercise_s")
    extra_s = library.setting("change_position_s") - change_s
    work_s = sum(seconds_of(e, sets[e.id], library) + change_s for e in used)
    return work_s + positions * extra_s


@pytest.mark.parametrize("minutes", [1.5, 3, 5])
def test_trying_every_choice_finds_nothing_better(minutes: float) -> None:
    library = load()
    names = ("glute_bridge", "half_kneeling_rock", "leg_swing_sagittal", "side_lunge", "bird_dog")
    pool = [library.exercise(name) for name in names]
    demand = Demand.of([asking_for("hip_extension_mobility", "trunk_control")], library)
    best = 0.0
    for counts in itertools.product(*(range(e.dose.sets + 1) for e in pool)):
        sets = dict(zip(names, counts, strict=True))
        if time_by_hand(sets, pool) <= minutes * 60:
            best = max(best, worth_by_hand(sets, demand, pool))
    chosen = choose(pool, demand, library, minutes * 60)
    assert worth_by_hand(dict(chosen.sets), demand, pool) == pytest.approx(best, abs=1e-3)
    assert chosen.benefit == pytest.approx(best, abs=1e-3)


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
        change_s = item.seconds - plain_s - extra_seconds(exercise)
        assert change_s in {6, 10}


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
    assert "wait for the self-tests" in left_out.reason


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
    with pytest.raises(UsageError, match=r"no phase 'midnight'.*pre_run, post_run, strength"):
        todays_session([], load(), 8, "midnight")


def test_the_solver_is_loaded_only_when_a_session_is_planned() -> None:
    program = "import sys, hipwise.planning; print('highspy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
