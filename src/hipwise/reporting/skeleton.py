"""The tracked skeleton drawn into a picture: left red, right blue, trunk neutral."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipwise.pose.keypoints import KEYPOINT_NAMES

LEFT_RGB = (235, 64, 52)
RIGHT_RGB = (38, 118, 245)
TRUNK_RGB = (250, 250, 245)
_HALO_RGB = (16, 18, 22)

_FAINTEST = 0.25
"""Opacity of a point the network is sure not to see, so that a guess is never mistaken for a
sight (chosen by us)."""

_LIMBS = (
    ("shoulder", "elbow", 0.6),
    ("elbow", "wrist", 0.6),
    ("hip", "knee", 1.0),
    ("knee", "ankle", 1.0),
    ("ankle", "heel", 0.7),
    ("heel", "foot_index", 0.7),
    ("ankle", "foot_index", 0.5),
)
_TRUNK = (
    ("left_shoulder", "right_shoulder"),
    ("left_hip", "right_hip"),
    ("left_shoulder", "left_hip"),
    ("right_shoulder", "right_hip"),
)


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    rgb: tuple[int, int, int]
    thickness: float


@dataclass(frozen=True)
class _Stroke:
    rgb: tuple[int, int, int]
    thickness_px: float
    opacity: float


def _lines(side: str, rgb: tuple[int, int, int]) -> tuple[_Line, ...]:
    def index(joint: str) -> int:
        return KEYPOINT_NAMES.index(f"{side}_{joint}")

    return tuple(_Line(index(a), index(b), rgb, thickness) for a, b, thickness in _LIMBS)


_LEFT = _lines("left", LEFT_RGB)
_RIGHT = _lines("right", RIGHT_RGB)
_MIDDLE = tuple(
    _Line(KEYPOINT_NAMES.index(a), KEYPOINT_NAMES.index(b), TRUNK_RGB, 0.5) for a, b in _TRUNK
)
_LEFT_LEG = [KEYPOINT_NAMES.index(f"left_{joint}") for joint in ("hip", "knee", "ankle")]
_RIGHT_LEG = [KEYPOINT_NAMES.index(f"right_{joint}") for joint in ("hip", "knee", "ankle")]


def draw_skeleton(
    image: NDArray[np.uint8], xy_px: NDArray[np.float32], visibility: NDArray[np.float32]
) -> None:
    """Draw one frame's keypoints into `image` (H, W, 3), in place.

    `xy_px` (33, 2) and `visibility` (33,) are in the order of `KEYPOINT_NAMES`; a limb fades with
    the visibility of its less visible end, and is left out where a point is missing. The less
    visible leg is drawn first, so that it lies behind the other.
    """
    if not np.isfinite(xy_px).all(axis=1).any():
        return
    thickness_px = max(0.011 * float(np.ptp(xy_px[np.isfinite(xy_px[:, 1]), 1])), 2.0)
    left_in_front = visibility[_LEFT_LEG].sum() >= visibility[_RIGHT_LEG].sum()
    far, near = (_RIGHT, _LEFT) if left_in_front else (_LEFT, _RIGHT)
    for line in (*far, *_MIDDLE, *near):
        start, end = xy_px[line.start], xy_px[line.end]
        if not (np.isfinite(start).all() and np.isfinite(end).all()):
            continue
        seen = float(min(visibility[line.start], visibility[line.end]))
        opacity = _FAINTEST + (1 - _FAINTEST) * min(max(seen, 0.0), 1.0)
        stroke = _Stroke(line.rgb, thickness_px * line.thickness, opacity)
        _draw_line(image, start, end, stroke)


def _draw_line(
    image: NDArray[np.uint8],
    start: NDArray[np.float32],
    end: NDArray[np.float32],
    stroke: _Stroke,
) -> None:
    """Blend one round-ended, dark-rimmed line into `image`, antialiased by its distance field."""
    radius = stroke.thickness_px / 2
    rim = radius + max(1.0, radius / 2)
    low = np.floor(np.minimum(start, end) - rim - 1).astype(int)
    high = np.ceil(np.maximum(start, end) + rim + 2).astype(int)
    left, top = np.maximum(low, 0)
    right, bottom = np.minimum(high, image.shape[1::-1])
    if left >= right or top >= bottom:
        return
    distance = _distance_to_segment(start, end, (left, right), (top, bottom))
    patch = image[top:bottom, left:right]
    inside = distance < rim + 0.5
    gap = distance[inside]
    pixels = patch[inside].astype(np.float32)
    for colour, reach, strength in ((_HALO_RGB, rim, 0.55), (stroke.rgb, radius, 1.0)):
        alpha = np.clip(reach + 0.5 - gap, 0, 1)[:, None] * np.float32(strength * stroke.opacity)
        pixels += (np.array(colour, np.float32) - pixels) * alpha
    patch[inside] = np.rint(pixels).astype(np.uint8)


def _distance_to_segment(
    start: NDArray[np.float32],
    end: NDArray[np.float32],
    columns: tuple[int, int],
    rows: tuple[int, int],
) -> NDArray[np.float32]:
    """Return each pixel's distance (px) to the segment, for the given half-open pixel ranges."""
    x = np.arange(*columns, dtype=np.float32)[None, :] - start[0]
    y = np.arange(*rows, dtype=np.float32)[:, None] - start[1]
    along_x, along_y = (end - start).astype(np.float32)
    squared = max(float(along_x**2 + along_y**2), 1e-6)
    share = np.clip((x * along_x + y * along_y) / np.float32(squared), 0, 1)
    distance: NDArray[np.float32] = np.hypot(x - share * along_x, y - share * along_y)
    return distance
