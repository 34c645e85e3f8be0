"""One routine in the terminal: each exercise with its dose and time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from hipwise.reporting.numbers import clock
from hipwise.reporting.sections.routine import dose_in_words
from hipwise.reporting.terminal.style import FAINT

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType

    from hipwise.knowledge import Library
    from hipwise.planning.plan import Prescription

DOSE_BESIDE = 60
"""Columns from which the dose stands beside the name, not below it."""


@dataclass(frozen=True)
class RoutineTable:
    """The exercises of a routine; on a narrow window the dose stands below the name."""

    items: Sequence[Prescription]
    library: Library

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        """Yield the table."""
        from rich.table import Table

        del console
        beside = options.max_width >= DOSE_BESIDE
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(justify="right", style=FAINT)
        table.add_column(ratio=1, overflow="fold")
        if beside:
            table.add_column(overflow="fold")
        table.add_column(justify="right", style=FAINT, no_wrap=True)
        for place, item in enumerate(self.items, 1):
            exercise = self.library.exercise(item.exercise)
            dose = dose_in_words(item, exercise)
            what = (exercise.name, dose) if beside else (Text(f"{exercise.name}\n{dose}"),)
            table.add_row(f"{place}.", *what, clock(item.seconds))
        yield table
