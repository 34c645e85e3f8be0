"""Small videos made on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
TEN_FRAMES_S = tuple(i / 30 for i in range(10))

CORNERS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}


def four_corners(width: int, height: int) -> Picture:
    """Red and green above, blue and white below."""
    picture = np.zeros((height, width, 3), dtype=np.uint8)
    top, left = slice(0, height // 2), slice(0, width // 2)
    bottom, right = slice(height // 2, None), slice(width // 2, None)
    picture[top, left], picture[top, right] = CORNERS["red"], CORNERS["green"]
    picture[bottom, left], picture[bottom, right] = CORNERS["blue"], CORNERS["white"]
    return picture


def corner_colours(picture: Picture) -> list[str]:
    """Name the colours of a picture's quarters: the upper two, then the lower two."""
    height, width = picture.shape[:2]
    middles = [(y, x) for y in (height // 4, 3 * height // 4) for x in (width // 4, 3 * width // 4)]
    return [_nearest_colour(picture[y, x]) for y, x in middles]


def _nearest_colour(pixel: Picture) -> str:
    return min(CORNERS, key=lambda name: float(np.abs(pixel - np.array(CORNERS[name])).sum()))


def write_video(
    path: Path,
    *,
    width: int = 96,
    height: int = 64,
    times_s: Sequence[float] = TEN_FRAMES_S,
    matrix: Sequence[int] | None = None,
    pixel_aspect: Fraction | None = None,
    options: dict[str, str] | None = None,
    noise: bool = False,
) -> Path:
    """Write a small H.264 video of four colours, or of noise where it is to be large."""
    random = np.random.default_rng(1)
    with av.open(str(path), "w", options=options or {}) as container:
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 90_000)
        stream.options = {"g": "5", "preset": "ultrafast"}
        if pixel_aspect is not None:
            stream.codec_context.sample_aspect_ratio = pixel_aspect
        if matrix is not None:
            stream.set_display_matrix(matrix)
        for time_s in times_s:
            picture = four_corners(width, height)
            if noise:
                picture = random.integers(0, 255, picture.shape, dtype=np.uint8)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = round(time_s * 90_000), Fraction(1, 90_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path
