"""A plan in the terminal: its weeks, why, what falls short, and where its files are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from hipwise.reporting.numbers import clock, day_in_words
from hipwise.reporting.plan_report import PlanReport
from hipwise.reporting.sections.reasons import (
    exercises_serve,
    findings_served,
    left_out_lines,
    more_lines,
    pain_rules,
    resting_lines,
    retest_lines,
    shortfall_lines,
)
from hipwise.reporting.sections.routine import PHASE_WORDS
from hipwise.reporting.sections.weeks import (
    WeekLines,
    days_in_words,
    weeks_of,
)
from hipwise.reporting.terminal.routine import RoutineTable
from hipwise.reporting.terminal.style import FAINT, GOOD, title

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType

_LAST = "This is no diagnosis. If something hurts, show it to somebody."


@dataclass(frozen=True)
class PlanSummary:
    """What `rich` prints of a plan; it folds on narrow windows."""

    report: PlanReport
    files: tuple[Path, ...]

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        """Yield the parts in reading order."""
        del console, options
        for lines in weeks_of(self.report.plan):
            yield from _week(lines, self.report)
        yield from _findings(self.report)
        yield from _exercises(self.report)
        yield from _short(self.report)
        yield from _more(self.report)
        yield from _retests(self.report)
        yield from _pain(self.report)
        if self.files:
            yield title("Where it is")
            for file in self.files:
                yield Text(str(file), style="bold", overflow="fold")
        yield Text(f"\n{_LAST}", style=FAINT)


def plan_summary(report: PlanReport, *files: Path) -> PlanSummary:
    """Return the plan for `rich.console.Console.print`; `files` are what was written of it."""
    return PlanSummary(report, files)


def _week(lines: WeekLines, report: PlanReport) -> Iterator[RenderableType]:
    week = lines.week
    yield title(
        f"Week {week.number}, {week.start.day} {week.start:%B} to {day_in_words(lines.last)}"
    )
    count = len(week.sessions)
    amount = f"{count} session{'s' if count != 1 else ''}, {week.seconds / 60:.0f} min in all"
    yield Text(f"{lines.name}: {lines.meaning}. {amount if count else ''}".rstrip(), style=FAINT)
    for note in week.notes:
        yield Text(f"! {note}", style="yellow")
    for routine in lines.routines:
        as_in = f", as in week {routine.as_in}" if routine.as_in else ""
        yield Text.assemble(
            (days_in_words(routine.days), "bold"),
            f"  {PHASE_WORDS[routine.kind]}, {clock(routine.seconds)}{as_in}",
        )
        if routine.as_in is None:
            yield Padding(RoutineTable(routine.items, report.library), (0, 0, 0, 2))


def _findings(report: PlanReport) -> Iterator[RenderableType]:
    served = findings_served(report)
    yield title("What it is for")
    if not served:
        yield Text("No finding asks for anything special: this is general hip care for runners.")
    for place, each in enumerate(served, 1):
        percents = each.percents
        change = f"{percents[0]} → {percents[-1]}" if len(percents) > 1 else f"{percents[0]}"
        yield Text(f"{place}. {each.finding.title}", style="bold")
        told = f"{each.minutes:.0f} min a week, {change} % of the full dose. {each.reason}"
        yield Padding(Text(told.rstrip()), (0, 0, 0, 3))


def _exercises(report: PlanReport) -> Iterator[RenderableType]:
    exercises = exercises_serve(report)
    if not exercises:
        return
    yield title("What each exercise is for")
    for each in exercises:
        yield Text.assemble((each.exercise.name, "bold"), f": {'; '.join(each.why)}")


def _short(report: PlanReport) -> Iterator[RenderableType]:
    short = shortfall_lines(report.plan)
    left_out, resting = left_out_lines(report), resting_lines(report)
    if short or left_out:
        yield title("What falls short")
    for line in short:
        yield Text(line)
    for name, reason in left_out:
        yield Text.assemble((name, "bold"), f": {reason}")
    if resting:
        yield title("What rests")
    for reason, names in resting:
        yield Text.assemble((reason, "bold"), f" {names}.")
    for note in report.plan.notes:
        yield Text(f"! {note}", style="yellow")


def _more(report: PlanReport) -> Iterator[RenderableType]:
    more = more_lines(report)
    if more is None:
        return
    yield title(f"With {more.minutes:g} minutes more for each session")
    for name, now, then in more.gained:
        yield Text.assemble(("+ ", GOOD), f"{name}: {now} → {then} % of the full dose")
    if more.added:
        yield Text(f"New: {', '.join(more.added)}.")
    if not (more.gained or more.added):
        yield Text("Nothing: what these minutes hold is all that helps now.")


def _retests(report: PlanReport) -> Iterator[RenderableType]:
    lines = retest_lines(report)
    if not lines:
        return
    yield title("Test again")
    for line in lines:
        counts = f": a change above {line.counts_from} counts" if line.counts_from else ""
        yield Text.assemble((day_in_words(line.day), "bold"), f"  {line.name}{counts}")


def _pain(report: PlanReport) -> Iterator[RenderableType]:
    yield title("Pain is your guide")
    for says, do in pain_rules(report):
        yield Text(f"{says} {do}")
