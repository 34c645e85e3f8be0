"""A plan as one self-contained HTML page: the weeks, the routines, every exercise, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import hipwise
from hipwise.planning.phases import DAYS
from hipwise.reporting.filling import environment
from hipwise.reporting.numbers import clock, day_in_words
from hipwise.reporting.plan_report import PlanReport
from hipwise.reporting.sections import reasons
from hipwise.reporting.sections.routine import (
    GENERAL_WORDS,
    PHASE_WORDS,
    Item,
    dose_in_words,
    item_of,
)
from hipwise.reporting.sections.sources import SourceLine, cited_by, lines_of
from hipwise.reporting.sections.weeks import RoutineDays, WeekLines, weeks_of


@dataclass(frozen=True)
class DayCell:
    """One day of a week: its routine's letter and kind, empty where it is free."""

    day: date
    letter: str
    kind: str
    when: str
    time: str


@dataclass(frozen=True)
class WeekRow:
    """One week as a row of the grid."""

    lines: WeekLines
    minutes: int
    cells: tuple[DayCell, ...]


@dataclass(frozen=True)
class RoutineBlock:
    """One routine: its letter, when it is done, how long it takes, and exercises with dose."""

    letter: str
    kind: str
    when: str
    time: str
    items: tuple[tuple[str, str, str, str], ...]


def render_plan(report: PlanReport) -> str:
    """Return the page."""
    shown = plan_parts(report) | {
        "version": hipwise.__version__,
        "date": day_in_words(report.made_at),
        "exercises": list(_exercises(report)),
        "sources": _sources(report),
    }
    return environment().get_template("plan.html.j2").render(shown)


def plan_parts(report: PlanReport) -> dict[str, Any]:
    """Return what any page shows of a plan."""
    weeks = weeks_of(report.plan)
    return {
        "first": day_in_words(report.plan.made_on),
        "last": day_in_words(weeks[-1].last),
        "report": report,
        "weeks": [_row(lines) for lines in weeks],
        "blocks": list(_blocks(weeks, report)),
        "served": reasons.findings_served(report),
        "general": GENERAL_WORDS,
        "short": reasons.shortfall_lines(report.plan),
        "left_out": reasons.left_out_lines(report),
        "resting": reasons.resting_lines(report),
        "more": reasons.more_lines(report),
        "retests": [(day_in_words(r.day), r) for r in reasons.retest_lines(report)],
        "pain": reasons.pain_rules(report),
    }


def _row(lines: WeekLines) -> WeekRow:
    by_day = {day: routine for routine in lines.routines for day in routine.days}
    days = [lines.week.start + timedelta(days=place) for place in range(DAYS)]
    return WeekRow(
        lines, round(lines.week.seconds / 60), tuple(_cell(day, by_day.get(day)) for day in days)
    )


def _cell(day: date, routine: RoutineDays | None) -> DayCell:
    if routine is None:
        return DayCell(day, "", "", "", "")
    when = PHASE_WORDS[routine.kind].partition(",")[0]
    return DayCell(day, routine.letter, routine.kind, when, clock(round(routine.seconds, -1)))


def _blocks(weeks: tuple[WeekLines, ...], report: PlanReport) -> Iterator[RoutineBlock]:
    """Yield every routine once, where it comes first."""
    library = report.library
    for routine in (r for lines in weeks for r in lines.routines if r.as_in is None):
        yield RoutineBlock(
            letter=routine.letter,
            kind=routine.kind,
            when=PHASE_WORDS[routine.kind],
            time=clock(routine.seconds),
            items=tuple(
                (e.id, e.name, dose_in_words(item, e), clock(item.seconds))
                for item in routine.items
                for e in (library.exercise(item.exercise),)
            ),
        )


def _exercises(report: PlanReport) -> Iterator[Item]:
    """Yield every exercise once, with each dose it has in the plan."""
    titles = {finding.id: finding.title for finding in report.findings}
    library = report.library
    found: dict[str, Item] = {}
    doses: dict[str, dict[str, None]] = {}
    for item in (i for week in report.plan.weeks for s in week.sessions for i in s.items):
        dose = dose_in_words(item, library.exercise(item.exercise))
        doses.setdefault(item.exercise, {})[dose] = None
        if item.exercise not in found:
            found[item.exercise] = item_of(item, titles, library, general=False)
    why = {each.exercise.id: each.why for each in reasons.exercises_serve(report)}
    for id, laid_out in found.items():
        yield replace(laid_out, dose="; ".join(doses[id]), time="", why=why[id])


def _sources(report: PlanReport) -> tuple[SourceLine, ...]:
    library = report.library
    ids = [source for finding in report.findings for source in finding.sources]
    for each in reasons.exercises_serve(report):
        ids += cited_by(each.exercise)
    for rule in (library.guidance[id] for id in reasons.PAIN_RULES):
        ids += [claim.source for claim in rule.evidence if claim.source]
    return lines_of(ids, library)
