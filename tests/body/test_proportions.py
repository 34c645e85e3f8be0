from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.body.proportions import Body
from hipwise.errors import UsageError


def test_a_man_of_180_cm_has_winters_segment_lengths() -> None:
    body = Body.of(1.80, 72.0)
    assert body.thigh_m == pytest.approx(0.441)
    assert body.shank_m == pytest.approx(0.4428)
    assert body.foot_m == pytest.approx(0.2736)
    assert body.leg_m == pytest.approx(0.530 * 1.80)


def test_trunk_neck_and_head_fill_the_height_above_the_hips() -> None:
    body = Body.of(1.7, 60.0)
    above = (
        body.pelvis_m
        + body.abdomen_m
        + body.thorax_m
        + body.neck_base_m
        + body.neck_m
        + body.head_m
    )
    assert body.leg_m + above == pytest.approx(1.7)


def test_a_mass_index_of_22_is_the_reference_breadth() -> None:
    assert Body.of(2.0, 88.0).girth == pytest.approx(1.0)
    assert Body.of(2.0, 4 * 22 * 2.0).girth == pytest.approx(2**0.5)


@given(height_m=st.floats(1.3, 2.2), index=st.floats(15, 45))
def test_segment_masses_sum_to_the_body_and_are_the_same_on_both_sides(
    height_m: float, index: float
) -> None:
    body = Body.of(height_m, index * height_m**2)
    masses = body.segment_mass_kg
    assert sum(masses.values()) == pytest.approx(body.mass_kg)
    assert masses["thigh_left"] == masses["thigh_right"]
    assert max(masses, key=masses.__getitem__) == "upper_trunk"


@pytest.mark.parametrize(
    ("height_m", "mass_kg", "word"),
    [
        (175.0, 70.0, "in metres"),
        (0.4, 70.0, "in metres"),
        (float("nan"), 70.0, "in metres"),
        (1.75, 7.0, "in kilograms"),
        (1.75, 700.0, "in kilograms"),
        (1.75, float("inf"), "in kilograms"),
    ],
)
def test_an_inhuman_size_is_refused_with_the_unit(
    height_m: float, mass_kg: float, word: str
) -> None:
    with pytest.raises(UsageError, match=word):
        Body.of(height_m, mass_kg)
