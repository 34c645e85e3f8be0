"""The hip profile as a picture made of text: five seconds to read, in the terminal or a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from hipwise.findings.hip_profile import Mark, ProfileRow
from hipwise.measurement import Side
from hipwise.reporting.sections.hip_profile import ASPECT_NAMES, REACH
from hipwise.reporting.terminal.style import FAINT, LEFT, RIGHT, title

if TYPE_CHECKING:
    from rich.console import RenderableType

CELLS = 31
MARK = {Side.LEFT: ("●", LEFT), Side.RIGHT: ("◆", RIGHT), None: ("■", "default")}


def profile_lines(rows: Sequence[ProfileRow]) -> Iterator[RenderableType]:
    """Yield the profile: a block for each aspect, a line for each test."""
    if not rows:
        return
    yield title("Your hip profile")
    yield Text.assemble(
        ("● left", LEFT),
        "  ",
        ("◆ right", RIGHT),
        ("  ─▒ error  ░▒ ordinary: others of your sex and age (mean ± 1 SD), or, marked ", FAINT),
        ("≈", "default"),
        (", your other side. Further right is better.", FAINT),
    )
    for aspect, block in groupby(rows, key=lambda row: row.aspect):
        yield Text(ASPECT_NAMES[aspect], style="bold")
        yield _block(tuple(block))


def _block(rows: Sequence[ProfileRow]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(width=CELLS, no_wrap=True)
    table.add_column(width=1, no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for row in rows:
        table.add_row(strip(row.marks), "≈" if row.against == "other side" else "", row.name)
    return table


def strip(marks: Sequence[Mark]) -> Text:
    """Draw the marks of one test over its grey field, with their errors as a line."""
    cells = ["░" if abs(_place(i)) <= 1 else "·" for i in range(CELLS)]
    styles = [FAINT] * CELLS
    for mark in marks:
        if mark.error is not None:
            for i in range(_cell(mark.place - mark.error), _cell(mark.place + mark.error) + 1):
                cells[i] = "▒" if abs(_place(i)) <= 1 else "─"
    for mark in marks:
        i = _cell(mark.place)
        glyph, style = MARK[mark.side]
        taken = cells[i] in {glyph for glyph, _ in MARK.values()}
        cells[i], styles[i] = ("◈", "bold") if taken else (glyph, style)
    return Text.assemble(*zip(cells, styles, strict=True))


def _place(cell: int) -> float:
    return REACH * (2 * cell / (CELLS - 1) - 1)


def _cell(place: float) -> int:
    share = (min(max(place, -REACH), REACH) / REACH + 1) / 2
    return round(share * (CELLS - 1))
