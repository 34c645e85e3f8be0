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
    def around(cls, centre_px: NDArray[np.float64], rim_px: NDArray[np.float64]) -> Region:
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
        turn = math.radians(self.turn_deg)
        along, across = self.side_px * math.cos(turn), self.side_px * math.sin(turn)
        return np.array([[along, -across], [across, along]])

    def to_picture(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Map points (K, 2) of the region, 0..1 from its upper left corner, to pixels (K, 2)."""
        return np.asarray((points - 0.5) @ self.axes().T + (self.x_px, self.y_px))

    def distance_px(self, other: Region) -> float:
        """Return the distance between the two centres."""
        return math.hypot(self.x_px - other.x_px, self.y_px - other.y_px)


def cut_out(
    rgb: NDArray[np.uint8], region: Region, size_px: int, *, repeat_edge: bool = False
) -> NDArray[np.uint8]:
    """Return the region of a picture (H, W, 3) as (size_px, size_px, 3).

    Beyond the picture's edge it is black, or repeats the edge's pixels. Sampled as the networks'
    own training did it: bilinear, without averaging over the pixels skipped, and with sample i at
    i / size_px of the side rather than in the middle of its cell. Averaging first made the
    keypoints less precise (see docs/pose.md).
    """
    from PIL import Image

    axes = region.axes() / size_px
    corner = region.to_picture(np.zeros((1, 2)))[0]
    x, y = corner + 0.5 - 0.5 * axes.sum(axis=1)
    square = Image.fromarray(rgb).transform(
        (size_px, size_px),
        Image.Transform.AFFINE,
        (axes[0, 0], axes[0, 1], x, axes[1, 0], axes[1, 1], y),
        Image.Resampling.BILINEAR,
    )
    if repeat_edge:
        return _with_edges(np.array(square), rgb, corner, axes)
    return np.asarray(square)


def _with_edges(
    square: NDArray[np.uint8],
    rgb: NDArray[np.uint8],
    corner: NDArray[np.float64],
    axes: NDArray[np.float64],
) -> NDArray[np.uint8]:
    """Fill the samples that lie outside the picture with the nearest pixel inside it."""
    height, width = rgb.shape[:2]
    size = len(square)
    steps = np.arange(size, dtype=np.float32)
    x = (corner[0] + axes[0, 0] * steps + axes[0, 1] * steps[:, None]).round()
    y = (corner[1] + axes[1, 0] * steps + axes[1, 1] * steps[:, None]).round()
    outside = (x < 0) | (x > width - 1) | (y < 0) | (y > height - 1)
    if outside.any():
        rows = y[outside].clip(0, height - 1).astype(np.intp)
        columns = x[outside].clip(0, width - 1).astype(np.intp)
        square[outside] = rgb[rows, columns]
    return square
