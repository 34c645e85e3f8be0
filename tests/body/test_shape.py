from __future__ import annotations

import numpy as np
import numpy.testing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.body.angles import ANGLE_KEYS, mirrored
from hipwise.body.ground import grounded
from hipwise.body.kinematics import forward
from hipwise.body.loft import Array
from hipwise.body.proportions import Body
from hipwise.body.shape import BONES, COARSE, FINE, MATERIALS, surface

BODY = Body.of(1.75, 67.4)
POSES = st.dictionaries(st.sampled_from(ANGLE_KEYS), st.floats(-40, 40), max_size=8)


def sorted_rows(points: Array) -> Array:
    rounded = np.round(points, 6) + 0.0
    return np.asarray(rounded[np.lexsort(rounded.T)])


def belt(body: Body, height_m: float) -> Array:
    """The trunk's vertices at one height."""
    built = surface(body)
    trunk = built.weights[:, [BONES.index("pelvis"), BONES.index("abdomen")]].sum(axis=1) > 0.5
    level = np.abs(built.vertices[:, 1] - height_m) < 0.02
    return np.asarray(built.vertices[trunk & level])


def test_the_standing_surface_has_human_measures() -> None:
    vertices = surface(BODY).vertices
    low, high = vertices.min(axis=0), vertices.max(axis=0)
    assert low[1] == pytest.approx(0.0, abs=0.002)
    assert high[1] == pytest.approx(1.75, abs=0.03)  # hair stands a little above the height
    assert 0.42 < high[2] - low[2] < 0.52  # breadth over the upper arms in a shirt
    waist = belt(BODY, 1.10)
    assert 0.25 < np.ptp(waist[:, 2]) < 0.31
    assert 0.17 < np.ptp(waist[:, 0]) < 0.23
    assert 0.31 < np.ptp(belt(BODY, 0.98)[:, 2]) < 0.38  # hips


def test_the_zero_posture_leaves_the_surface_as_it_was_built() -> None:
    built = surface(BODY)
    npt.assert_allclose(built.posed(forward(BODY, {}))[0], built.vertices, atol=1e-12)


def test_every_vertex_hangs_wholly_on_bones() -> None:
    weights = surface(BODY).weights
    npt.assert_allclose(weights.sum(axis=1), 1.0)
    assert (weights >= 0).all()


def test_every_material_is_on_the_body_and_both_sides_alike() -> None:
    built = surface(BODY)
    assert set(built.material) == set(range(len(MATERIALS)))
    middle = built.vertices[built.quads].mean(axis=1)
    for index in range(len(MATERIALS)):
        mine = built.material == index
        assert np.sum(middle[mine, 2] > 1e-9) == np.sum(middle[mine, 2] < -1e-9)


def test_a_bent_knee_keeps_the_calf_rigid() -> None:
    built = surface(BODY)
    shank = built.weights[:, BONES.index("shank_left")] > 0.999
    straight = built.vertices[shank]
    bent = built.posed(forward(BODY, {"knee_flexion_left": 120.0}))[0][shank]
    npt.assert_allclose(
        np.linalg.norm(bent - bent[0], axis=1), np.linalg.norm(straight - straight[0], axis=1)
    )


def test_a_deeply_bent_knee_does_not_collapse() -> None:
    built = surface(BODY)
    at_knee = built.weights[:, BONES.index("shank_left:half")] > 0.9
    skeleton = forward(BODY, {"knee_flexion_left": 130.0})
    skin = built.posed(skeleton)[0][at_knee] - skeleton.point("knee_left")[0]
    still = built.vertices[at_knee] - forward(BODY, {}).point("knee_left")[0]
    shrink = np.linalg.norm(skin, axis=1) / np.linalg.norm(still, axis=1)
    assert shrink.min() > 0.85


@settings(max_examples=25, deadline=None)
@given(POSES)
def test_the_mirrored_pose_has_the_mirrored_surface(angles: dict[str, float]) -> None:
    built = surface(BODY, COARSE)
    body = built.posed(forward(BODY, angles))[0]
    mirror = built.posed(forward(BODY, mirrored(angles)))[0]
    npt.assert_allclose(sorted_rows(mirror * [1, 1, -1]), sorted_rows(body), atol=2e-6)


def test_a_movement_is_posed_as_its_instants_are() -> None:
    built = surface(BODY, COARSE)
    moving = forward(BODY, {"hip_flexion_left": np.linspace(0, 90, 4)})
    npt.assert_allclose(built.posed(moving)[2], built.posed(moving.at(2))[0])


def test_a_heavier_body_is_broader_and_not_taller() -> None:
    slim, broad = Body.of(1.75, 55.0), Body.of(1.75, 95.0)
    assert np.ptp(belt(broad, 1.1)[:, 2]) > 1.25 * np.ptp(belt(slim, 1.1)[:, 2])
    heights = [np.ptp(surface(body).vertices[:, 1]) for body in (slim, broad)]
    assert heights[0] == pytest.approx(heights[1], abs=0.01)


def test_coarse_detail_has_at_most_half_the_quads() -> None:
    assert len(surface(BODY, COARSE).quads) < 0.5 * len(surface(BODY, FINE).quads)


def test_a_ponytail_is_behind_the_head() -> None:
    hair = MATERIALS.index("hair")
    short, long = surface(BODY), surface(BODY, FINE, "ponytail")
    rear = [s.vertices[s.quads[s.material == hair]][..., 0].min() for s in (short, long)]
    assert rear[1] < rear[0] - 0.02


@pytest.mark.parametrize(
    "angles",
    [
        {},
        {"pelvic_anterior_tilt": -90.0},
        {"pelvic_right_drop": 90.0},
        {"hip_flexion_left": 90.0, "knee_flexion_left": 90.0, "knee_flexion_right": 100.0},
    ],
)
def test_a_grounded_body_touches_the_floor(angles: dict[str, float]) -> None:
    down = grounded(forward(BODY, angles, [0.3, 5.0, 0.2]))
    vertices = surface(BODY, COARSE).posed(down)[0]
    assert vertices[:, 1].min() == pytest.approx(0.0, abs=1e-12)
    npt.assert_allclose(down.point("mid_hip")[0, [0, 2]], [0.3, 0.2])
