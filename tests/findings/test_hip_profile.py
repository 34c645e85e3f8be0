from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.findings.hip_profile import ProfileRow, hip_profile
from hipwise.knowledge import load
from hipwise.measurement import Measurement, Side
from hipwise.reporting.terminal.hip_profile import CELLS, strip
from hipwise.screening import RunnerProfile
from tests.screening.filled_in import answers

WOMAN: RunnerProfile = answers().runner


def result(metric: str, value: float, side: Side | None, error: float = 5.0) -> Measurement:
    day = datetime(2026, 5, 1, tzinfo=UTC)
    return Measurement(metric, value, side, 1.0, 3, error, "self_test", day, "made up")


def rows_of(*values: Measurement) -> dict[str, ProfileRow]:
    return {row.test: row for row in hip_profile(values, WOMAN, load())}


def test_a_value_at_its_norm_lies_in_the_middle_and_one_sd_more_at_the_edge() -> None:
    norm = load().protocol("straight_leg_raise").norm_for("female", WOMAN.age_years)
    assert norm is not None
    assert norm.mean is not None
    assert norm.sd is not None
    row = rows_of(
        result("straight_leg_raise", norm.mean, Side.LEFT),
        result("straight_leg_raise", norm.mean + norm.sd, Side.RIGHT),
    )["straight_leg_raise"]
    assert row.against == "others"
    assert [mark.place for mark in row.marks] == pytest.approx([0, 1])
    assert row.marks[0].error == pytest.approx(5.0 / norm.sd)


def test_without_a_norm_the_sides_are_placed_against_each_other() -> None:
    assert load().protocol("sidelying_leg_raise_reps").norm_for("female", 34) is None
    row = rows_of(
        result("sidelying_leg_raise_reps", 20, Side.LEFT),
        result("sidelying_leg_raise_reps", 16, Side.RIGHT),
    )["sidelying_leg_raise_reps"]
    assert row.against == "other side"
    # 20 % of the stronger side is where the evidence says to watch: exactly the field's width.
    assert [mark.place for mark in row.marks] == pytest.approx([1, -1])


def test_one_side_without_a_norm_cannot_be_placed() -> None:
    assert rows_of(result("sidelying_leg_raise_reps", 20, Side.LEFT)) == {}


def test_a_running_metric_is_no_row() -> None:
    assert rows_of(result("cadence", 170, None)) == {}


@given(st.floats(-50, 50), st.floats(0, 20))
def test_a_strip_is_always_as_wide_and_shows_its_mark(place: float, error: float) -> None:
    from hipwise.findings.hip_profile import Mark

    text = strip([Mark(Side.LEFT, place, error)]).plain
    assert len(text) == CELLS
    assert text.count("●") == 1


def test_two_sides_at_the_same_place_are_shown_as_one() -> None:
    from hipwise.findings.hip_profile import Mark

    both = [Mark(Side.LEFT, 0.0, None), Mark(Side.RIGHT, 0.0, None)]
    assert "◈" in strip(both).plain
