"""Camera tests on a drawn body whose joint angles are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from hipwise.body.camera import Camera
from hipwise.body.kinematics import forward
from hipwise.body.proportions import Body
from hipwise.drawn.keypoints import keypoints_of
from hipwise.errors import NotEnoughData, UsageError
from hipwise.knowledge import load
from hipwise.measurement import Side
from hipwise.motion import KeypointCleaning
from hipwise.pose import KeypointTrack
from hipwise.screening.camera import CAMERA_TESTS, CUTOFF_HZ, Reading, measure_test

Array = NDArray[np.float64]
TIME_S = np.arange(0, 12, 1 / 30)
FROM_THE_LEFT, FROM_THE_FRONT = 90.0, 0.0
SUPINE: dict[str, float] = {"pelvic_anterior_tilt": -90.0}
ON_THE_LEFT_SIDE: dict[str, float] = {"pelvic_right_drop": -90.0}


def filmed(
    angles: Mapping[str, object], azimuth_deg: float, elevation_deg: float = 0.0
) -> KeypointTrack:
    """The keypoints of a body that holds or changes `angles` for twelve seconds."""
    moving = {
        name: np.broadcast_to(np.asarray(value, dtype=float), TIME_S.shape)
        for name, value in angles.items()
    }
    body = forward(Body.of(), moving)
    eye = Camera(azimuth_deg, elevation_deg, width_px=900, height_px=900)
    eye = eye.fitted(body.points, height_m=1.75)
    return keypoints_of(body, eye, TIME_S)


def read(test: str, track: KeypointTrack, side: Side) -> Reading:
    points = KeypointCleaning(cutoff_hz=CUTOFF_HZ, jumps=None).clean(track)
    by_name = {name: points[:, i] for i, name in enumerate(track.names)}
    return CAMERA_TESTS[test].read(track.time_s, by_name, side)


def slow_raise(low: float, high: float, count: int = 1) -> Array:
    """Up, three quarters of the time held at the top where `count` is 1, and down again."""
    wave = (1 - np.cos(2 * np.pi * count * TIME_S / TIME_S[-1])) / 2
    return np.asarray(low + (high - low) * (np.minimum(wave * 2, 1.0) if count == 1 else wave))


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("angle", [-8.0, 5.0, 15.0])
def test_modified_thomas_reads_how_far_the_thigh_hangs(side: Side, angle: float) -> None:
    thomas = SUPINE | {f"hip_flexion_{side.other}": 120.0, f"knee_flexion_{side.other}": 130.0}
    hanging = {f"hip_flexion_{side}": slow_raise(40, -angle), f"knee_flexion_{side}": 80.0}
    reading = read("modified_thomas", filmed({**thomas, **hanging}, FROM_THE_LEFT), side)
    assert reading.value == pytest.approx(angle, abs=1)


@pytest.mark.parametrize("angle", [50.0, 75.0, 95.0])
def test_straight_leg_raise_reads_the_leg_over_the_floor(angle: float) -> None:
    raised = filmed({**SUPINE, "hip_flexion_left": slow_raise(0, angle)}, FROM_THE_LEFT)
    reading = read("straight_leg_raise", raised, Side.LEFT)
    assert reading.value == pytest.approx(180 - angle if angle > 90 else angle, abs=4)


def test_hip_flexion_reads_the_thigh_against_the_trunk() -> None:
    hugged = {**SUPINE, "hip_flexion_right": slow_raise(0, 118), "knee_flexion_right": 130.0}
    reading = read("hip_flexion_supine", filmed(hugged, FROM_THE_LEFT), Side.RIGHT)
    assert reading.value == pytest.approx(118, abs=4)


def test_knee_to_wall_reads_the_shin() -> None:
    lean = slow_raise(0, 38)
    lunge = {
        "ankle_dorsiflexion_left": lean,
        "knee_flexion_left": 1.5 * lean,
        "hip_flexion_left": 0.5 * lean,
    }
    reading = read("knee_to_wall", filmed(lunge, FROM_THE_LEFT), Side.LEFT)
    assert reading.value == pytest.approx(38, abs=1)


def test_bridges_are_counted() -> None:
    bridge = {
        **SUPINE,
        "hip_flexion_left": slow_raise(58, 5, count=7),
        "knee_flexion_left": 60.0,
    }
    assert read("single_leg_bridge", filmed(bridge, FROM_THE_LEFT), Side.LEFT).value == 7


def test_side_lying_raises_are_counted_and_half_ones_are_not() -> None:
    for height, expected in ((-32.0, 6), (-14.0, 0)):
        raises = {**ON_THE_LEFT_SIDE, "hip_adduction_right": slow_raise(0, height, count=6)}
        track = filmed(raises, FROM_THE_FRONT)
        assert read("sidelying_leg_raise_reps", track, Side.RIGHT).value == expected


def test_chair_stands_are_counted() -> None:
    sitting = slow_raise(88, 2, count=5)
    stands = {f"{joint}_flexion_{side}": sitting for joint in ("hip", "knee") for side in Side}
    assert read("chair_stand_30s", filmed(stands, FROM_THE_LEFT), Side.LEFT).value == 5


def test_standing_on_one_leg_is_timed_until_the_foot_is_down() -> None:
    up = np.where((TIME_S > 2) & (TIME_S < 9), 40.0, 0.0)
    stance = {"hip_flexion_right": up, "knee_flexion_right": 2 * up}
    reading = read("single_leg_stance_eo", filmed(stance, FROM_THE_FRONT), Side.LEFT)
    assert reading.value == pytest.approx(7, abs=0.3)


def test_a_side_plank_is_timed_until_the_hip_sags() -> None:
    sag = np.where(TIME_S < 8, 0.0, 35.0)
    plank = {**ON_THE_LEFT_SIDE, "hip_adduction_left": -sag, "hip_adduction_right": sag}
    reading = read("side_plank_hold", filmed(plank, FROM_THE_FRONT), Side.LEFT)
    assert reading.value == pytest.approx(8, abs=0.3)


def test_the_knee_line_of_a_step_down_is_read_at_the_deepest_instants() -> None:
    depth = slow_raise(0, 55, count=5)
    for turn_in in (0.0, 18.0):
        squat = {
            "hip_flexion_left": depth,
            "knee_flexion_left": 1.6 * depth,
            "ankle_dorsiflexion_left": 0.6 * depth,
            "hip_internal_rotation_left": turn_in * depth / 55,
            "hip_flexion_right": 10.0,
            "knee_flexion_right": 60.0,
        }
        reading = read("step_down_control", filmed(squat, FROM_THE_FRONT), Side.LEFT)
        assert reading.n == 3
        assert (reading.value > 10) == (turn_in > 0)


def test_every_camera_test_is_a_test_of_the_library_with_an_error() -> None:
    library = load()
    for test, camera in CAMERA_TESTS.items():
        assert library.protocol(test)
        assert library.metric(camera.metric).error(f"video.{camera.view}"), test


def test_a_measurement_carries_its_error_side_and_method() -> None:
    raised = filmed({**SUPINE, "hip_flexion_left": slow_raise(0, 70)}, FROM_THE_LEFT)
    measured = measure_test(raised, "straight_leg_raise", Side.LEFT, load(), source="film")
    assert (measured.metric, measured.side, measured.method, measured.n) == (
        "straight_leg_raise",
        Side.LEFT,
        "video.side",
        1,
    )
    assert measured.value == pytest.approx(70, abs=2)
    assert measured.error is not None


def test_what_is_wrong_with_the_picture_is_said() -> None:
    good = filmed({**SUPINE, "hip_flexion_left": slow_raise(0, 70)}, FROM_THE_LEFT)
    nobody = replace(good, xy_px=np.full_like(good.xy_px, np.nan))
    hidden = good.visibility.copy()
    hidden[:, good.names.index("left_ankle")] = 0.2
    for track, code in (
        (nobody, "no_person"),
        (replace(good, visibility=hidden), "joints_not_seen"),
    ):
        with pytest.raises(NotEnoughData) as refusal:
            measure_test(track, "straight_leg_raise", Side.LEFT, load(), source="film")
        assert refusal.value.code == code
    standing = filmed({}, FROM_THE_LEFT)
    with pytest.raises(NotEnoughData, match="not found in the film"):
        measure_test(standing, "single_leg_bridge", Side.LEFT, load(), source="film")


def test_a_test_no_camera_measures_and_a_missing_side_are_refused() -> None:
    track = filmed({}, FROM_THE_LEFT)
    with pytest.raises(UsageError, match="modified_thomas"):
        measure_test(track, "hhd_abduction", Side.LEFT, load(), source="film")
    with pytest.raises(UsageError, match="left or right"):
        measure_test(track, "knee_to_wall", None, load(), source="film")
