"""The self-tests are whole, honest about what is not known, and refused where they are not."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hipwise.errors import KnowledgeError
from hipwise.knowledge import load
from hipwise.knowledge.library import read
from hipwise.knowledge.models import Status, Unit
from hipwise.knowledge.protocols import Battery, Protocol
from hipwise.knowledge.reading import CONTENT
from hipwise.knowledge.recorded import Sex

PROTOCOLS = tuple(load().protocols.values())
VALUES = {id: value for p in PROTOCOLS for id, value in p.recorded.items()}
STANDARD_GRAVITY = 9.80665


def home_minutes(age_years: int) -> float:
    own = [
        p.minutes
        for p in PROTOCOLS
        if Battery.HOME in p.sets
        and (p.not_for.below_age or 0) <= age_years <= (p.not_for.above_age or 200)
    ]
    return sum(own)


def test_every_test_of_the_evidence_is_there(shared_data: Path) -> None:
    evidence = yaml.safe_load((shared_data.parent / "evidence/tests.yaml").read_text("utf-8"))
    assert {test["id"] for test in evidence["tests"]} == set(load().protocols)


def test_side_limits_are_those_of_the_evidence(shared_data: Path) -> None:
    evidence = yaml.safe_load((shared_data.parent / "evidence/tests.yaml").read_text("utf-8"))
    kinds = {"abs": "absolute", "pct": "percent"}
    for test in evidence["tests"]:
        own = load().protocol(test["id"]).side_rule
        theirs = test.get("side_rule")
        assert (own is None) == (theirs is None), test["id"]
        if own is not None:
            expected = (kinds[theirs["kind"]], theirs["watch"], theirs["act"])
            assert (own.kind, own.watch, own.act) == expected, test["id"]


def test_norms_of_runners_are_those_that_were_computed(shared_data: Path) -> None:
    with (shared_data / "norms/runner_strength_mobility.csv").open(encoding="utf-8") as file:
        rows = {row["measure"]: row for row in csv.DictReader(file)}
    for measure, value in {
        "hip_abduction_force": "hhd_abduction",
        "hip_extension_force": "hhd_extension",
        "hip_external_rotation_force": "hhd_external_rotation",
        "hip_internal_rotation_force": "hhd_external_rotation.ir",
        "thomas_angle": "modified_thomas",
    }.items():
        norm = VALUES[value].norm_for("male", 30)
        assert norm is not None
        assert "38 men and 1 woman" in norm.population
        for ours, theirs in {"mean": "mean", "sd": "sd", "low": "p5", "high": "p95"}.items():
            expected = float(rows[measure][theirs])
            assert getattr(norm, ours) == pytest.approx(
                expected, abs=0.05 if "_a" in value else 0.1
            )


def test_men_s_norms_do_not_answer_for_women() -> None:
    for test in ("hhd_abduction", "hhd_extension", "hhd_external_rotation"):
        protocol = load().protocol(test)
        assert protocol.norm_for("male", 35) is not None
        assert protocol.norm_for("female", 35) is None
        assert protocol.norm_for(None, 35) is None
        assert protocol.norm_for("male", 60) is None


@pytest.mark.parametrize("id", VALUES)
def test_a_test_is_a_metric_of_its_own(id: str) -> None:
    value, metric = VALUES[id], load().metric(id)
    assert (metric.id, metric.unit, metric.sided) == (id, value.unit, value.sided)
    assert (metric.better, metric.digits) == (value.better, value.digits)
    assert metric.withheld is None
    for method in value.errors:
        assert (metric.error(method.method) or 0) > 0
        knows_sides = metric.side_error(method.method) is not None
        assert knows_sides == (value.sided and method.no_side_error is None)


def test_some_errors_grow_with_the_value() -> None:
    raises = load().metric("sidelying_leg_raise_reps")
    assert raises.error("self_test", value=40) == pytest.approx(8)
    assert raises.error("self_test", value=5) == raises.error("self_test") == 2
    assert raises.side_error("self_test", value=40) == pytest.approx(8)


def test_unknown_tests_and_values_are_refused() -> None:
    with pytest.raises(KnowledgeError, match="no self-test 'arm_wrestling'"):
        load().protocol("arm_wrestling")
    with pytest.raises(KnowledgeError, match=r"no metric 'knee_to_wall\.colour'"):
        load().metric("knee_to_wall.colour")


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda p: str(p.id))
def test_each_test_can_be_followed_at_home(protocol: Protocol) -> None:
    assert len(protocol.stop_rules) >= 3
    assert "pain above 5 out of 10" in protocol.stop_rules[0]
    assert "stress_fracture_suspicion" in protocol.not_for.tags
    for sentence in (*protocol.steps, *protocol.stop_rules, *protocol.invalid_if):
        assert sentence[0].isupper(), sentence
        assert sentence[-1] in ".?", sentence
        assert all(len(part.split()) <= 35 for part in sentence.split(". ")), sentence


@pytest.mark.parametrize("id", VALUES)
def test_a_flag_or_side_limit_without_source_says_that_it_was_chosen(id: str) -> None:
    for fact in (*VALUES[id].flags, *VALUES[id].norms):
        assert (fact.source is None) == (fact.status is Status.CHOSEN)
    assert not any(norm.status is Status.CHOSEN for norm in VALUES[id].norms)


@pytest.mark.parametrize("age_years", [20, 40, 59, 60, 75])
def test_the_home_set_takes_ten_minutes_and_no_equipment(age_years: int) -> None:
    assert 6 <= home_minutes(age_years) <= 10
    household = {"wall", "chair", "helper"}
    for protocol in PROTOCOLS:
        if Battery.HOME in protocol.sets:
            assert set(protocol.equipment) <= household, protocol.id


def test_only_clinic_tests_need_a_force_gauge() -> None:
    for protocol in PROTOCOLS:
        if {"dynamometer", "goniometer"} & set(protocol.equipment):
            assert protocol.sets == (Battery.CLINIC,), protocol.id


def test_older_people_are_not_left_alone_on_one_leg() -> None:
    for test in ("single_leg_stance_eo", "four_stage_balance", "single_leg_hop"):
        assert load().protocol(test).not_for.helper_from_age == 60
    assert load().protocol("single_leg_stance_ec").not_for.above_age == 59


@pytest.mark.parametrize(
    ("test", "value", "sex", "age_years", "flagged"),
    [
        ("modified_thomas", -1, "male", 40, True),
        ("modified_thomas", 0, "male", 40, False),
        ("straight_leg_raise", 57, "male", 40, False),
        ("straight_leg_raise", 57, "female", 40, True),
        ("straight_leg_raise", 40, None, 40, False),
        ("heel_raise", 16, "male", 45, True),
        ("heel_raise", 17, "male", 45, False),
        ("heel_raise", 3, "male", 85, False),
        ("chair_stand_30s", 11, "male", 69.9, True),
        ("chair_stand_30s", 12, "male", 69.9, False),
        ("chair_stand_30s", 5, "male", 59, False),
        ("single_leg_stance_eo", 10, "female", 55, True),
        ("single_leg_stance_eo", 30, "female", 55, False),
        ("single_leg_bridge", 19, "male", 34, True),
        ("single_leg_bridge", 19, "male", 35, False),
        ("adductor_squeeze.pain", 2, "female", 30, False),
        ("adductor_squeeze.pain", 3, "female", 30, True),
        ("hip_rotation_seated", 24, "female", 30, True),
    ],
)
def test_flags_are_raised_for_whom_they_are_meant(
    test: str, value: float, sex: Sex | None, age_years: float, flagged: bool
) -> None:
    assert bool(VALUES[test].flags_for(value, sex, age_years)) is flagged


def test_force_flags_are_the_evidence_s_share_of_body_mass() -> None:
    for test, percent in {
        "hhd_abduction": 25,
        "hhd_extension": 19,
        "hhd_external_rotation": 10,
    }.items():
        protocol = load().protocol(test)
        assert protocol.unit is Unit.N_PER_KG
        (flag,) = protocol.flags
        assert flag.value == pytest.approx(percent / 100 * STANDARD_GRAVITY, abs=0.005)


@given(
    id=st.sampled_from(sorted(VALUES)),
    sex=st.sampled_from(["male", "female", None]),
    age_years=st.floats(10, 100),
)
def test_at_most_one_norm_answers_and_it_is_about_that_person(
    id: str, sex: Sex | None, age_years: float
) -> None:
    fitting = [norm for norm in VALUES[id].norms if norm.covers(sex, age_years)]
    assert len(fitting) <= 1
    assert VALUES[id].norm_for(sex, age_years) == (fitting[0] if fitting else None)


def test_every_safety_question_says_why_it_is_asked() -> None:
    questions = load().intake.values()
    assert len(questions) == 19
    for question in questions:
        assert "?" in question.text
        assert question.why.endswith(".")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("broken") / "content"
    shutil.copytree(CONTENT, folder)
    return folder


Break = Callable[[dict[str, Any]], object]


def remove_side_error(test: dict[str, Any]) -> None:
    for error in test["errors"]:
        error.pop("side_error")


BROKEN: dict[str, tuple[Break, str]] = {
    "unknown unit": (lambda t: t.update(unit="stone"), "field 'unit'"),
    "unknown key": (lambda t: t.update(colour="red"), "field 'colour': this key is not known"),
    "unknown equipment": (lambda t: t.update(equipment=["hammock"]), "field 'equipment"),
    "limits upside down": (
        lambda t: t.update(limits={"low": 25, "high": 0}),
        "field 'limits': the range is upside down",
    ),
    "norm beyond the limits": (
        lambda t: t["norms"][0].update(mean=95),
        "the norm 95 lies outside the limits, 0 to 25",
    ),
    "flag beyond the limits": (lambda t: t["flags"][0].update(value=60), "the flag 60 lies out"),
    "two norms for one person": (
        lambda t: t["norms"].append(t["norms"][0] | {"sex": "male"}),
        "two norms answer for the same person",
    ),
    "ages upside down": (
        lambda t: t["norms"][0].update(age_low=40, age_high=20),
        "the ages are upside down",
    ),
    "nobody left": (
        lambda t: t["not_for"].update(below_age=60, above_age=50),
        "field 'not_for': the ages are upside down",
    ),
    "no side error": (remove_side_error, "needs a side_error, or no_side_error saying why"),
    "sides without sides": (lambda t: t.update(sided=False), "without sides cannot have"),
    "watch above act": (
        lambda t: t["side_rule"].update(watch=9),
        "field 'side_rule': the range is upside down: watch 9 is above act 2",
    ),
    "norm without source": (lambda t: t["norms"][0].pop("source"), "must name its source"),
    "dangling source": (
        lambda t: t["norms"][0].update(source="nobody1900"),
        r"field 'norms\.0\.source': there is no source 'nobody1900'",
    ),
    "dangling tag": (
        lambda t: t["not_for"].update(tags=["bad_mood"]),
        "no contraindication tag 'bad_mood'",
    ),
    "error as large as life": (
        lambda t: t["errors"][0]["error"]["published"].update(value=25),
        "an error of 25 is as large as the whole human range",
    ),
    "spread of one try": (
        lambda t: t["trials"].update(count=1),
        "field 'trials': one try has no spread",
    ),
    "too many tries": (lambda t: t["trials"].update(count=50), r"field 'trials\.count'"),
    "spread beyond the range": (
        lambda t: t["trials"].update(redo_if_spread_over=30),
        "redo_if_spread_over must be less than the whole human range",
    ),
    "metronome without beat": (lambda t: t.update(timer={"kind": "metronome"}), "beats_per_min"),
    "countdown without seconds": (lambda t: t.update(timer={"kind": "countdown"}), "its seconds"),
    "no steps": (lambda t: t.update(steps=["Try."]), "field 'steps'"),
    "camera without error": (
        lambda t: t["camera"].update(view="front"),
        r"no error of the method video\.front",
    ),
    "gauge without gauge": (
        lambda t: t["errors"][0].update(method="dynamometer"),
        "dynamometer, but it is not among the equipment",
    ),
    "flag against no norm": (
        lambda t: t.update(
            norms=[], flags=[{"op": "below", "against": "norm_low", "status": "chosen"}]
        ),
        "there is no norm",
    ),
    "yes or no of what": (lambda t: t.update(unit="yes/no"), "pass_fail says what counts as yes"),
    "levels left out": (
        lambda t: t.update(choices=[{"value": 0, "name": "a", "says": "Nothing."}]),
        "one choice for each level from 0 to 25",
    ),
    "value needs without others": (
        lambda t: t.update(value_needs=["ruler"], also=[], camera=None),
        "without value_needs nothing would be recorded",
    ),
    "a running metric's name": (lambda t: t.update(id="cadence"), "is a running metric as well"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_copy_is_refused(copied: Path, how: str) -> None:
    change, sentence = BROKEN[how]
    file = copied / "protocols/mobility.yaml"
    whole = file.read_text(encoding="utf-8")
    tests = yaml.safe_load(whole)
    change(next(test for test in tests if test["id"] == "knee_to_wall"))
    file.write_text(yaml.safe_dump(tests, sort_keys=False), encoding="utf-8")
    try:
        with pytest.raises(KnowledgeError, match=sentence):
            read(copied)
    finally:
        file.write_text(whole, encoding="utf-8")


def test_a_test_that_stands_in_two_files_is_refused(copied: Path) -> None:
    second = copied / "protocols/zz.yaml"
    shutil.copy(copied / "protocols/balance.yaml", second)
    try:
        with pytest.raises(KnowledgeError, match=r"zz\.yaml: the id 'single_leg_stance_eo' stands"):
            read(copied)
    finally:
        second.unlink()


def test_stop_rules_for_all_tests_cannot_be_taken_away(copied: Path) -> None:
    file = copied / "stop_rules.yaml"
    whole = file.read_text(encoding="utf-8")
    file.write_text("[]", encoding="utf-8")
    try:
        with pytest.raises(KnowledgeError, match=r"stop_rules\.yaml: 'list'"):
            read(copied)
    finally:
        file.write_text(whole, encoding="utf-8")
