"""Whatever is wrong in an answers file: one sentence that names the field and says what to do."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.errors import HipwiseError, NotEnoughData, UnreadableFile
from hipwise.screening import read_answers, score
from hipwise.screening.reading import checked_answers, parse_answers
from tests.screening.filled_in import answers, written

REFUSED: list[tuple[str, Any, str, str]] = [
    ("runner.age_years", 8, "runner.age_years", "10 to 100"),
    ("runner.age_years", 105, "runner.age_years", "10 to 100"),
    ("runner.age_years", "thirty", "runner.age_years", "not a number"),
    ("runner.age_years", 34.5, "runner.age_years", "whole number"),
    ("runner.age_years", None, "runner.age_years", "missing"),
    ("runner.height_m", 170, "runner.height_m", "centimetres; write metres: 1.70"),
    ("runner.height_m", 5.6, "runner.height_m", "feet; write metres: 1.71"),
    ("runner.height_m", "1,70", "runner.height_m", "not a number"),
    ("runner.height_m", True, "runner.height_m", "not a number"),
    ("runner.mass_kg", 137, "runner.mass_kg", "pounds, write 62"),
    ("runner.mass_kg", 620, "runner.mass_kg", "kilograms"),
    ("runner.mass_kg", float("nan"), "runner.mass_kg", "kilograms"),
    ("runner.sex", "f", "runner.sex", "female, male or unsaid"),
    ("runner.goal", "win", "runner.goal", "race"),
    ("runner.days", 9, "runner.days", "at most 7"),
    ("runner.minutes", 0, "runner.minutes", "at least 2"),
    ("runner.surfaces", [], "runner.surfaces", "not be empty"),
    ("runner.surfaces", "road", "runner.surfaces", "[brackets]"),
    ("runner.experience.years", 50, "runner.experience.years", "do not fit an age of 34"),
    ("runner.hight_m", 1.7, "runner.hight_m", "'height_m'"),
    ("runner.equipment", ["dynamometre"], "runner.equipment", "'dynamometer'"),
    ("runner.conditions", ["sciatic"], "runner.conditions", "'sciatica'"),
    ("runner.conditions", ["sciatica"], "runner.conditions", "safety.q_leg_tingle"),
    ("runner.conditions", ["hip_replacement"], "runner.conditions", "safety.q_surgery"),
    ("safety.q_limp", "maybe", "safety.q_limp", "yes or no"),
    ("safety.q_limp", 1, "safety.q_limp", "yes or no"),
    ("safety.q_limp", "not_tried", "safety.q_limp", "yes or no"),
    ("safety.q_limb", False, "safety", "'q_limp'"),
    ("schema", "hipwise.screening/2", "schema", "hipwise.screening/1"),
    ("set", "gym", "set", "home, full or clinic"),
    ("taken_at", "yesterday", "taken_at", "2026-05-31"),
    ("tests", [], "tests", "keys with values"),
    ("extra", 1, "extra", "known"),
]
KNEE = {"left": [9, 10, 10], "right": [10, 10, 10]}
FORCE = {"unit": "N", "left": [150, 160, 155], "right": [150, 160, 155]}
REFUSED_TESTS: list[tuple[str, dict[str, Any], str, str]] = [
    ("knee_to_wal", KNEE, "tests.knee_to_wal", "'knee_to_wall'"),
    ("knee_to_wall", KNEE | {"middle": [1]}, "tests.knee_to_wall.middle", "left, right"),
    ("knee_to_wall", KNEE | {"left": []}, "tests.knee_to_wall.left", "skipped"),
    ("knee_to_wall", KNEE | {"left": ["10 cm"] * 3}, "tests.knee_to_wall.left", "without a unit"),
    ("knee_to_wall", KNEE | {"left": [True] * 3}, "tests.knee_to_wall.left", "not a number"),
    ("knee_to_wall", KNEE | {"left": [95, 99, 95]}, "tests.knee_to_wall.left", "write 9.5"),
    ("knee_to_wall", KNEE | {"left": [-1, 9, 9]}, "tests.knee_to_wall.left", "0 to 25 cm"),
    ("knee_to_wall", {"left": [0.1] * 3, "right": [0.1] * 3}, "tests.knee_to_wall", "metres"),
    ("knee_to_wall", KNEE | {"unit": "inch"}, "tests.knee_to_wall.unit", "must be cm"),
    ("knee_to_wall", KNEE | {"method": "dynamometer"}, "tests.knee_to_wall.method", "self_test"),
    ("hhd_abduction", FORCE | {"unit": None}, "tests.hhd_abduction.unit", "add 'unit: N'"),
    ("hhd_abduction", FORCE | {"unit": "kg"}, "tests.hhd_abduction.unit", "N or kgf or lbf"),
    ("hhd_abduction", FORCE | {"unit": "kgf"}, "tests.hhd_abduction.left", "said to be kgf"),
    (
        "hhd_abduction",
        {"unit": "N", "left": [15, 16, 16], "right": [15, 16, 16]},
        "tests.hhd_abduction",
        "looks like kilograms",
    ),
    ("ninety_ninety", {"left": [7], "right": [2]}, "tests.ninety_ninety.left", "must be one of"),
    ("ninety_ninety", {"left": [1.5], "right": [2]}, "tests.ninety_ninety.left", "whole"),
    (
        "knee_to_wall",
        {"left": [9, 5, 9.2], "right": [5, 9, 5.1]},
        "tests.knee_to_wall",
        "try 2 looks swapped",
    ),
]
HALF_DONE: list[tuple[dict[str, Any], str, str]] = [
    ({"left": [9, 10, 10]}, "tests.knee_to_wall.right", "missing"),
    ({"left": [9, 10], "right": [9, 10, 10]}, "tests.knee_to_wall.left", "2 of 3"),
]


@pytest.mark.parametrize(("place", "value", "field", "words"), REFUSED)
def test_a_wrong_field(place: str, value: object, field: str, words: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        score(checked_answers(written(None, {place: value}), "me.yaml"))
    assert_clear(refusal.value, field, words)


@pytest.mark.parametrize(("id", "test", "field", "words"), REFUSED_TESTS)
def test_a_wrong_test(id: str, test: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        score(checked_answers(written({id: test}), "me.yaml"))
    assert_clear(refusal.value, field, words)


@pytest.mark.parametrize(("test", "field", "words"), HALF_DONE)
def test_a_test_half_done(test: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(NotEnoughData) as refusal:
        score(answers({"knee_to_wall": test}))
    assert_clear(refusal.value, field, words)


def assert_clear(error: HipwiseError, field: str, words: str) -> None:
    sentence = str(error)
    assert f"'{field}'" in sentence
    assert words in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "pydantic" not in sentence


def test_an_open_safety_question_is_asked_before_anything_is_scored() -> None:
    raw = written({"knee_to_wall": KNEE})
    del raw["safety"]["q_bladder"]
    with pytest.raises(NotEnoughData, match=r"'safety\.q_bladder' is missing"):
        score(checked_answers(raw, "me.yaml"))


def test_a_man_is_not_pregnant() -> None:
    raw = written(None, {"runner.sex": "male", "safety.q_pregnant": True})
    with pytest.raises(UnreadableFile, match=r"'runner\.sex' is male, but 'safety\.q_pregnant'"):
        score(checked_answers(raw, "me.yaml"))


@pytest.mark.parametrize(
    "test",
    [
        {"left": [9, 5, 9.2], "right": [5, 9, 5.1], "checked": True},
        {"left": [0.1] * 3, "right": [0.1] * 3, "checked": True},
    ],
)
def test_what_was_looked_at_again_is_taken(test: dict[str, Any]) -> None:
    assert len(score(answers({"knee_to_wall": test})).measurements) == 2


def test_a_heavy_runner_may_say_so() -> None:
    assert answers(None, {"runner.mass_kg": 137, "runner.checked": True}).runner.mass_kg == 137


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no answers file"),
        (b"- a list", "no answers file"),
        (b"a: [", "not readable YAML"),
        (b"\xff\xfe\x00", "not readable YAML"),
        (b"schema: hipwise.screening/1\nset: home\nset: full", "stands twice"),
        (b"taken_at: 2026-02-31", "cannot be read"),
        (b"a: " + b"x" * 2_000_000, "too large"),
    ],
)
def test_a_file_that_is_no_answers_file(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "me.yaml"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=words) as refusal:
        read_answers(path)
    assert "me.yaml" in str(refusal.value)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.yaml", tmp_path):
        with pytest.raises(UnreadableFile, match="cannot be read"):
            read_answers(path)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        parse_answers(content, "me.yaml")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=6,
    ),
    st.sampled_from(["runner", "safety", "tests", "set", "taken_at"]),
)
def test_any_value_anywhere_ends_in_a_sentence_or_a_screening(value: object, field: str) -> None:
    raw = written({"knee_to_wall": KNEE}, {field: value})
    with contextlib.suppress(HipwiseError):
        assert score(checked_answers(raw, "me.yaml")).profile.age_years == 34
