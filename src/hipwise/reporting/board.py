"""The pictures of a follow-along film: figure, name, side, dose, clock, caption, how far one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hipwise.coaching import Step, StepKind, Timeline
from hipwise.knowledge import Library
from hipwise.measurement import Side
from hipwise.reporting.animation import Loop, loop_of

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH_PX, HEIGHT_PX = 1280, 720
FIGURE_PX = (760, 560)
FIGURE_AT = (32, 32)
TEXT_X, TEXT_WIDTH = 828, 420
PAGE, INK, SOFT, LINE = "#faf9f6", "#20262d", "#59636e", "#d9dcd8"
ACCENT, BACKDROP = "#14685c", "#eaf0ef"
SIDE_INK = {Side.LEFT: "#c9302c", Side.RIGHT: "#1f63c8"}
HEADS = {
    StepKind.GET_READY: "Get ready",
    StepKind.WORK: "Go",
    StepKind.TURN: "Switch sides",
    StepKind.REST: "Rest",
}


@dataclass(frozen=True)
class Figure:
    """One exercise's loop as arrays (H, W, 3), for the right side and mirrored for the left."""

    loop: Loop
    right: tuple[NDArray[np.uint8], ...]
    left: tuple[NDArray[np.uint8], ...]

    @classmethod
    def of(cls, exercise: str, library: Library) -> Figure:
        """Draw an exercise in the film's size."""
        loop = loop_of(library.exercise_poses[exercise], *FIGURE_PX)
        right = tuple(np.asarray(picture.convert("RGB")) for picture in loop.pictures)
        return cls(loop, right, tuple(picture[:, ::-1] for picture in right))

    def at(self, time_s: float, side: Side | None) -> NDArray[np.uint8]:
        """Return the picture after so many seconds of moving."""
        pictures = self.left if side is Side.LEFT else self.right
        return pictures[self.loop.at(time_s)]


class Board:
    """Draws any instant of a session; keeps the figure and the page of the step it is in."""

    def __init__(self, timeline: Timeline, library: Library) -> None:
        self.timeline, self.library = timeline, library
        self._figure: tuple[str, Figure] | None = None
        self._page: tuple[int, int, NDArray[np.uint8]] | None = None

    def draw(self, index: int, time_s: float) -> NDArray[np.uint8]:
        """Return the picture (720, 1280, 3) of step `index` at `time_s` of the session."""
        step = self.timeline.steps[index]
        left_s = ceil(step.end_s - time_s - 1e-9)
        if self._page is None or self._page[:2] != (index, left_s):
            self._page = (index, left_s, self._drawn(step, left_s))
        picture = self._page[2].copy()
        x, y = FIGURE_AT
        moving = step.kind in {StepKind.WORK, StepKind.GET_READY, StepKind.TURN}
        shown = self._of(step.exercise).at(time_s - step.start_s if moving else 0.0, step.side)
        picture[y : y + FIGURE_PX[1], x : x + FIGURE_PX[0]] = shown
        _bar(picture, self.timeline, time_s)
        return picture

    def _of(self, exercise: str) -> Figure:
        if self._figure is None or self._figure[0] != exercise:
            self._figure = (exercise, Figure.of(exercise, self.library))
        return self._figure[1]

    def _drawn(self, step: Step, left_s: int) -> NDArray[np.uint8]:
        """Draw everything but the figure and the bar."""
        from PIL import Image, ImageDraw

        image = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), PAGE)
        draw = ImageDraw.Draw(image)
        exercise = self.library.exercise(step.exercise)
        count = len(self.timeline.session.items)
        y = 34
        y = _lines(draw, (f"{step.place + 1} of {count}",), y, 30, SOFT)
        y = _lines(draw, _wrapped(exercise.name, 46), y + 4, 46, INK, bold=True)
        if step.side is not None:
            y = _lines(
                draw, (f"{step.side} side".capitalize(),), y + 8, 40, SIDE_INK[step.side], bold=True
            )
        y = _lines(draw, _wrapped(_amount(step), 32), y + 8, 32, SOFT)
        _clock(draw, step, left_s)
        if step.kind is not StepKind.TURN:
            _lines(draw, _cues(exercise.cues, 410 - y), y + 12, 26, INK)
        _caption(draw, step.caption)
        return np.asarray(image)


def _amount(step: Step) -> str:
    what = f"{step.reps} repetitions" if step.hold_s is None else f"{step.hold_s:g} s hold"
    if step.hold_s is not None and (step.reps or 1) > 1:
        what = f"{step.reps} holds of {step.hold_s:g} s"
    return f"{what} · set {step.set} of {step.of_sets}"


def _cues(cues: Sequence[str], room_px: int) -> tuple[str, ...]:
    """Return as many cues as the room holds."""
    lines: list[str] = []
    for cue in cues:
        more = _wrapped(f"· {cue}", 26)
        if (len(lines) + len(more)) * 34 > room_px:
            break
        lines += more
    return tuple(lines)


def _clock(draw: ImageDraw, step: Step, left_s: int) -> None:
    """Draw what it is time for and the seconds that are left, at the lower right."""
    colour = ACCENT if step.kind is StepKind.WORK else SOFT
    _lines(draw, (HEADS[step.kind],), 430, 34, colour, bold=True)
    _lines(draw, (_minutes(left_s),), 468, 116, INK if step.kind is StepKind.WORK else SOFT)


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}" if seconds >= 60 else f"{seconds}"


def _caption(draw: ImageDraw, text: str) -> None:
    """Draw the caption below the figure, as large as one line allows."""
    size = 38
    while size > 22 and _font(size).getlength(text) > WIDTH_PX - 64:
        size -= 2
    draw.text((32, 616), text, font=_font(size), fill=INK)


def _bar(picture: NDArray[np.uint8], timeline: Timeline, time_s: float) -> None:
    """Fill the bar at the bottom: one piece for each exercise, as long as it takes."""
    from PIL import ImageColor

    top, bottom, width = HEIGHT_PX - 36, HEIGHT_PX - 20, WIDTH_PX - 64
    colours = (ImageColor.getrgb(LINE), ImageColor.getrgb(ACCENT))
    start_s = 0.0
    for item in timeline.session.items:
        x0 = 32 + round(start_s / timeline.seconds * width)
        x1 = 32 + round((start_s + item.seconds) / timeline.seconds * width) - 4
        done = min(max((time_s - start_s) / item.seconds, 0.0), 1.0)
        middle = x0 + round(done * (x1 - x0))
        picture[top:bottom, x0:x1] = colours[0]
        picture[top:bottom, x0:middle] = colours[1]
        start_s += item.seconds


def _lines(
    draw: ImageDraw, lines: Sequence[str], y: int, size: int, colour: str, *, bold: bool = False
) -> int:
    """Write lines below each other and return where the next may stand."""
    for line in lines:
        draw.text(
            (TEXT_X, y),
            line,
            font=_font(size),
            fill=colour,
            stroke_width=1 if bold else 0,
            stroke_fill=colour,
        )
        y += round(size * 1.28)
    return y


@lru_cache(maxsize=256)
def _wrapped(text: str, size: int) -> tuple[str, ...]:
    """Break a text at its spaces so that each line fits beside the figure."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _font(size).getlength(longer) > TEXT_WIDTH and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)


@lru_cache(maxsize=32)
def _font(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType")
    return font
