from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from hipwise.pose.region import Region, cut_out


def test_a_person_standing_upright() -> None:
    # Hips at (100, 200), rim 80 px above: side 2 · 80 · 1.25 = 200, not turned.
    region = Region.around(np.array([100.0, 200.0]), np.array([100.0, 120.0]))
    assert region == Region(100.0, 200.0, 200.0, 0.0)
    assert region.to_picture(np.array([[0.0, 0.0], [1.0, 1.0], [0.5, 0.1]])) == pytest.approx(
        np.array([[0.0, 100.0], [200.0, 300.0], [100.0, 120.0]])
    )


def test_a_person_lying_with_the_head_to_the_right() -> None:
    region = Region.around(np.array([100.0, 200.0]), np.array([140.0, 200.0]))
    assert region.turn_deg == pytest.approx(90.0)
    # Up in the region is right in the picture, right in the region is down in the picture.
    assert region.to_picture(np.array([[0.5, 0.0]])) == pytest.approx(np.array([[150.0, 200.0]]))
    assert region.to_picture(np.array([[1.0, 0.5]])) == pytest.approx(np.array([[100.0, 250.0]]))


@given(
    centre=st.tuples(st.floats(-500, 500), st.floats(-500, 500)),
    length=st.floats(1, 500),
    angle=st.floats(0, 2 * np.pi),
)
def test_the_rim_point_is_above_the_centre_in_the_region(
    centre: tuple[float, float], length: float, angle: float
) -> None:
    hips = np.array(centre)
    rim = hips + length * np.array([np.cos(angle), np.sin(angle)])
    region = Region.around(hips, rim)
    assert region.to_picture(np.array([[0.5, 0.5 - 0.5 / 1.25]]))[0] == pytest.approx(rim, abs=1e-6)


def gradient(width: int, height: int) -> NDArray[np.uint8]:
    """A picture whose red is x and whose green is y."""
    picture = np.zeros((height, width, 3), dtype=np.uint8)
    picture[:, :, 0] = np.arange(width)
    picture[:, :, 1] = np.arange(height)[:, None]
    return picture


def test_cuts_out_what_lies_at_the_region() -> None:
    square = cut_out(gradient(200, 160), Region(100.0, 80.0, 64.0, 0.0), 32)
    # Sample (i, j) lies at the corner (68, 48) + 2 · (i, j).
    assert square[4, 3].tolist() == [74, 56, 0]
    turned = cut_out(gradient(200, 160), Region(100.0, 80.0, 64.0, 90.0), 32)
    # The corner is now the picture's upper right (132, 48); down in the region is left.
    assert turned[4, 3].tolist() == [132 - 8, 48 + 6, 0]


def test_beyond_the_edge_is_black_or_the_edge_repeated() -> None:
    picture = np.full((40, 40, 3), 90, dtype=np.uint8)
    region = Region(0.0, 20.0, 40.0, 0.0)
    black = cut_out(picture, region, 20)
    assert black[:, :9].max() == 0
    assert (black[:, 11:] == 90).all()
    assert (cut_out(picture, region, 20, repeat_edge=True) == 90).all()
    elsewhere = cut_out(picture, Region(500.0, 500.0, 40.0, 0.0), 20, repeat_edge=True)
    assert (elsewhere == 90).all()
