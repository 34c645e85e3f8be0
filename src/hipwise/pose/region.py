"""The square of the picture in which the landmark network looks for the person."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MARGIN = 1.25
"""How much larger than the circle round the person the square is (BlazePose's own)."""


@dataclass(frozen=True)
class Region:
    """A square in the picture: centre and side in pixels, and its turn clockwise on screen.

    With a turn of 0 the square's up is the picture's up; with 90° its up points to the right.
    """

    x_px: float
    y_px: float
    side_px: float
    turn_deg: float

    @classmethod
    def around(cls, centre_px: NDArray[np.floating], rim_px: NDArray[np.floating]) -> Region:
        """Return the region of a person from the middle of the hips and a point on the rim.

        Both (2,), in pixels. BlazePose (Bazarevsky et al. 2020) describes a person by the circle
        that holds the whole body: its centre between the hips, and the point of its rim that lies
        in the direction of the head ("virtual keypoints").
        """
        x, y = float(centre_px[0]), float(centre_px[1])
        dx, dy = float(rim_px[0]) - x, float(rim_px[1]) - y
        side = 2.0 * math.hypot(dx, dy) * MARGIN
        return cls(x, y, side, math.degrees(math.atan2(dx, -dy)))

    def axes(self) -> NDArray[np.float64]:
        """(2, 2): columns are the region's right and down in the picture, one side long."""
        cos, sin = math.cos(math.radians(self.turn_deg)), math.sin(math.radians(self.turn_deg))
        return self.side_px * np.array([[cos, -sin], [sin, cos]])

    def to_picture(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """Map points (K, 2) of the region, 0..1 from its upper left corner, to pixels (K, 2)."""
        centred = np.asarray(points, dtype=np.float64) - 0.5
        return centred @ self.axes().T + np.array([self.x_px, self.y_px])

    def distance_px(self, other: Region) -> float:
        """Return the distance between the two centres."""
        return math.hypot(self.x_px - other.x_px, self.y_px - other.y_px)


def cut_out(rgb: NDArray[np.uint8], region: Region, size_px: int) -> NDArray[np.uint8]:
    """Return the region of a picture (H, W, 3) as (size_px, size_px, 3); black beyond its edge.

    Bilinear; where the region is more than twice `size_px`, the picture is first averaged over
    whole blocks of pixels, without which bilinear sampling would skip pixels and add noise.
    """
    from PIL import Image

    block = max(1, int(region.side_px / size_px))
    box = _bounds(rgb, region)
    if box is None:
        return np.zeros((size_px, size_px, 3), dtype=np.uint8)
    left, top, right, bottom = box
    image = Image.fromarray(rgb[top:bottom, left:right])
    if block > 1:
        image = image.reduce(block)
    axes = region.axes() / size_px / block
    origin = region.to_picture(np.zeros((1, 2)))[0] - (left, top)
    x, y = origin / block
    matrix = (axes[0, 0], axes[0, 1], x, axes[1, 0], axes[1, 1], y)
    warped = image.transform(
        (size_px, size_px), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR
    )
    return np.asarray(warped)


def _bounds(rgb: NDArray[np.uint8], region: Region) -> tuple[int, int, int, int] | None:
    """Return the pixels the region touches (left, top, right, bottom), None where it misses."""
    corners = region.to_picture(np.array([[0, 0], [1, 0], [0, 1], [1, 1]]))
    height, width = rgb.shape[:2]
    left, top = np.floor(corners.min(axis=0)).astype(int) - 1
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 1
    left, top = max(0, left), max(0, top)
    right, bottom = min(width, right), min(height, bottom)
    return (left, top, right, bottom) if right > left and bottom > top else None
