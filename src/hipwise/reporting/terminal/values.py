"""Measured values as a table, left beside right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from hipwise.measurement import Measurement, Side, Symmetry, one
from hipwise.reporting.numbers import bare_with_error, difference
from hipwise.reporting.terminal.style import FAINT, LEFT, RIGHT

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from hipwise.knowledge.models import Metric


def value_table(
    measurements: Sequence[Measurement],
    symmetries: Sequence[Symmetry],
    metrics: Iterable[Metric],
    *,
    wide: bool,
) -> Table:
    """Return the values of `metrics`, left beside right; a wide one also has difference and n."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style=FAINT)
    table.add_column("", ratio=1, overflow="fold")
    table.add_column("left", style=LEFT, justify="right", no_wrap=True)
    table.add_column("right", style=RIGHT, justify="right", no_wrap=True)
    if wide:
        table.add_column("L − R", justify="right", no_wrap=True)
        table.add_column("n", justify="right", style=FAINT, no_wrap=True)
    for metric in metrics:
        symmetry = next((s for s in symmetries if s.metric == metric.id), None)
        table.add_row(*_row(metric, measurements, symmetry)[: None if wide else 3])
    return table


def _row(
    metric: Metric, measurements: Sequence[Measurement], symmetry: Symmetry | None
) -> tuple[RenderableType, ...]:
    name = name_and_unit(metric)
    whole = one(measurements, metric.id)
    if whole is not None:
        value = bare_with_error(metric, whole.value, whole.error)
        return name, Text(value, style="default"), "", "", str(whole.n)
    values = [one(measurements, metric.id, side) for side in Side]
    shown = [bare_with_error(metric, m.value, m.error) if m else "–" for m in values]
    count = "/".join(str(m.n) if m else "0" for m in values)
    apart = difference(metric, symmetry) if symmetry else ""
    beyond = symmetry is not None and symmetry.beyond_error
    return name, *shown, Text(apart, style="bold yellow" if beyond else FAINT), count


def name_and_unit(metric: Metric, name: str | None = None) -> Text:
    """Return `Cadence (steps a minute)`; `name` stands in for the metric's own."""
    return Text.assemble(name or metric.name, (f" ({metric.unit.suffix.strip()})", FAINT))
