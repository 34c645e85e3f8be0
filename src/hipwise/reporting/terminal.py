"""The summary in the terminal: what stands out, the numbers, today's routine, the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from hipwise.measurement import Measurement, Side, Symmetry, one
from hipwise.reporting import names
from hipwise.reporting.analysis import Analysis
from hipwise.reporting.numbers import bare_with_error, clock, difference, number
from hipwise.reporting.sections.findings import cards, fine
from hipwise.reporting.sections.heading import VIEW_WORDS, strides_in_words
from hipwise.reporting.sections.routine import PHASE_WORDS, dose_in_words
from hipwise.reporting.sections.truth import WITHHELD, TruthCell, truth_lines

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table

    from hipwise.knowledge import Library
    from hipwise.knowledge.models import Metric
    from hipwise.planning.plan import Session

WIDE = 72
"""Columns from which the table also shows the difference and n."""
LEFT, RIGHT, GOOD, FAINT = "red", "bright_blue", "green", "bright_black"


@dataclass(frozen=True)
class Summary:
    """What `rich` prints of an analysis; it fits 80 columns and folds on narrower ones."""

    analysis: Analysis
    out_dir: Path | None

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        """Yield the parts in reading order."""
        del console
        wide = options.max_width >= WIDE
        yield from _heading(self.analysis)
        yield from _findings(self.analysis)
        yield from _numbers(self.analysis, wide=wide)
        yield from _truth(self.analysis, wide=wide)
        if self.analysis.session is not None:
            yield from routine_lines(self.analysis.session, self.analysis.library)
        yield from _files(self.out_dir)


def summary(analysis: Analysis, out_dir: Path | None = None) -> Summary:
    """Return the summary for `rich.console.Console.print`; `out_dir` is where the report lies."""
    return Summary(analysis, out_dir)


def title(text: str) -> RenderableType:
    """Return the head of a part."""
    return Text(f"\n{text}", style="bold")


def _heading(analysis: Analysis) -> Iterator[RenderableType]:
    yield title(analysis.title)
    for view in analysis.views:
        info = view.recording
        named = f"{info.name}, " if analysis.names_each_film else ""
        yield Text(
            f"{named}{VIEW_WORDS[view.gait.view]}: {number(info.duration_s, 1)} s, "
            f"{number(info.sample_rate_hz, 0)} frames a second, {strides_in_words(view.gait)}",
            style=FAINT,
        )
        for warning in view.gait.warnings:
            yield Text(f"! {warning.message}", style="yellow")


def _findings(analysis: Analysis) -> Iterator[RenderableType]:
    from rich.padding import Padding

    yield title("What stands out")
    out = cards(analysis, with_figure=False)
    if not out:
        yield Text("Nothing that is larger than this recording's error.", style=GOOD)
    for place, card in enumerate(out, 1):
        yield Text.assemble((f"{place}. {card.finding.title}", "bold yellow"))
        yield Padding(Text(card.finding.seen), (0, 0, 0, 3))
        grade = f"Evidence {card.finding.grade}: {card.grade_in_words}."
        yield Padding(Text(grade, style=FAINT), (0, 0, 0, 3))
    for finding in fine(analysis):
        yield Text.assemble(("✓ ", GOOD), finding.title)


def _numbers(analysis: Analysis, *, wide: bool) -> Iterator[RenderableType]:
    for view in analysis.views:
        yield title(f"Measured, {VIEW_WORDS[view.gait.view]} (± error)")
        gait, library = view.gait, analysis.library
        measured = {m.metric for m in gait.measurements}
        metrics = [library.metric(id) for id in library.metrics if id in measured]
        yield value_table(gait.measurements, gait.symmetries, metrics, wide=wide)


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
    name = _name_and_unit(metric)
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


def _truth(analysis: Analysis, *, wide: bool) -> Iterator[RenderableType]:
    from rich.table import Table

    if not analysis.truth:
        return
    yield title("True → measured (this runner is drawn)")
    table = Table(box=None, pad_edge=False, header_style=FAINT)
    table.add_column("", ratio=1, overflow="fold")
    table.add_column("left", justify="right", style=LEFT, no_wrap=wide)
    table.add_column("right", justify="right", style=RIGHT, no_wrap=wide)
    table.add_column("")
    for line in truth_lines(analysis.truth, analysis.library):
        mark = Text("✓", style=GOOD) if line.within else Text("✗", style="bold yellow")
        seen = any(cell.measured != WITHHELD for cell in line.cells)
        both = [_true_and_measured(c) for c in ((line.whole or line.left), line.right)]
        if line.whole is not None:
            both[0].stylize("default")
        name = _name_and_unit(line.metric, line.name)
        table.add_row(name, *both, mark if seen else "")
    yield table


def _name_and_unit(metric: Metric, name: str | None = None) -> Text:
    return Text.assemble(name or metric.name, (f" ({metric.unit.suffix.strip()})", FAINT))


def _true_and_measured(cell: TruthCell | None) -> Text:
    return Text(f"{cell.true} → {cell.measured}" if cell is not None else "")


def routine_lines(session: Session, library: Library) -> Iterator[RenderableType]:
    """Yield today's routine: each exercise with its dose and time."""
    from rich.table import Table

    when = PHASE_WORDS.get(session.phase, session.phase)
    yield title(f"Today’s routine: {clock(session.seconds)}, {when}")
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(justify="right", style=FAINT)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(overflow="fold")
    table.add_column(justify="right", style=FAINT)
    for place, item in enumerate(session.items, 1):
        exercise = library.exercise(item.exercise)
        dose = dose_in_words(item, exercise)
        table.add_row(f"{place}.", exercise.name, dose, clock(item.seconds))
    yield table


def _files(out_dir: Path | None) -> Iterator[RenderableType]:
    if out_dir is not None:
        yield title("Where it is")
        yield Text(str(out_dir / names.REPORT), style="bold", overflow="fold")
        yield Text("with its tables and the film beside it", style=FAINT)
    yield Text(
        "\nPain that wakes you at night, makes you limp or grows from run to run: see a doctor "
        "first. This is no diagnosis.",
        style=FAINT,
    )
