from __future__ import annotations

import math

import numpy as np
import numpy.testing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.body.inertia import centre_of_mass, segment_inertia, solid_of
from hipwise.body.kinematics import forward
from hipwise.body.loft import ellipsoid, loft
from hipwise.body.proportions import Body

BODY = Body.of(1.75, 68.0)
sizes = st.floats(0.05, 0.5)


@settings(max_examples=30, deadline=None)
@given(a=sizes, b=sizes, height=sizes)
def test_an_elliptic_cylinder_has_its_closed_form(a: float, b: float, height: float) -> None:
    rows = [(1.0, a, -a, b, -b), (1.0 + height, a, -a, b, -b)]
    solid = solid_of(loft(rows, around=400, power=2.0))
    volume = math.pi * a * b * height
    assert solid.volume == pytest.approx(volume, rel=1e-3)
    npt.assert_allclose(solid.centre, [0, 1 + height / 2, 0], atol=1e-9)
    expected = [
        volume * (3 * b**2 + height**2) / 12,
        volume * (a**2 + b**2) / 4,
        volume * (3 * a**2 + height**2) / 12,
    ]
    npt.assert_allclose(np.diag(solid.inertia), expected, rtol=1e-3)


@settings(max_examples=20, deadline=None)
@given(a=sizes, b=sizes, c=sizes)
def test_an_ellipsoid_away_from_the_origin_has_its_closed_form(
    a: float, b: float, c: float
) -> None:
    solid = solid_of(ellipsoid((0.3, -2.0, 0.7), (a, b, c), around=120, levels=120))
    volume = 4 / 3 * math.pi * a * b * c
    assert solid.volume == pytest.approx(volume, rel=3e-3)
    npt.assert_allclose(solid.centre, [0.3, -2.0, 0.7], atol=1e-6)
    expected = [volume / 5 * s for s in (b**2 + c**2, a**2 + c**2, a**2 + b**2)]
    npt.assert_allclose(np.diag(solid.inertia), expected, rtol=5e-3)
    npt.assert_allclose(solid.inertia - np.diag(np.diag(solid.inertia)), 0.0, atol=1e-6)


def test_the_whole_body_is_about_as_dense_as_water() -> None:
    parts = segment_inertia(BODY).values()
    assert sum(part.mass_kg for part in parts) == pytest.approx(68.0)
    density = 68.0 / sum(part.volume_m3 for part in parts)
    assert 1000 < density < 1110  # Dumas & Wojtusch 2018: 1.00 to 1.08 kg per litre


def test_a_thigh_is_heaviest_above_its_middle_and_turns_easily_about_its_long_axis() -> None:
    thigh = segment_inertia(BODY)["thigh_right"]
    assert 0.38 < -thigh.centre_m[1] / BODY.thigh_m < 0.46  # de Leva: 0.36 to 0.41
    long_axis = thigh.inertia_kgm2[1, 1]
    assert long_axis < 0.4 * thigh.inertia_kgm2[0, 0]
    assert 0.10 < thigh.inertia_kgm2[2, 2] < 0.20


def test_left_and_right_are_mirror_images() -> None:
    parts = segment_inertia(BODY)
    for name in ("thigh", "shank", "foot", "upper_arm", "forearm", "hand"):
        left, right = parts[f"{name}_left"], parts[f"{name}_right"]
        npt.assert_allclose(left.centre_m, right.centre_m * [1, 1, -1], atol=1e-12)
        npt.assert_allclose(np.diag(left.inertia_kgm2), np.diag(right.inertia_kgm2))


def test_the_standing_centre_of_mass_lies_at_55_percent_of_the_height() -> None:
    centre = centre_of_mass(forward(BODY, {}))[0]
    assert centre[1] / 1.75 == pytest.approx(0.55, abs=0.015)
    assert abs(centre[0]) < 0.03
    assert centre[2] == pytest.approx(0.0, abs=1e-9)


def test_a_raised_knee_raises_the_centre_of_mass_and_brings_it_forward() -> None:
    poses = forward(BODY, {"hip_flexion_left": [0.0, 90.0], "knee_flexion_left": [0.0, 90.0]})
    before, after = centre_of_mass(poses)
    assert after[1] > before[1] + 0.03
    assert after[0] > before[0] + 0.02
