from dataclasses import replace

import numpy as np
import pytest

from hipwise.drawn import run
from hipwise.drawn.keypoints import perfect_track
from hipwise.errors import NotEnoughData
from hipwise.motion import KeypointCleaning, View


@pytest.mark.parametrize("view", [View.LEFT, View.RIGHT, View.REAR])
def test_the_view_is_found_from_the_keypoints(view: View) -> None:
    track = perfect_track(run(duration_s=3.0), view)
    assert KeypointCleaning().motion(track, "drawn").view is view


def test_the_same_run_seen_from_the_front_is_a_front_view() -> None:
    rear = perfect_track(run(duration_s=3.0), View.REAR)
    flipped = replace(
        rear,
        xy_px=rear.xy_px * np.array([-1, 1], dtype=np.float32)
        + np.array([rear.width_px, 0], dtype=np.float32),
    )
    assert KeypointCleaning().motion(flipped, "drawn").view is View.FRONT


def test_an_oblique_camera_is_refused() -> None:
    rear = perfect_track(run(duration_s=3.0), View.REAR)
    middle = rear.width_px / 2
    narrowed = rear.xy_px.copy()
    narrowed[..., 0] = middle + 0.7 * (narrowed[..., 0] - middle)
    with pytest.raises(NotEnoughData, match="obliquely") as refusal:
        KeypointCleaning().motion(replace(rear, xy_px=narrowed), "drawn")
    assert refusal.value.code == "oblique_view"


@pytest.mark.parametrize("turn", [[[0, 1], [-1, 0]], [[0, -1], [1, 0]], [[-1, 0], [0, -1]]])
def test_a_turned_picture_is_refused(turn: list[list[int]]) -> None:
    track = perfect_track(run(duration_s=3.0), View.LEFT)
    turned = track.xy_px @ np.array(turn, dtype=np.float32)
    with pytest.raises(NotEnoughData, match="turn the video upright") as refusal:
        KeypointCleaning().motion(replace(track, xy_px=turned), "drawn")
    assert refusal.value.code == "picture_turned"


def test_no_person_is_said() -> None:
    track = perfect_track(run(duration_s=3.0), View.LEFT)
    nobody = replace(track, xy_px=np.full_like(track.xy_px, np.nan))
    with pytest.raises(NotEnoughData, match="No person") as refusal:
        KeypointCleaning().motion(nobody, "drawn")
    assert refusal.value.code == "no_person"


def test_a_runner_who_passes_in_half_a_second_is_too_short() -> None:
    track = perfect_track(run(duration_s=3.0), View.LEFT)
    passing = track.xy_px.copy()
    passing[30:] = np.nan
    with pytest.raises(NotEnoughData, match=r"only 0\.5 s") as refusal:
        KeypointCleaning().motion(replace(track, xy_px=passing), "drawn")
    assert refusal.value.code == "too_short"


def test_both_cameras_see_the_same_angles() -> None:
    runner = run(duration_s=4.0)
    left, right = (
        KeypointCleaning().motion(perfect_track(runner, view), "drawn")
        for view in (View.LEFT, View.RIGHT)
    )
    for name in left.angles:
        assert left.angles[name] == pytest.approx(right.angles[name], abs=2.5), name


def test_short_gaps_are_mended_with_the_movement() -> None:
    track = perfect_track(run(duration_s=4.0), View.LEFT)
    whole = KeypointCleaning().motion(track, "drawn")
    holes = track.xy_px.copy()
    holes[100:104] = np.nan
    seen = track.visibility.copy()
    seen[100:104] = 0
    mended = KeypointCleaning().motion(replace(track, xy_px=holes, visibility=seen), "drawn")
    assert mended.angles["thigh_flexion_left"][98:106] == pytest.approx(
        whole.angles["thigh_flexion_left"][98:106], abs=2.0
    )
