"""Findings and a runner's life to weeks of sessions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from hipwise.errors import UsageError
from hipwise.findings.finding import Finding
from hipwise.knowledge.library import Library, load
from hipwise.planning.circumstances import Circumstances, check_minutes
from hipwise.planning.demand import Demand
from hipwise.planning.history import NOTHING_YET, Past
from hipwise.planning.phases import DAYS
from hipwise.planning.plan import LeftOut, MoreMinutes, Plan, Week, WeekPhase
from hipwise.planning.retests import retests
from hipwise.planning.service import NO_MORE, why_nothing_serves
from hipwise.planning.week import Planned, Task, after, plan_week

FEWEST_WEEKS, MOST_WEEKS = 1, 26
USUAL_WEEKS = 6
MORE_MIN = 5.0
GAINED_FROM = 0.02
"""A share that grows by less is not told (chosen by us)."""


def plan(
    findings: Iterable[Finding],
    circumstances: Circumstances,
    *,
    start: date,
    weeks: int = USUAL_WEEKS,
    past: Past = NOTHING_YET,
    library: Library | None = None,
) -> Plan:
    """Plan `weeks` weeks from the day `start` on, one after the other.

    Each week is the best of its kind, as its solver proves, given the weeks before it; later weeks
    take for granted that the earlier ones are done. Raises UsageError for minutes, days, weeks or
    a race that cannot be. `library` is the built-in evidence unless another is given.
    """
    library = library or load()
    _check(circumstances, start, weeks, library)
    findings = tuple(findings)
    circumstances = circumstances.with_found(findings, library)
    task = first_task(findings, circumstances, start, past, library)
    demand = task.demand
    planned = list(_weeks(task, weeks))
    return Plan(
        made_on=start,
        weeks=tuple(each.week for each in planned),
        retests=retests(demand.findings, planned[0].week.start, library),
        left_out=tuple(_left_out(planned, demand)),
        resting=tuple(_resting(planned[0], demand, library)),
        notes=tuple(_notes(circumstances, past, library)),
        more=_more_minutes(task, planned[0], library),
    )


def first_task(
    findings: Iterable[Finding],
    circumstances: Circumstances,
    start: date,
    past: Past,
    library: Library,
) -> Task:
    """Return what the first week is planned from."""
    return Task(
        number=1,
        start=start - timedelta(days=start.weekday()),
        first_day=start,
        trained_weeks=_trained_weeks(past, start, library),
        demand=Demand.of(findings, library),
        circumstances=circumstances,
        past=past,
        before={},
        library=library,
    )


def _check(circumstances: Circumstances, start: date, weeks: int, library: Library) -> None:
    check_minutes(circumstances.minutes, library)
    if not 1 <= circumstances.days <= DAYS:
        raise UsageError(
            f"{circumstances.days} training days a week cannot be planned: give 1 to {DAYS}."
        )
    if not FEWEST_WEEKS <= weeks <= MOST_WEEKS:
        raise UsageError(f"{weeks} weeks cannot be planned: give {FEWEST_WEEKS} to {MOST_WEEKS}.")
    if circumstances.race is not None and circumstances.race < start:
        raise UsageError(
            f"The race on {circumstances.race} is over: give the day of the next one, or none."
        )


def _trained_weeks(past: Past, start: date, library: Library) -> int:
    """Return the weeks of training that still count: none after a long break."""
    if past.last_day is None or (start - past.last_day).days > library.setting("detrained_days"):
        return 0
    return past.trained_weeks


def _weeks(first: Task, weeks: int) -> Iterator[Planned]:
    """Plan week after week, each knowing the ones before it."""
    task = first
    for number in range(1, weeks + 1):
        planned = plan_week(task)
        yield planned
        idle = planned.week.phase is WeekPhase.PAUSE
        task = replace(
            task,
            number=number + 1,
            start=task.start + timedelta(days=DAYS),
            trained_weeks=task.trained_weeks + (0 if idle else 1),
            past=after(task.past, planned.week),
            before=planned.days or task.before,
        )


def _left_out(planned: list[Planned], demand: Demand) -> Iterator[LeftOut]:
    """Yield the findings' targets that no week of the plan serves."""
    served = {
        target
        for each in planned
        for session in each.week.sessions
        for item in session.items
        for target in (s.target for s in each.selection.library.exercise(item.exercise).targets)
    }
    selection = planned[0].selection
    for target in dict.fromkeys(t for finding in demand.findings for t in finding.targets):
        if target not in served:
            yield LeftOut(target, why_nothing_serves(target, selection) or NO_MORE)


def _resting(planned: Planned, demand: Demand, library: Library) -> Iterator[tuple[str, str]]:
    """Yield exercises that would serve a finding, but that conditions or pain forbid."""
    for exercise in library.exercises.values():
        if any(exercise.serves(target) for target in demand.wanted):
            reason = planned.selection.resting(exercise)
            if reason is not None:
                yield exercise.id, reason


def _notes(circumstances: Circumstances, past: Past, library: Library) -> Iterator[str]:
    yield from past.warnings
    if not circumstances.runs_on:
        yield (
            "Your running days are not known, so every session is planned by itself; tell them to "
            "have sessions before and after runs."
        )
    conditions = [library.contraindication(tag) for tag in sorted(circumstances.conditions)]
    meanings = [condition.meaning for condition in conditions if not condition.found]
    if meanings:
        yield (
            "Training goes on around what hurts: what could load it rests, the rest of you trains. "
            f"You told: {'; '.join(meanings)}."
        )


def _more_minutes(task: Task, now: Planned, library: Library) -> MoreMinutes | None:
    """Solve the first week once more with a few minutes more for each session."""
    longer = task.circumstances.minutes + MORE_MIN
    if longer > library.setting("longest_session_min") or not task.demand.findings:
        return None
    then = plan_week(replace(task, circumstances=replace(task.circumstances, minutes=longer))).week
    shares = {s.finding: s.share for s in then.services}
    gained = [
        (s.finding, s.share, shares[s.finding])
        for s in now.week.services
        if shares[s.finding] - s.share >= GAINED_FROM
    ]
    return MoreMinutes(MORE_MIN, tuple(gained), tuple(sorted(_used(then) - _used(now.week))))


def _used(week: Week) -> set[str]:
    return {item.exercise for session in week.sessions for item in session.items}
