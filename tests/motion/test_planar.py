"""Hand-worked postures: every angle's sign, in every view."""

import numpy as np
import pytest

from hipwise.motion.planar import Points, rear_angles, side_angles

STANDING = {
    "shoulder": (0, 150),
    "hip": (0, 90),
    "knee": (0, 45),
    "ankle": (0, 8),
    "heel": (-5, 0),
    "foot_index": (15, 0),
}


def posture(left: dict[str, tuple[float, float]], facing: int = 1) -> Points:
    """One instant of a body: the left side as given, the right side standing."""
    points = {}
    for joint, (x, y) in STANDING.items():
        points[f"right_{joint}"] = np.array([[facing * x, y]], dtype=float)
        lx, ly = left.get(joint, (x, y))
        points[f"left_{joint}"] = np.array([[facing * lx, ly]], dtype=float)
    return points


@pytest.mark.parametrize("facing", [1, -1])
def test_standing_is_zero_everywhere(facing: int) -> None:
    for name, angle in side_angles(posture({}, facing), facing).items():
        assert angle[0] == pytest.approx(0, abs=1e-9), name


@pytest.mark.parametrize("facing", [1, -1])
def test_a_raised_thigh_with_a_hanging_shank(facing: int) -> None:
    raised = posture(
        {"knee": (45, 90), "ankle": (45, 53), "heel": (40, 45), "foot_index": (60, 45)}, facing
    )
    angles = side_angles(raised, facing)
    assert angles["thigh_flexion_left"][0] == pytest.approx(90)
    assert angles["knee_flexion_left"][0] == pytest.approx(90)
    assert angles["shank_forward_lean_left"][0] == pytest.approx(0)
    assert angles["ankle_dorsiflexion_left"][0] == pytest.approx(0)
    assert angles["thigh_flexion_right"][0] == pytest.approx(0)


@pytest.mark.parametrize("facing", [1, -1])
def test_the_foot_ahead_of_the_knee_is_a_negative_shank_lean(facing: int) -> None:
    ahead = posture({"ankle": (37, 8), "heel": (32, 0), "foot_index": (52, 0)}, facing)
    assert side_angles(ahead, facing)["shank_forward_lean_left"][0] == pytest.approx(-45)


@pytest.mark.parametrize("facing", [1, -1])
def test_leaning_forward_adds_to_the_hip_against_the_trunk_not_to_the_thigh(facing: int) -> None:
    leaning = posture({}, facing)
    for side in ("left", "right"):
        leaning[f"{side}_shoulder"] = np.array([[facing * 60.0, 150.0]])
    angles = side_angles(leaning, facing)
    assert angles["trunk_forward_lean"][0] == pytest.approx(45)
    assert angles["hip_flexion_to_trunk_left"][0] == pytest.approx(45)
    assert angles["thigh_flexion_left"][0] == pytest.approx(0)


def from_behind(right_sign: int, **moved: tuple[float, float]) -> Points:
    points = {}
    for side, out in (("left", -1), ("right", 1)):
        for joint, (width, height) in {
            "shoulder": (18, 150),
            "hip": (10, 90),
            "knee": (10, 45),
            "ankle": (10, 8),
        }.items():
            x, y = moved.get(f"{side}_{joint}", (out * width, height))
            points[f"{side}_{joint}"] = np.array([[right_sign * x, y]], dtype=float)
    return points


@pytest.mark.parametrize("right_sign", [1, -1])
def test_a_lower_right_hip_is_a_right_drop(right_sign: int) -> None:
    dropped = from_behind(right_sign, right_hip=(10, 70), left_hip=(-10, 90))
    assert rear_angles(dropped, right_sign)["pelvic_right_drop"][0] == pytest.approx(45)


@pytest.mark.parametrize("right_sign", [1, -1])
def test_a_knee_towards_the_midline_is_valgus_on_either_side(right_sign: int) -> None:
    knees_in = from_behind(right_sign, left_knee=(-5, 45), right_knee=(5, 45))
    angles = rear_angles(knees_in, right_sign)
    assert angles["knee_valgus_left"][0] == pytest.approx(angles["knee_valgus_right"][0])
    assert angles["knee_valgus_left"][0] > 10
    assert angles["thigh_adduction_left"][0] > 0


@pytest.mark.parametrize("right_sign", [1, -1])
def test_leaning_to_the_runners_right_is_positive(right_sign: int) -> None:
    leaning = from_behind(right_sign, left_shoulder=(2, 150), right_shoulder=(38, 150))
    assert rear_angles(leaning, right_sign)["trunk_right_lean"][0] == pytest.approx(
        np.degrees(np.arctan2(20, 60))
    )
