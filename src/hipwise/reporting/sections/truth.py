"""Measured beside true, for a runner that was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hipwise.knowledge import Library
from hipwise.knowledge.models import Metric
from hipwise.measurement import Side
from hipwise.reporting.analysis import TruthRow
from hipwise.reporting.charts import Deviation, deviation_chart
from hipwise.reporting.numbers import bare_with_error, number
from hipwise.reporting.sections.heading import VIEW_WORDS

WITHHELD = "withheld"


@dataclass(frozen=True)
class TruthCell:
    """One planted value, in the metric's unit: `off` says how far the measurement is from it."""

    true: str
    measured: str
    off: str
    within: bool


@dataclass(frozen=True)
class TruthLine:
    """One metric of one view: either `whole`, or `left` and `right`.

    `name` says the view too where several views measured the metric.
    """

    metric: Metric
    name: str
    whole: TruthCell | None = None
    left: TruthCell | None = None
    right: TruthCell | None = None

    @property
    def cells(self) -> tuple[TruthCell, ...]:
        """The cells there are."""
        return tuple(cell for cell in (self.whole, self.left, self.right) if cell is not None)

    @property
    def within(self) -> bool:
        """Whether every value lies within the error that the report states."""
        return all(cell.within for cell in self.cells)


def truth_lines(truth: Sequence[TruthRow], library: Library) -> tuple[TruthLine, ...]:
    """Put measured beside true: a line for each metric, and for each view that measured it."""
    lines = []
    for metric in library.metrics.values():
        own = [row for row in truth if row.metric == metric.id]
        views = dict.fromkeys(row.view for row in own)
        for view in views:
            name = metric.name if len(views) == 1 else f"{metric.name}, {VIEW_WORDS[view]}"
            of_view = {row.side: _cell(row, metric) for row in own if row.view is view}
            if metric.sided:
                left, right = of_view.get(Side.LEFT), of_view.get(Side.RIGHT)
                lines.append(TruthLine(metric, name, left=left, right=right))
            else:
                lines.append(TruthLine(metric, name, of_view.get(None)))
    return tuple(lines)


def _cell(row: TruthRow, metric: Metric) -> TruthCell:
    true = number(row.true, max(metric.digits, 1))
    if row.measured is None:
        return TruthCell(true, WITHHELD, "not shown as a number", row.within)
    off = number(row.measured - row.true, max(metric.digits, 1))
    verdict = "within" if row.within else "outside"
    measured = bare_with_error(metric, row.measured, row.error)
    return TruthCell(true, measured, f"{off} off, {verdict} the error", row.within)


def truth_chart(truth: Sequence[TruthRow], library: Library) -> str | None:
    """Draw measured minus true as multiples of the stated error, left red and right blue."""
    points = [
        Deviation(metric.name, (row.measured - row.true) / row.error, row.side)
        for metric in library.metrics.values()
        for row in truth
        if row.metric == metric.id and (row.side is not None) == metric.sided
        if row.measured is not None and row.error
    ]
    return deviation_chart(points, "measured − true, in errors") if points else None
