"""Tries become measurements by each test's own rule, worked out by hand."""

from __future__ import annotations

import math
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.errors import UnreadableFile
from hipwise.knowledge import load
from hipwise.measurement import Side, one
from hipwise.screening import score
from hipwise.screening.battery import by_hand
from hipwise.screening.swapped import swapped_tries
from hipwise.screening.template import template
from tests.screening.filled_in import answers

KNEE = {"left": [9, 10, 9.5], "right": [6, 6.5, 6.5]}


def test_the_best_of_three_and_its_spread() -> None:
    screening = score(answers({"knee_to_wall": KNEE}))
    left = one(screening.measurements, "knee_to_wall", Side.LEFT)
    assert left is not None
    assert (left.value, left.n, left.method) == (10, 3, "self_test")
    assert left.sd == pytest.approx(0.5)
    assert left.error == load().metric("knee_to_wall").error("self_test")
    assert left.taken_at.isoformat() == "2026-05-31T12:00:00+00:00"
    (pair,) = screening.symmetries
    assert pair.difference == 3.5
    assert pair.beyond_error


def test_the_mean_where_the_test_says_so() -> None:
    stance = {"left": [20, 30, 40], "right": [10, 20, 30]}
    screening = score(answers({"single_leg_stance_eo": stance}))
    assert [m.value for m in screening.measurements] == [30, 20]


def test_a_leg_that_stands_as_long_as_the_clock_runs_is_done() -> None:
    screening = score(answers({"single_leg_stance_eo": {"left": [45], "right": [20, 45]}}))
    assert [(m.value, m.n) for m in screening.measurements] == [(45, 1), (32.5, 2)]


def test_newtons_kilograms_and_pounds_come_to_the_same() -> None:
    newtons = [155.0, 150.0, 152.0]
    values = []
    for unit, in_newtons in {"N": 1, "kgf": 9.80665, "lbf": 4.4482216}.items():
        tries = [force / in_newtons for force in newtons]
        force = {"unit": unit, "left": tries, "right": tries}
        values += [m.value for m in score(answers({"hhd_abduction": force})).measurements]
    assert values == pytest.approx([155 / 62] * 6)


def test_tries_that_disagree_are_told_and_those_done_again_count() -> None:
    apart = {"left": [5, 9, 10], "right": [10, 10, 10]}
    (note,) = score(answers({"knee_to_wall": apart})).notes
    assert (note.code, note.test) == ("tries_disagree", "knee_to_wall")
    assert "left" in note.message
    assert "5.0 cm" in note.message
    again = score(answers({"knee_to_wall": apart | {"left": [5, 9, 10, 8, 8.5, 9]}}))
    assert [n.code for n in again.notes] == ["done_again"]
    assert again.measurements[0].value == 9


def test_a_side_left_out_on_purpose_gives_the_other_side_only() -> None:
    screening = score(answers({"knee_to_wall": KNEE | {"right": "skipped"}}))
    assert [m.side for m in screening.measurements] == [Side.LEFT]
    assert not screening.symmetries
    assert [n.code for n in screening.notes] == ["skipped"]


def test_a_test_that_is_not_for_this_runner_is_not_to_be_repeated() -> None:
    changes = {"runner.conditions": ["acute_ankle_sprain"]}
    (note,) = score(answers({"knee_to_wall": KNEE}, changes)).notes
    assert note.code == "not_for_you"


def test_the_same_answers_give_the_same_screening() -> None:
    assert score(answers({"knee_to_wall": KNEE})) == score(answers({"knee_to_wall": KNEE}))


@given(st.lists(st.floats(0, 45), min_size=3, max_size=3))
def test_a_mean_lies_within_its_tries(tries: list[float]) -> None:
    done = answers({"single_leg_stance_eo": {"left": tries, "right": tries, "checked": True}})
    for m in score(done).measurements:
        assert min(tries) - 1e-9 <= m.value <= max(tries) + 1e-9
        assert m.n == 3 or m.value == pytest.approx(fmean(tries))
        assert m.sd is None or math.isfinite(m.sd)


def test_swapped_tries_are_those_that_fit_the_other_side() -> None:
    assert swapped_tries((9, 5, 9.2), (5, 9, 5.1), 1.9) == (1,)
    assert swapped_tries((9, 9, 9), (5, 5, 5), 1.9) == ()
    assert swapped_tries((9, 8.5, 9), (8.6, 9, 8.4), 1.9) == ()
    assert swapped_tries((9, 5), (5, 9), 1.9) == ()


@given(st.lists(st.floats(0, 30), min_size=3, max_size=3), st.floats(-1, 1))
def test_sides_closer_than_the_error_are_never_called_swapped(
    tries: list[float], shift: float
) -> None:
    other = tuple(x + shift for x in tries)
    near = abs(sorted(tries)[0] - sorted(tries)[2]) + abs(shift)
    assert swapped_tries(tuple(tries), other, near + 0.01) == ()


@pytest.mark.parametrize("set_", ["home", "full", "clinic"])
def test_the_template_names_every_question_and_every_value_of_its_set(set_: str) -> None:
    library, text = load(), template(set_, load())
    lines = {line.split(":")[0].strip() for line in text.splitlines()}
    wanted = {id for p in library.protocols.values() if set_ in p.sets for id in by_hand(p)}
    assert lines >= wanted | set(library.intake)
    other = {p.id for p in library.protocols.values() if set_ not in p.sets}
    assert not lines & other
    assert max(len(line) for line in text.splitlines() if line.strip().startswith("#")) <= 100


def test_of_pain_noticed_in_any_try_the_worst_counts() -> None:
    squeeze = {"tries": [150, 155], "unit": "N"}
    pain = {"tries": [4, 1]}
    screening = score(answers({"adductor_squeeze": squeeze, "adductor_squeeze.pain": pain}))
    values = {m.metric: m.value for m in screening.measurements}
    assert values["adductor_squeeze"] == pytest.approx(155 / 62)
    assert values["adductor_squeeze.pain"] == 4


def test_one_reading_of_a_film_is_enough_and_carries_the_film_s_error() -> None:
    raised = {"left": [71], "right": [64], "method": "video.side"}
    screening = score(answers({"straight_leg_raise": raised}))
    left, right = screening.measurements
    known = load().metric("straight_leg_raise")
    assert (left.value, right.value, left.method) == (71, 64, "video.side")
    assert left.error == known.error("video.side", value=71)
    assert screening.symmetries[0].error == known.side_error("video.side", value=71)


def test_a_value_that_only_a_film_gives_can_be_answered() -> None:
    lean = {"left": [35.5], "right": [36], "method": "video.side"}
    (left, _) = score(answers({"knee_to_wall.shin_lean": lean})).measurements
    assert left.metric == "knee_to_wall.shin_lean"


def test_a_test_no_camera_reads_has_no_film_method() -> None:
    squeeze = {"left": [3], "right": [3], "unit": "N/kg", "method": "video.front"}
    with pytest.raises(UnreadableFile, match=r"method' is video\.front, but must be dynamometer"):
        score(answers({"hhd_abduction": squeeze}))
