"""Red flags come first, stop everything, and nothing switches them off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.knowledge import load
from hipwise.screening import score
from hipwise.screening.answers import NOT_TRIED
from hipwise.services.conclude import Wishes
from hipwise.services.screen import screen
from tests.screening.filled_in import answers

QUESTIONS = tuple(load().intake)
KNEE = {"left": [9, 10, 9.5], "right": [6, 6.5, 6.5]}
STOPS = {
    "q_groin_load": "rf_bone_stress_hip",
    "q_night_pain": "rf_bone_stress_hip",
    "q_limp": "rf_bone_stress_hip",
    "q_hop_pain": "rf_bone_stress_hip",
    "q_bone_history": "rf_reds",
    "q_saddle": "rf_cauda_equina",
    "q_bladder": "rf_cauda_equina",
    "q_both_legs": "rf_cauda_equina",
    "q_systemic": "rf_spine_serious",
    "q_trauma": "rf_trauma",
    "q_hot_joint": "rf_fever_hot_hip",
    "q_locking": "rf_locking",
    "q_swelling": "rf_vascular_dvt",
    "q_exertional_numb": "rf_exertional_leg",
    "q_sitbone_tear": "rf_hamstring_avulsion",
    "q_leg_tingle": "rf_neuro_leg",
    "q_pregnant": "rf_pregnancy",
    "q_surgery": "rf_recent_surgery",
}
"""What a single yes stops for, written down from the evidence."""


def test_a_healthy_runner_may_go_on() -> None:
    screening = score(answers({"knee_to_wall": KNEE}))
    assert screening.verdict.allowed
    assert screening.measurements


@pytest.mark.parametrize(("question", "rule"), STOPS.items())
def test_a_single_yes_stops_everything(question: str, rule: str) -> None:
    screening = score(answers({"knee_to_wall": KNEE}, {f"safety.{question}": True}))
    assert rule in {flag.rule for flag in screening.verdict.flags}
    assert screening.verdict.stop
    assert not screening.measurements
    for flag in screening.verdict.flags:
        assert flag.why in screening.verdict.message
        assert flag.whom_to_see in screening.verdict.message
        assert flag.how_soon in screening.verdict.message


def test_every_question_has_its_stop_or_needs_an_age() -> None:
    assert set(STOPS) == set(QUESTIONS) - {"q_fall_year"}
    assert set(STOPS.values()) == set(load().red_flags) - {"rf_minor_or_frail"}


@pytest.mark.parametrize(
    ("age", "fell", "stance_s", "stops"),
    [
        (15, False, 30, True),
        (16, False, 30, False),
        (65, True, 30, False),
        (66, True, 30, True),
        (66, False, 30, False),
        (66, False, 4, True),
        (40, True, 4, False),
    ],
)
def test_the_young_and_the_unsteady_are_not_left_alone(
    age: int, fell: bool, stance_s: float, stops: bool
) -> None:
    stance = {"left": [stance_s] * 3, "right": [30] * 3}
    changes = {"runner.age_years": age, "safety.q_fall_year": fell}
    screening = score(answers({"single_leg_stance_eo": stance}, changes))
    assert screening.verdict.stop is stops
    assert bool(screening.measurements) is not stops


def test_hopping_not_tried_is_no_reason_to_stop() -> None:
    assert score(answers(None, {"safety.q_hop_pain": NOT_TRIED})).verdict.allowed


def test_the_most_urgent_comes_first() -> None:
    changes = {"safety.q_locking": True, "safety.q_saddle": True}
    soon = [flag.how_soon for flag in score(answers(None, changes)).verdict.flags]
    assert soon[0] == "now"


@given(st.sets(st.sampled_from(QUESTIONS)), st.sampled_from(QUESTIONS))
def test_one_more_yes_never_lifts_a_stop(yes: set[str], more: str) -> None:
    def flags(questions: set[str]) -> set[str]:
        done = answers(None, {f"safety.{q}": True for q in questions})
        return {flag.rule for flag in score(done).verdict.flags}

    assert flags(yes) <= flags(yes | {more})


def test_a_stop_leaves_no_findings_and_no_routine() -> None:
    screened = screen(answers({"knee_to_wall": KNEE}, {"safety.q_night_pain": True}))
    assert not screened.findings
    assert screened.session is None


def test_no_exercise_that_a_condition_forbids() -> None:
    library = load()
    changes = {"runner.conditions": ["knee_pain"], "runner.minutes": 40}
    for phase in ("pre_run", "strength"):
        session = screen(answers(None, changes), Wishes(phase=phase)).session
        assert session is not None
        assert session.items
        for item in session.items:
            assert "knee_pain" not in library.exercise(item.exercise).contraindications
