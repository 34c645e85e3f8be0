from __future__ import annotations

import numpy as np
import numpy.testing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.body.camera import Camera
from hipwise.body.kinematics import forward
from hipwise.body.proportions import Body
from hipwise.errors import UsageError

FLAT = Camera(target_m=(0.0, 0.0, 0.0), px_per_m=100.0, width_px=400, height_px=300)
FORWARD, UP, RIGHT = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("azimuth_deg", "elevation_deg", "point", "pixel", "depth"),
    [
        (0, 0, RIGHT, (100, 150), 0),  # from the front, the body's right is on the picture's left
        (0, 0, FORWARD, (200, 150), 1),
        (90, 0, FORWARD, (100, 150), 0),  # from its left side, it faces the picture's left
        (90, 0, RIGHT, (200, 150), -1),
        (180, 0, RIGHT, (300, 150), 0),
        (-90, 0, FORWARD, (300, 150), 0),
        (37, 0, UP, (200, 50), 0),
        (90, 90, UP, (200, 150), 1),
    ],
)
def test_a_point_falls_where_the_view_says(
    azimuth_deg: float,
    elevation_deg: float,
    point: tuple[float, float, float],
    pixel: tuple[float, float],
    depth: float,
) -> None:
    camera = Camera(azimuth_deg, elevation_deg, (0.0, 0.0, 0.0), 100.0, None, 400, 300)
    pixels, depths = camera.project(point)
    npt.assert_allclose(pixels, pixel, atol=1e-9)
    assert depths == pytest.approx(depth, abs=1e-12)


@given(azimuth_deg=st.floats(-180, 180), elevation_deg=st.floats(-90, 90))
def test_the_cameras_axes_are_a_right_handed_frame(
    azimuth_deg: float, elevation_deg: float
) -> None:
    axes = Camera(azimuth_deg, elevation_deg).axes
    npt.assert_allclose(axes @ axes.T, np.eye(3), atol=1e-12)
    assert np.linalg.det(axes) == pytest.approx(1.0)


def test_perspective_enlarges_what_is_nearer_in_proportion_to_its_distance() -> None:
    camera = Camera(0, 0, (0.0, 0.0, 0.0), 100.0, 4.0, 400, 300)
    near, _ = camera.project((2.0, 1.0, 0.0))
    level, _ = camera.project((0.0, 1.0, 0.0))
    assert 150 - near[1] == pytest.approx(200.0)
    assert 150 - level[1] == pytest.approx(100.0)


def test_what_stands_behind_the_camera_is_not_in_the_picture() -> None:
    pixels, _ = Camera(distance_m=2.0).project((3.0, 1.0, 0.0))
    assert np.isnan(pixels).all()


@given(
    azimuth_deg=st.floats(-180, 180),
    elevation_deg=st.floats(-80, 80),
    distance_m=st.sampled_from([None, 3.0, 5.0]),
)
def test_a_fitted_camera_shows_every_point_and_leaves_no_side_empty(
    azimuth_deg: float, elevation_deg: float, distance_m: float | None
) -> None:
    points = forward(Body.of(), {"hip_flexion_left": 60.0}).points
    start = Camera(azimuth_deg, elevation_deg, distance_m=distance_m)
    pixels, _ = start.fitted(points, 1.75).project(points)
    flat = pixels.reshape(-1, 2)
    assert (flat > 0).all()
    assert (flat < [480, 640]).all()
    assert (np.ptp(flat, axis=0) / [480, 640]).max() > 0.6


@pytest.mark.parametrize(
    "wrong", [{"width_px": 0}, {"px_per_m": 0.0}, {"px_per_m": float("nan")}, {"distance_m": -1.0}]
)
def test_an_impossible_camera_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        Camera(**wrong)  # type: ignore[arg-type]
