"""The hip profile as a picture on a page: a strip for each test, a block for each aspect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from hipwise.findings.hip_profile import Mark, ProfileRow
from hipwise.knowledge import Library
from hipwise.knowledge.protocols import Aspect
from hipwise.measurement import Measurement, Side, one
from hipwise.reporting.numbers import with_error

ASPECT_NAMES = {
    Aspect.MOBILITY: "Mobility",
    Aspect.STRENGTH: "Strength",
    Aspect.CONTROL: "Control",
    Aspect.BALANCE: "Balance",
    Aspect.FUNCTION: "Everyday function",
}
REACH = 3.0
"""How many half-widths of the grey field are shown to either side; what lies beyond sits there."""
WIDTH, HEIGHT, RIM = 300.0, 26.0, 8.0
_LINE = {Side.LEFT: 8.0, Side.RIGHT: 18.0, None: 13.0}


@dataclass(frozen=True)
class StripMark:
    """One value in a strip: its middle and the ends of its error, in the drawing's units.

    `side` is `left`, `right` or `whole`; `words` is the value with its error and unit.
    """

    side: str
    x: float
    y: float
    low: float | None
    high: float | None
    words: str

    @property
    def diamond(self) -> str:
        """The outline of the right side's mark."""
        x, y = self.x, self.y
        return f"M{x:.1f} {y - 6:.1f}L{x + 6:.1f} {y:.1f}L{x:.1f} {y + 6:.1f}L{x - 6:.1f} {y:.1f}Z"


@dataclass(frozen=True)
class Strip:
    """One test: its name, its marks, and whether it stands against the runner's other side."""

    name: str
    own_side: bool
    marks: tuple[StripMark, ...]


@dataclass(frozen=True)
class Block:
    """The tests of one aspect."""

    name: str
    strips: tuple[Strip, ...]


@dataclass(frozen=True)
class ProfilePicture:
    """The whole profile; `field` are the left edge and the width of the grey field."""

    blocks: tuple[Block, ...]
    field: tuple[float, float]
    width: float = WIDTH
    height: float = HEIGHT


def profile_picture(
    rows: Sequence[ProfileRow], measurements: Sequence[Measurement], library: Library
) -> ProfilePicture | None:
    """Lay out the profile, higher to the right; None where there is nothing to place."""
    if not rows:
        return None
    return ProfilePicture(
        blocks=tuple(
            Block(ASPECT_NAMES[aspect], tuple(_strip(row, measurements, library) for row in block))
            for aspect, block in groupby(rows, key=lambda row: row.aspect)
        ),
        field=(_x(-1), _x(1) - _x(-1)),
    )


def _strip(row: ProfileRow, measurements: Sequence[Measurement], library: Library) -> Strip:
    marks = tuple(_mark(mark, row.test, measurements, library) for mark in row.marks)
    return Strip(row.name, row.against == "other side", marks)


def _mark(
    mark: Mark, test: str, measurements: Sequence[Measurement], library: Library
) -> StripMark:
    value = one(measurements, test, mark.side)
    return StripMark(
        side=mark.side or "whole",
        x=_x(mark.place),
        y=_LINE[mark.side],
        low=None if mark.error is None else _x(mark.place - mark.error),
        high=None if mark.error is None else _x(mark.place + mark.error),
        words=with_error(library.metric(test), value.value, value.error) if value else "",
    )


def _x(place: float) -> float:
    """Turn a place into the drawing's units, rounded to what the eye sees."""
    share = min(max(place, -REACH), REACH) / REACH
    return round(WIDTH / 2 + share * (WIDTH / 2 - RIM), 1)
