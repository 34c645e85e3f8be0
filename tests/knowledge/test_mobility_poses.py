"""The moving figures of the self-tests of mobility show what is measured."""

import numpy as np
import pytest
from numpy.typing import NDArray

from hipwise.body.kinematics import Skeleton
from hipwise.body.movement import clearance_m
from hipwise.body.proportions import Body
from hipwise.body.shape import COARSE, surface
from hipwise.knowledge import load
from hipwise.knowledge.poses import FigurePoses

Array = NDArray[np.float64]

BODY = Body.of(1.75, 68.0)


def poses_of(test: str) -> FigurePoses:
    return load().test_poses[test]


def key_poses(test: str) -> Skeleton:
    return poses_of(test).movement.key_poses(BODY)


def played(test: str) -> Skeleton:
    """One loop, at 61 instants."""
    movement = poses_of(test).movement
    return movement.played(BODY, np.linspace(0.0, movement.seconds, 61))


def elevation_deg(skeleton: Skeleton, start: str, end: str) -> Array:
    """How far the line from one point to another rises above the horizontal (T,)."""
    line = skeleton.point(end) - skeleton.point(start)
    angle_deg: Array = np.degrees(np.arcsin(line[:, 1] / np.linalg.norm(line, axis=1)))
    return angle_deg


def under_m(test: str, skeleton: Skeleton, name: str) -> Array:
    """How far the flesh around a point is above what lies under it (T,)."""
    flesh = surface(BODY, COARSE).posed(skeleton)
    near = np.linalg.norm((flesh - skeleton.point(name)[:, None])[..., [0, 2]], axis=2) < 0.06
    carriers = poses_of(test).movement.carriers
    gaps = [
        clearance_m(points[close][None], carriers)[0]
        for points, close in zip(flesh, near, strict=True)
    ]
    return np.array(gaps)


def test_the_thigh_hangs_below_the_level_with_the_other_knee_held_and_the_back_flat() -> None:
    skeleton = key_poses("modified_thomas")
    thigh_deg = elevation_deg(skeleton, "hip_right", "knee_right")
    assert thigh_deg[0] > 45
    assert -20 < thigh_deg[-1] < 0
    for hand in ("knuckles_left", "knuckles_right"):
        away = np.linalg.norm(skeleton.point(hand) - skeleton.point("knee_left"), axis=1)
        assert away.max() < 0.15
    assert poses_of("modified_thomas").frames[-1].angles["hip_flexion_left"] > 115
    for point in ("lumbar", "waist", "mid_shoulder"):
        assert under_m("modified_thomas", skeleton, point).max() < 0.025
    edge = poses_of("modified_thomas").props[0].high_m[0]
    assert 0.0 < edge - skeleton.point("hip_right")[-1, 0] < 0.1


def test_a_raised_leg_stays_straight_and_the_other_stays_down() -> None:
    skeleton = played("straight_leg_raise")
    angles = poses_of("straight_leg_raise").movement.angles_at(np.linspace(0.0, 9.0, 61))
    assert np.abs(angles.get("knee_flexion_right", 0.0)).max() < 3
    assert elevation_deg(skeleton, "hip_right", "ankle_right").max() > 60
    assert np.abs(elevation_deg(skeleton, "hip_left", "knee_left")).max() < 3


def test_the_knee_straightens_over_a_thigh_that_stays_upright() -> None:
    skeleton = played("active_knee_extension")
    assert elevation_deg(skeleton, "hip_right", "knee_right").min() > 87
    shin_deg = elevation_deg(skeleton, "knee_right", "ankle_right")
    assert shin_deg.min() < 10
    assert 60 < shin_deg.max() < 80


def test_the_hugged_thigh_comes_far_while_the_other_stays_down() -> None:
    skeleton = key_poses("hip_flexion_supine").at(2)
    right, left = (skeleton.rotations[f"thigh_{side}"][0] for side in ("right", "left"))
    # A thigh's own Y points up the thigh: towards the head while it lies flat.
    assert np.degrees(np.arccos(-right[0, 1])) > 115
    assert np.degrees(np.arccos(-left[0, 1])) < 3
    assert under_m("hip_flexion_supine", skeleton, "mid_hip")[0] < 0.025


@pytest.mark.parametrize("test", ["hip_rotation_seated", "hip_rotation_prone"])
def test_the_foot_swings_out_and_then_in_under_a_knee_that_stays(test: str) -> None:
    skeleton = key_poses(test)
    knee, foot = skeleton.point("knee_right"), skeleton.point("ankle_right")
    out = (foot - knee)[:, 2]
    assert np.abs(out[[0, 2]]).max() < 0.01
    assert out[1] > 0.2
    assert out[3] < -0.2
    assert np.ptp(knee, axis=0).max() < 0.01


def test_the_leg_drops_behind_the_table_with_the_hips_stacked() -> None:
    skeleton = key_poses("ober_modified")
    leg_deg = elevation_deg(skeleton, "hip_right", "ankle_right")
    assert leg_deg[0] == pytest.approx(0, abs=3)
    assert -35 < leg_deg[1] < -15
    np.testing.assert_allclose(elevation_deg(skeleton, "hip_left", "hip_right"), 90, atol=1)
    table = poses_of("ober_modified").props[0]
    assert skeleton.point("ankle_right")[1, 0] < table.low_m[0]
    assert skeleton.point("ankle_right")[1, 1] < table.high_m[1]


def test_the_90_90_sit_ends_tall_with_the_hands_off_and_the_knees_near_right_angles() -> None:
    skeleton = key_poses("ninety_ninety")
    hands_m = np.stack([skeleton.point(f"fingertip_{s}")[:, 1] for s in ("left", "right")])
    assert hands_m[:, 0].max() < 0.06
    assert hands_m[:, 2].min() > 0.3
    assert skeleton.rotations["thorax"][2][1, 1] > np.cos(np.radians(5))
    for side in ("left", "right"):
        bend_deg = poses_of("ninety_ninety").frames[2].angles[f"knee_flexion_{side}"]
        assert bend_deg == pytest.approx(90, abs=15)


def test_soles_meet_while_the_knees_fall_out_alike() -> None:
    skeleton = key_poses("adductor_length").at(3)
    left, right = skeleton.point("knee_left")[0], skeleton.point("knee_right")[0]
    np.testing.assert_allclose(left, right * [1, 1, -1], atol=0.005)
    assert right[1] < 0.25
    soles = [skeleton.rotations[f"foot_{side}"][0][:, 1] for side in ("left", "right")]
    assert soles[0] @ soles[1] < -0.9
    assert np.linalg.norm(skeleton.point("ball_left") - skeleton.point("ball_right")) < 0.05


def test_the_knee_touches_the_wall_over_a_heel_that_stays_down() -> None:
    skeleton = key_poses("knee_to_wall").at(1)
    flesh = surface(BODY, COARSE).posed(skeleton)[0]
    knee = np.linalg.norm(flesh - skeleton.point("knee_right")[0], axis=1) < 0.1
    wall_m = poses_of("knee_to_wall").props[0].low_m[0]
    assert flesh[knee, 0].max() == pytest.approx(wall_m, abs=0.01)
    assert skeleton.point("heel_right")[0, 1] < 0.01


def test_the_deep_squat_is_deep_with_the_trunk_as_steep_as_the_shins() -> None:
    skeleton = key_poses("deep_squat").at(2)
    assert elevation_deg(skeleton, "hip_right", "knee_right")[0] > 5
    lean_deg = [
        np.degrees(np.arccos(skeleton.rotations[segment][0][1, 1]))
        for segment in ("thorax", "shank_right")
    ]
    assert lean_deg[0] == pytest.approx(lean_deg[1], abs=5)
    assert max(skeleton.point(f"heel_{side}")[0, 1] for side in ("left", "right")) < 0.01
