"""Which answers stop a runner; written down from the evidence before anything was run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.knowledge import load
from hipwise.knowledge.evaluation import Facts, Value, evaluate
from hipwise.knowledge.syntax import names_in

QUESTIONS = sorted(load().intake)
STOPS = {
    "q_groin_load": {"rf_bone_stress_hip"},
    "q_night_pain": {"rf_bone_stress_hip"},
    "q_limp": {"rf_bone_stress_hip"},
    "q_hop_pain": {"rf_bone_stress_hip"},
    "q_bone_history": {"rf_reds"},
    "q_saddle": {"rf_cauda_equina"},
    "q_bladder": {"rf_cauda_equina"},
    "q_both_legs": {"rf_cauda_equina"},
    "q_systemic": {"rf_spine_serious"},
    "q_trauma": {"rf_trauma"},
    "q_hot_joint": {"rf_fever_hot_hip"},
    "q_locking": {"rf_locking"},
    "q_swelling": {"rf_vascular_dvt"},
    "q_exertional_numb": {"rf_exertional_leg"},
    "q_sitbone_tear": {"rf_hamstring_avulsion"},
    "q_leg_tingle": {"rf_neuro_leg"},
    "q_pregnant": {"rf_pregnancy"},
    "q_surgery": {"rf_recent_surgery"},
    "q_fall_year": set(),
}
HEALTHY: dict[str, Value] = dict.fromkeys(QUESTIONS, False) | {
    "age_years": 40,
    "single_leg_stance_eo": 30,
}


def raised(**answers: Value) -> set[str]:
    facts = Facts(HEALTHY | answers)
    return {f.id for f in load().red_flags.values() if evaluate(f.holds_when, facts).holds}


def test_a_healthy_adult_is_not_stopped() -> None:
    assert raised() == set()


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_yes_raises_the_flag_that_belongs_to_it(question: str) -> None:
    assert raised(**{question: True}) == STOPS[question]


@pytest.mark.parametrize(
    ("age_years", "fell", "stance_s", "stopped"),
    [
        *((15, False, 30, True), (16, False, 30, False), (65, True, 3, False)),
        *((66, True, 30, True), (66, False, 4.9, True), (66, False, 5, False)),
    ],
)
def test_the_young_and_the_frail(
    age_years: int, fell: bool, stance_s: float, stopped: bool
) -> None:
    answers: dict[str, Value] = {"age_years": age_years, "q_fall_year": fell}
    flags = raised(**answers, single_leg_stance_eo=stance_s)
    assert flags == ({"rf_minor_or_frail"} if stopped else set())


def test_an_old_runner_who_has_not_stood_on_one_leg_yet_is_neither_stopped_nor_cleared() -> None:
    flag = load().red_flags["rf_minor_or_frail"]
    facts = Facts(HEALTHY | {"age_years": 70, "single_leg_stance_eo": None})
    assert evaluate(flag.holds_when, facts).holds is None


def test_a_hop_that_was_not_tried_clears_nobody_of_anything_else() -> None:
    assert raised(q_hop_pain="not_tried") == set()
    assert raised(q_hop_pain="not_tried", q_limp=True) == {"rf_bone_stress_hip"}


def test_every_question_can_stop_or_is_part_of_what_can() -> None:
    asked = {name for flag in load().red_flags.values() for name in names_in(flag.holds_when)}
    assert set(QUESTIONS) <= asked


@given(st.dictionaries(st.sampled_from(QUESTIONS), st.booleans()), st.sampled_from(QUESTIONS))
def test_one_more_yes_never_lifts_a_flag(answers: dict[str, bool], question: str) -> None:
    assert raised(**answers) <= raised(**{**answers, question: True})


def test_every_flag_says_whom_to_see_and_how_soon() -> None:
    for flag in load().red_flags.values():
        assert flag.whom_to_see.endswith(".")
        assert flag.stop.endswith(".")
        assert flag.wording.endswith(".")
        assert flag.evidence
