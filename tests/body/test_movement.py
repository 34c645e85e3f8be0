import numpy as np
import pytest

from hipwise.body.movement import KeyPose, Movement, clearance_m
from hipwise.body.proportions import Body
from hipwise.body.things import Block
from hipwise.errors import UsageError

BODY = Body.of(1.75, 68.0)
FEET = ("heel_left", "heel_right")


def march(**right: float) -> Movement:
    lifted = {"hip_flexion_right": 80.0, "knee_flexion_right": 90.0}
    return Movement(
        (
            KeyPose({}, 1.0, contacts=FEET),
            KeyPose({**lifted, **right}, 1.0, hold_s=0.5, contacts=("heel_left",)),
        )
    )


def test_poses_are_reached_after_their_seconds_and_held() -> None:
    movement = march()
    assert movement.seconds == 2.5
    assert movement.arrivals_s == (0.0, 1.0)
    hip = movement.angles_at(np.array([0.0, 0.5, 1.0, 1.25, 1.5, 2.0, 2.5]))["hip_flexion_right"]
    np.testing.assert_allclose(hip, [0, 40, 80, 80, 80, 40, 0], atol=1e-9)


def test_a_pose_on_the_way_is_passed_without_a_stop() -> None:
    poses = [KeyPose({"knee_flexion_left": angle}, 1.0) for angle in (0.0, 50.0, 90.0, 50.0)]
    knee = Movement(tuple(poses)).angles_at(np.array([0.0, 0.01, 0.99, 1.0, 1.01]))
    steps = np.diff(knee["knee_flexion_left"])
    assert steps[0] < 0.05
    assert steps[2] > 0.3


def test_the_standing_foot_stays_on_its_place_on_the_floor() -> None:
    movement = march()
    skeleton = movement.played(BODY, np.linspace(0, 2.5, 51))
    heel = skeleton.point("heel_left")
    np.testing.assert_allclose(heel, np.broadcast_to(heel[0], heel.shape), atol=1e-3)
    assert heel[0, 1] == pytest.approx(0.0, abs=1e-9)


def test_the_origin_lies_amid_the_first_contacts() -> None:
    first = march().key_poses(BODY).at(0)
    middle = (first.point("heel_left") + first.point("heel_right")) / 2
    np.testing.assert_allclose(middle[0], 0, atol=1e-9)


def test_a_walk_passes_as_on_a_treadmill() -> None:
    stride = {"hip_flexion_right": 20.0, "hip_flexion_left": -20.0}
    back = {"hip_flexion_right": -20.0, "hip_flexion_left": 20.0}
    walk = Movement(
        (
            KeyPose(stride, 0.5, contacts=("ball_right",)),
            KeyPose(back, 0.5, contacts=("ball_right", "ball_left")),
            KeyPose(stride, 0.5, contacts=("ball_left",)),
        )
    )
    skeleton = walk.played(BODY, np.linspace(0, 1.5, 31))
    np.testing.assert_allclose(skeleton.points[-1], skeleton.points[0], atol=1e-9)
    assert skeleton.point("ball_right")[0, 0] > skeleton.point("ball_right")[10, 0] + 0.1


def test_a_jump_leaves_the_floor_by_its_lift() -> None:
    jump = Movement((KeyPose({}, 0.5), KeyPose({"neck_flexion": 9.0}, 0.5, lift_m=0.2)))
    heels = jump.key_poses(BODY).point("heel_right")[:, 1]
    np.testing.assert_allclose(heels, [0.0, 0.2], atol=1e-9)


def test_a_hop_flies_forward_by_its_travel() -> None:
    hop = Movement(
        (
            KeyPose({}, 0.5, contacts=FEET),
            KeyPose({"neck_flexion": 9.0}, 0.2, lift_m=0.1, travel_m=0.3),
            KeyPose({}, 0.2, travel_m=0.3, contacts=FEET),
            KeyPose({"neck_flexion": 9.0}, 0.2, travel_m=-0.6),
        )
    )
    heel = hop.played(BODY, np.array([0.0, 0.1, 0.2, 0.4, 0.5, 0.6])).point("heel_right")[:, 0]
    np.testing.assert_allclose(heel - heel[0], [0.0, 0.15, 0.3, 0.6, 0.3, 0.0], atol=0.02)


def test_a_body_stands_on_a_step_and_not_beside_it() -> None:
    step = Block((-0.5, 0, -0.5), (0.5, 0.2, 0.5))
    poses = (KeyPose({}, 1, contacts=FEET), KeyPose({"neck_flexion": 9}, 1, contacts=FEET))
    on_top = Movement(poses, (step,)).key_poses(BODY)
    np.testing.assert_allclose(on_top.point("heel_left")[:, 1], 0.2, atol=1e-9)
    beside = Movement(poses, (Block((3, 0, 3), (4, 0.2, 4)),)).key_poses(BODY)
    np.testing.assert_allclose(beside.point("heel_left")[:, 1], 0.0, atol=1e-9)


def test_clearance_is_of_the_lowest_point_over_what_is_under_it() -> None:
    points = np.array([[[0.0, 0.5, 0.0], [2.0, 0.4, 0.0]]])
    assert clearance_m(points)[0] == pytest.approx(0.4)
    assert clearance_m(points, (Block((-1, 0, -1), (1, 0.3, 1)),))[0] == pytest.approx(0.2)


@pytest.mark.parametrize("poses", [(KeyPose({}, 1.0),), (KeyPose({}, 1.0), KeyPose({}, 0.0)), ()])
def test_a_movement_without_time_or_change_is_refused(poses: tuple[KeyPose, ...]) -> None:
    with pytest.raises(UsageError, match="at least two key poses"):
        Movement(poses)
