"""The summary in the terminal: what stands out, the numbers, today's routine, the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from hipwise.reporting.analysis import Analysis, Screened
from hipwise.reporting.numbers import clock, number
from hipwise.reporting.sections.findings import cards, fine
from hipwise.reporting.sections.heading import VIEW_WORDS, strides_in_words
from hipwise.reporting.sections.routine import PHASE_WORDS
from hipwise.reporting.sections.truth import WITHHELD, TruthCell, truth_lines
from hipwise.reporting.terminal.hip_profile import profile_lines
from hipwise.reporting.terminal.routine import RoutineTable
from hipwise.reporting.terminal.style import FAINT, GOOD, LEFT, RIGHT, WIDE, title
from hipwise.reporting.terminal.values import name_and_unit, value_table

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType

    from hipwise.knowledge import Library
    from hipwise.planning.plan import Session

_BESIDE_FILMS = (
    "Pain that wakes you at night, makes you limp or grows from run to run: see a doctor "
    "first. This is no diagnosis."
)
_AFTER_QUESTIONS = "This is no diagnosis. If something hurts, show it to somebody."


@dataclass(frozen=True)
class Summary:
    """What `rich` prints of an analysis; it fits 80 columns and folds on narrower ones."""

    analysis: Analysis
    file: Path | None

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        """Yield the parts in reading order."""
        del console
        analysis, wide = self.analysis, options.max_width >= WIDE
        yield from _heading(analysis)
        yield from profile_lines(analysis.hip_profile)
        yield from _findings(analysis)
        yield from _numbers(analysis, wide=wide)
        if analysis.screened is not None:
            yield from _tests(analysis.screened, analysis.library, wide=wide)
        yield from _truth(analysis, wide=wide)
        if analysis.session is not None:
            yield from routine_lines(analysis.session, analysis.library)
        if self.file is not None:
            yield title("Where it is")
            yield Text(str(self.file), style="bold", overflow="fold")
            if analysis.views:
                yield Text("with its tables and the film beside it", style=FAINT)
        last = _BESIDE_FILMS if analysis.screened is None else _AFTER_QUESTIONS
        yield Text(f"\n{last}", style=FAINT)


def summary(analysis: Analysis, file: Path | None = None) -> Summary:
    """Return the summary for `rich.console.Console.print`; `file` is where the result lies."""
    return Summary(analysis, file)


def _heading(analysis: Analysis) -> Iterator[RenderableType]:
    yield title(analysis.title)
    if analysis.screened is not None:
        yield Text.assemble(("✓ ", GOOD), "None of the safety answers is a reason to stop.")
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
    yield title("What stands out")
    out = cards(analysis, with_figure=False)
    if not out:
        yield Text("Nothing that is larger than its error.", style=GOOD)
    for place, card in enumerate(out, 1):
        finding = card.finding
        yield Text.assemble((f"{place}. {finding.title}", "bold yellow"))
        for told in (finding.seen, finding.compared_with, finding.may_mean):
            yield Padding(Text(told), (0, 0, 0, 3))
        doubt = "" if finding.sure else "Not sure yet. "
        grade = f"{doubt}Evidence {finding.grade}: {card.grade_in_words}."
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


def _tests(screened: Screened, library: Library, *, wide: bool) -> Iterator[RenderableType]:
    screening = screened.screening
    ids = dict.fromkeys(m.metric for m in screening.measurements)
    if ids:
        yield title("Your tests (± error)")
        metrics = [library.metric(id) for id in ids]
        yield value_table(screening.measurements, screening.symmetries, metrics, wide=wide)
    for note in screening.notes:
        yield Text(f"! {note.message}", style="yellow")
    if screened.plan.left_out or screened.open_tests:
        yield title("Not done")
    for left_out in screened.plan.left_out:
        yield Text(f"{library.protocol(left_out.test).name}: {left_out.reason}", style=FAINT)
    if screened.open_tests:
        yield Text(f"Still open: {'; '.join(screened.open_tests)}.", style=FAINT)


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
        name = name_and_unit(line.metric, line.name)
        table.add_row(name, *both, mark if seen else "")
    yield table


def _true_and_measured(cell: TruthCell | None) -> Text:
    return Text(f"{cell.true} → {cell.measured}" if cell is not None else "")


def routine_lines(session: Session, library: Library) -> Iterator[RenderableType]:
    """Yield today's routine: each exercise with its dose and time."""
    yield title(f"Today’s routine: {clock(session.seconds)}, {PHASE_WORDS[session.kind]}")
    yield RoutineTable(session.items, library)
