from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from hipwise.pose.keypoints import KEYPOINT_NAMES
from hipwise.reporting.skeleton import LEFT_RGB, RIGHT_RGB, draw_skeleton


def _person() -> NDArray[np.float32]:
    """Both thighs upright and apart: left at x = 30, right at x = 70; nothing else is known."""
    xy = np.full((33, 2), np.nan, np.float32)
    for name, x in (("left", 30), ("right", 70)):
        xy[KEYPOINT_NAMES.index(f"{name}_hip")] = (x, 20)
        xy[KEYPOINT_NAMES.index(f"{name}_knee")] = (x, 90)
    return xy


def _drawn(xy: NDArray[np.float32], visibility: float) -> NDArray[np.uint8]:
    image = np.full((110, 100, 3), 128, np.uint8)
    draw_skeleton(image, xy, np.full(33, visibility, np.float32))
    return image


def test_left_is_red_and_right_is_blue() -> None:
    image = _drawn(_person(), 1.0)
    assert tuple(image[60, 30]) == pytest.approx(LEFT_RGB, abs=40)
    assert tuple(image[60, 70]) == pytest.approx(RIGHT_RGB, abs=40)
    assert tuple(image[60, 50]) == (128, 128, 128)


def test_what_is_hardly_seen_is_faint() -> None:
    sure, guess = _drawn(_person(), 1.0), _drawn(_person(), 0.0)
    strength = [abs(int(image[60, 30, 0]) - 128) for image in (sure, guess)]
    assert 0 < strength[1] < strength[0] / 2


def test_a_missing_point_leaves_its_limb_out() -> None:
    xy = _person()
    xy[KEYPOINT_NAMES.index("left_knee")] = np.nan
    image = _drawn(xy, 1.0)
    assert tuple(image[60, 30]) == (128, 128, 128)
    assert tuple(image[60, 70]) != (128, 128, 128)


def test_nobody_leaves_the_picture_as_it_was() -> None:
    assert (_drawn(np.full((33, 2), np.nan, np.float32), 0.0) == 128).all()


def test_limbs_beyond_the_edge_are_cut() -> None:
    image = _drawn(_person() + np.array([-60, 50], np.float32), 1.0)
    assert image.shape == (110, 100, 3)
    assert (image != 128).any()
