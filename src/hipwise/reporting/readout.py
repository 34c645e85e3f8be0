"""The small panel in the overlay's corner: which foot is on the ground, thigh and knee angles."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hipwise.gait.gait import Gait
from hipwise.measurement import Side
from hipwise.reporting.skeleton import LEFT_RGB, RIGHT_RGB

_SHOWN = (("thigh_flexion", "thigh"), ("knee_flexion", "knee"))
_COLOUR = {Side.LEFT: LEFT_RGB, Side.RIGHT: RIGHT_RGB}
_BACKGROUND = (16, 18, 22, 190)
_INK = (245, 245, 245, 255)
_ON_GROUND, _IN_AIR = "on the ground", "in the air"


class Readout:
    """Writes what the analysis says about each instant into its frame."""

    def __init__(self, gait: Gait) -> None:
        self._motion = gait.motion
        self._strikes = {s: [x.strike_s for x in gait.strides_of(s)] for s in Side}
        self._toe_offs = {s: [x.toe_off_s for x in gait.strides_of(s)] for s in Side}

    def draw(self, image: NDArray[np.uint8], time_s: float) -> None:
        """Blend the panel into the upper left corner of `image` (H, W, 3), in place."""
        size = max(round(min(image.shape[:2]) / 34), 11)
        panel = _panel(tuple(self._line(side, time_s) for side in Side), size)
        height, width = panel.shape[:2]
        corner = image[size // 2 : size // 2 + height, size // 2 : size // 2 + width]
        panel = panel[: corner.shape[0], : corner.shape[1]]
        alpha = panel[..., 3:].astype(np.float32) / 255
        blended = corner + (panel[..., :3] - corner.astype(np.float32)) * alpha
        corner[:] = np.rint(blended).astype(np.uint8)

    def _line(self, side: Side, time_s: float) -> tuple[str, bool, str]:
        """Return the side's name, whether its foot is on the ground, and its angles."""
        words = []
        for name, word in _SHOWN:
            angle = self._motion.angles.get(f"{name}_{side}")
            if angle is not None:
                value = float(np.interp(time_s, self._motion.time_s, angle))
                # Pillow's built-in font has no minus sign, only the hyphen.
                shown = f"{value:.0f}°" if np.isfinite(value) else "not seen"
                words.append(f"{word} {shown}")
        return side.value, self._on_ground(side, time_s), "  ".join(words)

    def _on_ground(self, side: Side, time_s: float) -> bool:
        latest = bisect_right(self._strikes[side], time_s) - 1
        return latest >= 0 and time_s < self._toe_offs[side][latest]


@lru_cache(maxsize=256)
def _panel(lines: tuple[tuple[str, bool, str], ...], size: int) -> NDArray[np.uint8]:
    """Draw the panel (h, w, 4) for these lines in a font of `size` pixels."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(size=size)
    row = round(size * 1.5)
    ground_x = size * 1.7 + font.getlength("right  ")
    words_x = ground_x + font.getlength(f"{_ON_GROUND}   ")
    width = round(words_x + font.getlength("thigh -88°  knee 188°") + size / 2)
    picture = Image.new("RGBA", (width, row * len(lines) + size // 2), _BACKGROUND)
    draw = ImageDraw.Draw(picture)
    for index, (side, on_ground, words) in enumerate(lines):
        y = size // 4 + index * row + row // 2
        colour = _COLOUR[Side(side)]
        dot = (size * 0.5, y - size * 0.36, size * 1.22, y + size * 0.36)
        draw.ellipse(dot, outline=colour, width=2, fill=colour if on_ground else None)
        draw.text((size * 1.7, y), side, fill=_INK, font=font, anchor="lm")
        draw.text(
            (ground_x, y), _ON_GROUND if on_ground else _IN_AIR, fill=_INK, font=font, anchor="lm"
        )
        draw.text((words_x, y), words, fill=_INK, font=font, anchor="lm")
    return np.asarray(picture)
