from __future__ import annotations

import numpy as np
import numpy.testing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.body.angles import ANGLE_KEYS, angle_of, mirrored
from hipwise.body.kinematics import Array, Skeleton, angles_of, forward
from hipwise.body.proportions import Body
from hipwise.body.segments import POINT_NAMES, SEGMENTS
from hipwise.errors import UsageError

BODY = Body.of(1.75, 68.0)
SIDES = ("left", "right")
INWARDS = {"left": 1.0, "right": -1.0}  # sign of Z towards the midline


def pose(**angles: float) -> Skeleton:
    return forward(BODY, angles)


def at(skeleton: Skeleton, name: str) -> Array:
    place: Array = skeleton.point(name)[0]
    return place


def between(skeleton: Skeleton, start: str, end: str) -> Array:
    return at(skeleton, end) - at(skeleton, start)


def test_the_zero_posture_stands_upright_on_the_floor() -> None:
    stand = pose()
    assert at(stand, "head_top")[1] == pytest.approx(1.75)
    npt.assert_allclose(at(stand, "mid_shoulder")[[0, 2]], 0.0, atol=1e-12)
    for side in SIDES:
        assert at(stand, f"heel_{side}")[1] == pytest.approx(0.0)
        assert at(stand, f"toe_tip_{side}")[1] == pytest.approx(0.0)
        assert between(stand, f"heel_{side}", f"toe_tip_{side}")[0] == pytest.approx(BODY.foot_m)
    assert at(stand, "hip_right")[2] == pytest.approx(BODY.hip_width_m / 2)
    assert at(stand, "nose")[0] > 0.1


@pytest.mark.parametrize("side", SIDES)
class TestLimbs:
    def test_hip_flexion_90_puts_the_knee_straight_ahead_at_hip_height(self, side: str) -> None:
        bent = pose(**{f"hip_flexion_{side}": 90.0})
        npt.assert_allclose(
            between(bent, f"hip_{side}", f"knee_{side}"), [BODY.thigh_m, 0, 0], atol=1e-12
        )

    def test_hip_adduction_brings_the_knee_to_the_midline(self, side: str) -> None:
        bent = pose(**{f"hip_adduction_{side}": 30.0})
        across = BODY.thigh_m * 0.5 * INWARDS[side]
        assert between(bent, f"hip_{side}", f"knee_{side}")[2] == pytest.approx(across)

    def test_hip_internal_rotation_turns_the_toes_inwards(self, side: str) -> None:
        bent = pose(**{f"hip_internal_rotation_{side}": 90.0})
        npt.assert_allclose(
            between(bent, f"heel_{side}", f"toe_tip_{side}"),
            [0, 0, INWARDS[side] * BODY.foot_m],
            atol=1e-12,
        )

    def test_internal_rotation_with_bent_knee_swings_the_foot_outwards(self, side: str) -> None:
        bent = pose(**{f"hip_internal_rotation_{side}": 30.0, f"knee_flexion_{side}": 90.0})
        out = -INWARDS[side] * BODY.shank_m * 0.5
        assert between(bent, f"knee_{side}", f"ankle_{side}")[2] == pytest.approx(out)

    def test_knee_flexion_90_points_the_shank_straight_back(self, side: str) -> None:
        bent = pose(**{f"knee_flexion_{side}": 90.0})
        npt.assert_allclose(
            between(bent, f"knee_{side}", f"ankle_{side}"), [-BODY.shank_m, 0, 0], atol=1e-12
        )

    def test_dorsiflexion_lifts_the_toes(self, side: str) -> None:
        bent = pose(**{f"ankle_dorsiflexion_{side}": 30.0})
        assert between(bent, f"heel_{side}", f"toe_tip_{side}")[1] == pytest.approx(BODY.foot_m / 2)

    def test_inversion_turns_the_sole_to_the_midline(self, side: str) -> None:
        bent = pose(**{f"ankle_inversion_{side}": 30.0})
        down = -bent.rotations[f"foot_{side}"][0][:, 1]
        assert down[2] == pytest.approx(0.5 * INWARDS[side])

    def test_toe_extension_lifts_the_tips_alone(self, side: str) -> None:
        bent = pose(**{f"toe_extension_{side}": 40.0})
        assert at(bent, f"ball_{side}")[1] == pytest.approx(0.0)
        assert at(bent, f"toe_tip_{side}")[1] > 0.02

    def test_shoulder_flexion_90_points_the_arm_forward(self, side: str) -> None:
        bent = pose(**{f"shoulder_flexion_{side}": 90.0})
        npt.assert_allclose(
            between(bent, f"shoulder_{side}", f"elbow_{side}"), [BODY.upper_arm_m, 0, 0], atol=1e-12
        )

    def test_shoulder_abduction_90_points_the_arm_sideways(self, side: str) -> None:
        bent = pose(**{f"shoulder_abduction_{side}": 90.0})
        npt.assert_allclose(
            between(bent, f"shoulder_{side}", f"elbow_{side}"),
            [0, 0, -INWARDS[side] * BODY.upper_arm_m],
            atol=1e-12,
        )

    def test_shoulder_internal_rotation_brings_the_forearm_over_the_belly(self, side: str) -> None:
        bent = pose(**{f"elbow_flexion_{side}": 90.0, f"shoulder_internal_rotation_{side}": 90.0})
        npt.assert_allclose(
            between(bent, f"elbow_{side}", f"wrist_{side}"),
            [0, 0, INWARDS[side] * BODY.forearm_m],
            atol=1e-12,
        )

    def test_pronation_of_the_bent_arm_turns_the_palm_down(self, side: str) -> None:
        bent = pose(**{f"elbow_flexion_{side}": 90.0, f"forearm_pronation_{side}": 90.0})
        palm = bent.rotations[f"hand_{side}"][0][:, 2] * INWARDS[side]
        npt.assert_allclose(palm, [0, -1, 0], atol=1e-12)

    def test_wrist_extension_moves_the_hand_away_from_the_palm_side(self, side: str) -> None:
        bent = pose(**{f"wrist_extension_{side}": 30.0})
        across = between(bent, f"wrist_{side}", f"fingertip_{side}")[2]
        assert across == pytest.approx(-INWARDS[side] * BODY.hand_m / 2)


class TestPelvisAndTrunk:
    def test_right_drop_lowers_the_right_hip(self) -> None:
        line = between(pose(pelvic_right_drop=30.0), "hip_left", "hip_right")
        assert line[1] == pytest.approx(-BODY.hip_width_m / 2)

    def test_left_rotation_brings_the_right_hip_forward(self) -> None:
        line = between(pose(pelvic_left_rotation=30.0), "hip_left", "hip_right")
        assert line[0] == pytest.approx(BODY.hip_width_m / 2)

    def test_anterior_tilt_brings_the_top_forward(self) -> None:
        assert between(pose(pelvic_anterior_tilt=20.0), "mid_hip", "head_top")[0] > 0.2

    def test_a_tilt_of_minus_90_lies_on_the_back(self) -> None:
        lying = pose(pelvic_anterior_tilt=-90.0)
        assert at(lying, "nose")[1] > at(lying, "skull_base")[1] + 0.1

    def test_a_right_drop_of_90_lies_on_the_right_side(self) -> None:
        lying = pose(pelvic_right_drop=90.0)
        assert at(lying, "shoulder_right")[1] < at(lying, "shoulder_left")[1] - 0.3
        assert at(lying, "nose")[0] > 0.1

    @pytest.mark.parametrize(
        ("angle", "axis", "sign"),
        [("lumbar_flexion", 0, 1), ("lumbar_right_bend", 2, 1), ("lumbar_flexion", 1, -1)],
    )
    def test_the_trunk_bends_where_its_name_says(self, angle: str, axis: int, sign: int) -> None:
        moved = at(pose(**{angle: 40.0}), "mid_shoulder") - at(pose(), "mid_shoulder")
        assert sign * moved[axis] > 0.04

    def test_lumbar_left_rotation_brings_the_right_shoulder_forward(self) -> None:
        line = between(pose(lumbar_left_rotation=30.0), "shoulder_left", "shoulder_right")
        assert line[0] == pytest.approx(BODY.shoulder_width_m / 2)

    def test_the_neck_turns_the_face_and_nods(self) -> None:
        assert between(pose(neck_left_rotation=60.0), "head_top", "nose")[2] < -0.05
        assert at(pose(neck_flexion=40.0), "nose")[1] < at(pose(), "nose")[1] - 0.05
        assert at(pose(neck_right_bend=30.0), "head_top")[2] > 0.05


def test_lengths_of_instants_are_broadcast() -> None:
    moving = forward(BODY, {"hip_flexion_left": np.arange(5.0), "knee_flexion_left": 20.0})
    assert moving.points.shape == (5, len(POINT_NAMES), 3)
    npt.assert_allclose(moving.at(3).points, pose(hip_flexion_left=3, knee_flexion_left=20).points)
    npt.assert_array_equal(moving.at(-1).points, list(moving)[4].points)


def test_the_pelvis_goes_where_it_is_told() -> None:
    path = np.array([[0.0, 0.9, 0.0], [0.1, 1.0, 0.2]])
    npt.assert_array_equal(forward(BODY, {}, path).point("mid_hip"), path)
    npt.assert_array_equal(forward(BODY, {}, path[1]).point("mid_hip"), path[1:])


@pytest.mark.parametrize(
    ("angles", "pelvis_m"),
    [
        ({"hip_flexion": 3.0}, None),
        ({"hip_flexion_left": float("nan")}, None),
        ({"hip_flexion_left": [[1.0]]}, None),
        ({"hip_flexion_left": [1.0, 2.0], "hip_flexion_right": [1.0, 2.0, 3.0]}, None),
        ({"hip_flexion_left": [1.0, 2.0]}, np.zeros((3, 3))),
        ({}, [0.0, 1.0]),
    ],
)
def test_senseless_angles_are_refused(angles: dict[str, float], pelvis_m: object) -> None:
    with pytest.raises(UsageError):
        forward(BODY, angles, pelvis_m)  # type: ignore[arg-type]


def _within_limits() -> st.SearchStrategy[dict[str, float]]:
    def limited(key: str) -> st.SearchStrategy[float]:
        angle, _ = angle_of(key)
        # The middle turn of a joint is unique only short of 90 degrees.
        edge = 85.0 if angle.axis == "x" else 179.0
        return st.floats(max(angle.low_deg, -edge), min(angle.high_deg, edge))

    return st.fixed_dictionaries({key: limited(key) for key in ANGLE_KEYS})


@settings(max_examples=60, deadline=None)
@given(_within_limits())
def test_angles_are_recovered_from_the_segments(angles: dict[str, float]) -> None:
    recovered = angles_of(pose(**angles))
    assert recovered.keys() == angles.keys()
    for key, value in angles.items():
        assert recovered[key][0] == pytest.approx(value, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(_within_limits())
def test_a_movement_keeps_every_length_and_every_rotation_rigid(angles: dict[str, float]) -> None:
    moved, still = pose(**angles), pose()
    for segment in SEGMENTS:
        rotation = moved.rotations[segment.name][0]
        npt.assert_allclose(rotation @ rotation.T, np.eye(3), atol=1e-12)
        assert np.linalg.det(rotation) == pytest.approx(1.0)
    for start, end in [
        *(("hip_left", "hip_right"), ("shoulder_left", "shoulder_right"), ("mid_hip", "lumbar")),
        *(("hip_left", "knee_left"), ("knee_left", "ankle_left"), ("heel_left", "ball_left")),
        *(("shoulder_right", "elbow_right"), ("elbow_right", "wrist_right"), ("nose", "ear_left")),
    ]:
        assert np.linalg.norm(between(moved, start, end)) == pytest.approx(
            np.linalg.norm(between(still, start, end))
        )


@settings(max_examples=60, deadline=None)
@given(_within_limits())
def test_the_mirrored_pose_is_the_mirrored_body(angles: dict[str, float]) -> None:
    body, mirror = pose(**angles), pose(**mirrored(angles))
    other = {"left": "right", "right": "left"}
    for name in POINT_NAMES:
        stem, _, side = name.rpartition("_")
        twin = f"{stem}_{other[side]}" if side in other else name
        npt.assert_allclose(at(mirror, twin), at(body, name) * [1, 1, -1], atol=1e-9)
