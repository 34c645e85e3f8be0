"""Who may do which exercise, and in which session."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hipwise.knowledge import load
from hipwise.knowledge.exercises import Movement
from hipwise.planning import Circumstances, Past, SessionKind, plan, todays_session
from hipwise.planning.availability import Selection, loads
from hipwise.planning.phases import WeekRules
from hipwise.planning.plan import WeekPhase
from hipwise.screening import read_answers
from hipwise.services.basis import basis_of_files
from tests.planning.runners import MONDAY

L = load()
BUILD = WeekRules(WeekPhase.BUILD, 4, 3, halved=False, strength_days=2, few=False)
ALL = frozenset(L.targets)
RUNNERS = Path(__file__).parents[1] / "screening" / "runners"


def selection(**changes: object) -> Selection:
    life = Circumstances(10, 3, screened=True, not_hopping=None)
    base = Selection(L, life, BUILD, Past(), wanted=ALL)
    return replace(base, **changes)  # type: ignore[arg-type]


def ids(chosen: Selection, kind: SessionKind) -> set[str]:
    return {exercise.id for exercise in chosen.exercises(kind)}


def test_before_a_run_nothing_is_held_long_and_nothing_loads() -> None:
    chosen = selection().exercises(SessionKind.PRE_RUN)
    assert chosen
    assert all(e.movement is not Movement.STATIC_HOLD and not loads(e, L) for e in chosen)


def test_a_weak_runner_begins_with_the_easiest_form() -> None:
    band = Circumstances(10, 3, equipment=frozenset({"mini_band", "wall"}), screened=True)
    gentle = selection(circumstances=band, gently=frozenset({"hip_abductor_strength"}))
    assert "side_lying_hip_abduction" not in ids(gentle, SessionKind.STRENGTH)
    assert "clamshell" in ids(gentle, SessionKind.STRENGTH)


def test_who_cannot_have_the_easier_form_may_begin_with_the_next() -> None:
    assert "side_lying_hip_abduction" in ids(selection(), SessionKind.STRENGTH)


def test_from_65_on_balance_begins_with_both_feet_on_the_floor() -> None:
    old = replace(selection().circumstances, old=True)
    assert "single_leg_reach" not in ids(selection(circumstances=old), SessionKind.STRENGTH)
    stood = Past(sessions={"tandem_stand": 4})
    later = selection(circumstances=old, past=stood)
    assert "single_leg_reach" in ids(later, SessionKind.STRENGTH)


def test_hops_need_clearance_and_a_day_that_allows_them() -> None:
    skips = {"a_skip", "pogo_hop"}
    done = Past(sessions=dict.fromkeys(["tall_march", "a_skip", "pogo_hop"], 5))
    allowed = selection(past=done, hops_in=frozenset({SessionKind.PRE_RUN}))
    assert skips & ids(allowed, SessionKind.PRE_RUN)
    assert not skips & ids(replace(allowed, hops_in=frozenset()), SessionKind.PRE_RUN)
    waiting = replace(allowed.circumstances, not_hopping="Hops wait.")
    assert not skips & ids(replace(allowed, circumstances=waiting), SessionKind.PRE_RUN)


@pytest.mark.parametrize(
    ("exercise", "changes", "words"),
    [
        ("step_up", {"conditions": frozenset({"knee_pain"})}, "Your knee hurts"),
        ("clamshell", {}, "It needs mini band"),
        ("nordic_hamstring", {"equipment": frozenset({"anchor", "cushion"})}, "too hard"),
        ("single_leg_bridge", {}, "Two-leg bridge, comes first"),
    ],
)
def test_what_speaks_against_an_exercise_is_said(
    exercise: str, changes: dict[str, object], words: str
) -> None:
    life = replace(selection().circumstances, **changes)  # type: ignore[arg-type]
    reason = selection(circumstances=life).against(L.exercise(exercise))
    assert reason is not None
    assert words in reason


@pytest.mark.parametrize(
    ("runner", "tag"), [("seventy_and_wobbly", "unsteady"), ("hypermobile_nineteen", "very_mobile")]
)
def test_what_the_tests_show_can_rule_exercises_out(runner: str, tag: str) -> None:
    answers = read_answers(RUNNERS / f"{runner}.yaml")
    basis = basis_of_files([answers], [], L)
    made = plan(basis.findings, basis.circumstances, start=MONDAY, weeks=6, library=L)
    used = {i.exercise for w in made.weeks for s in w.sessions for i in s.items}
    today = todays_session(basis.findings, L, 20, "strength", circumstances=basis.circumstances)
    used |= {item.exercise for item in today.items}
    assert used
    assert not any(tag in L.exercise(id).contraindications for id in used)
    told = {reason for _, reason in made.resting}
    assert all(L.contraindication(tag).meaning in reason for reason in told)
    assert bool(told) == (tag == "unsteady"), "only what a finding would ask for is told"
    assert not any("You told" in note for note in made.notes)
