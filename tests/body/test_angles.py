from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.body.angles import ANGLE_KEYS, ANGLES, angle_of, angles_of_joint, mirrored
from hipwise.errors import UsageError
from hipwise.measurement import Side

poses = st.dictionaries(st.sampled_from(ANGLE_KEYS), st.floats(-180, 180))


def test_names_are_unique_and_limits_enclose_the_zero_posture() -> None:
    assert len({angle.name for angle in ANGLES}) == len(ANGLES)
    assert all(angle.low_deg < 0 < angle.high_deg for angle in ANGLES)


def test_a_key_names_an_angle_and_a_side() -> None:
    angle, side = angle_of("hip_flexion_left")
    assert (angle.name, side) == ("hip_flexion", Side.LEFT)
    assert angle_of("lumbar_left_rotation")[1] is None


def test_a_mistyped_name_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(UsageError, match="did you mean 'hip_flexion_left'"):
        angle_of("hip_flexoin_left")


def test_a_sided_angle_without_its_side_is_unknown() -> None:
    with pytest.raises(UsageError, match="hip_flexion"):
        mirrored({"hip_flexion": 3.0})


def test_a_joint_turns_in_the_order_flexion_sideways_long_axis() -> None:
    assert [a.axis for a in angles_of_joint("hip")] == ["z", "x", "y"]
    assert [a.axis for a in angles_of_joint("pelvis")] == ["y", "x", "z"]


def test_the_mirror_swaps_sides_and_negates_sideways_turns_of_the_trunk() -> None:
    pose = {"hip_adduction_left": 10.0, "pelvic_right_drop": 4.0, "lumbar_flexion": 7.0}
    assert mirrored(pose) == {
        "hip_adduction_right": 10.0,
        "pelvic_right_drop": -4.0,
        "lumbar_flexion": 7.0,
    }


@given(poses)
def test_the_mirror_of_the_mirror_is_the_pose(pose: dict[str, float]) -> None:
    assert mirrored(mirrored(pose)) == pose
