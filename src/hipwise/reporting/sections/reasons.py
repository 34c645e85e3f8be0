"""Why a plan is as it is: what serves what, what falls short, what more minutes would bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hipwise.findings.finding import Finding
from hipwise.knowledge.exercises import Exercise
from hipwise.knowledge.models import Unit
from hipwise.planning.plan import Plan, Service
from hipwise.planning.session import GENERAL
from hipwise.reporting.numbers import error_digits, number
from hipwise.reporting.plan_report import PlanReport
from hipwise.reporting.sections.routine import GENERAL_WORDS

PAIN_RULES = ("pain_zones", "pain_24h")
"""The records of `knowledge/content/guidance.yaml` that say how pain guides the training."""


@dataclass(frozen=True)
class FindingServed:
    """A finding with what the weeks give it; `weeks` are in order."""

    finding: Finding
    weeks: tuple[Service, ...]
    exercises: tuple[Exercise, ...]

    @property
    def percents(self) -> tuple[int, ...]:
        """Share of the full weekly dose, week by week, in percent."""
        return tuple(round(100 * service.share) for service in self.weeks)

    @property
    def minutes(self) -> float:
        """Minutes a week, in the mean of the weeks with training."""
        spent = [service.seconds for service in self.weeks if service.seconds]
        return sum(spent) / len(spent) / 60 if spent else 0.0

    @property
    def reason(self) -> str:
        """Why the dose falls short in the first week that has sessions."""
        return next((s.reason for s in self.weeks if s.reason), "")


@dataclass(frozen=True)
class ExerciseServes:
    """An exercise of the plan, and the titles of the findings it serves."""

    exercise: Exercise
    weeks: tuple[int, ...]
    why: tuple[str, ...]


@dataclass(frozen=True)
class RetestLine:
    """A test to repeat from `day` on, and from what a change counts."""

    metric: str
    name: str
    day: date
    counts_from: str


@dataclass(frozen=True)
class MoreLines:
    """What some minutes more would change: findings with shares in percent, and exercises."""

    minutes: float
    gained: tuple[tuple[str, int, int], ...]
    added: tuple[str, ...]


def findings_served(report: PlanReport) -> tuple[FindingServed, ...]:
    """Return every finding that asks for training, the weightiest first."""
    library = report.library
    served = []
    for finding in report.findings:
        weeks = tuple(
            service
            for week in report.plan.weeks
            for service in week.services
            if service.finding == finding.id
        )
        if weeks:
            ids = dict.fromkeys(id for service in weeks for id in service.exercises)
            exercises = tuple(library.exercise(id) for id in ids)
            served.append(FindingServed(finding, weeks, exercises))
    return tuple(served)


def exercises_serve(report: PlanReport) -> tuple[ExerciseServes, ...]:
    """Return every exercise of the plan with what it is for, in the order of the weeks."""
    titles = {finding.id: finding.title for finding in report.findings}
    weeks: dict[str, list[int]] = {}
    why: dict[str, dict[str, None]] = {}
    for week in report.plan.weeks:
        for item in (item for session in week.sessions for item in session.items):
            weeks.setdefault(item.exercise, []).append(week.number)
            told = [titles[id] for id in item.serves if id in titles]
            reason = GENERAL_WORDS if item.reason == GENERAL else item.reason
            why.setdefault(item.exercise, {}).update(dict.fromkeys(told or [reason]))
    return tuple(
        ExerciseServes(report.library.exercise(id), tuple(dict.fromkeys(numbers)), tuple(why[id]))
        for id, numbers in weeks.items()
    )


def retest_lines(report: PlanReport) -> tuple[RetestLine, ...]:
    """Return the tests to repeat, the first day first."""
    lines = []
    for retest in sorted(report.plan.retests, key=lambda r: r.day):
        metric = report.library.metric(retest.metric)
        size = ""
        if retest.error is not None and metric.unit is not Unit.YES_NO:
            size = number(retest.error, error_digits(metric, retest.error)) + metric.unit.suffix
        lines.append(RetestLine(metric.id, metric.name, retest.day, size))
    return tuple(lines)


def more_lines(report: PlanReport) -> MoreLines | None:
    """Return what more minutes would change, None where that was not asked."""
    more = report.plan.more
    if more is None:
        return None
    titles = {finding.id: finding.title for finding in report.findings}
    return MoreLines(
        more.minutes,
        tuple((titles[id], round(100 * now), round(100 * then)) for id, now, then in more.gained),
        tuple(report.library.exercise(id).name for id in more.added),
    )


def left_out_lines(report: PlanReport) -> tuple[tuple[str, str], ...]:
    """Return the training targets that nothing serves, by name, each with the reason."""
    library = report.library
    return tuple((library.target(x.target).name, x.reason) for x in report.plan.left_out)


def resting_lines(report: PlanReport) -> tuple[tuple[str, str], ...]:
    """Return what conditions or pain forbid: each reason, with the names of the exercises."""
    names: dict[str, list[str]] = {}
    for id, why in report.plan.resting:
        names.setdefault(why, []).append(report.library.exercise(id).name)
    return tuple((why, ", ".join(found)) for why, found in names.items())


def shortfall_lines(plan: Plan) -> tuple[str, ...]:
    """Return what weeks have fewer of than wished, each reason once."""
    lines: dict[str, list[int]] = {}
    for week in plan.weeks:
        for s in week.shortfalls:
            told = f"{s.given:g} of {s.wanted:g} {s.wish}. {s.reason}"
            lines.setdefault(told, []).append(week.number)
    return tuple(f"Week {', '.join(map(str, numbers))}: {told}" for told, numbers in lines.items())


def pain_rules(report: PlanReport) -> tuple[tuple[str, str], ...]:
    """Return how pain guides the training: what it says, and what to do."""
    rules = (report.library.guidance[id] for id in PAIN_RULES)
    return tuple((f"{rule.when} {rule.says}", rule.do) for rule in rules)
