"""What is to be done today: by the plan, or in the minutes there are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from hipwise.errors import UsageError
from hipwise.knowledge import load
from hipwise.planning import Past, Session, SessionKind, todays_session
from hipwise.progress.log import SessionDone
from hipwise.progress.pain import PainLog
from hipwise.progress.past import past_of
from hipwise.reporting.plan_report import PlanReport
from hipwise.services.plans import current_plan

if TYPE_CHECKING:
    from hipwise.storage import Store


@dataclass(frozen=True)
class Today:
    """The sessions of a day, which of them are done, and the next one after it.

    `rest` says why nothing is to be done, where the log asks for rest.
    """

    day: date
    report: PlanReport
    sessions: tuple[Session, ...]
    done: frozenset[str]
    following: Session | None
    rest: str = ""


def today_by_plan(store: Store, now: datetime) -> Today:
    """Return what the plan has for today; raises as `current_plan` does."""
    day = now.date()
    report = current_plan(store, now)
    done = frozenset(
        entry.session
        for entry in store.log.entries(now - timedelta(days=2))
        if isinstance(entry, SessionDone) and entry.at.date() == day
    )
    ahead = (s for week in report.plan.weeks for s in week.sessions if s.day and s.day > day)
    return Today(
        day, report, report.plan.sessions_on(day), done, next(ahead, None), _rest(store, now)
    )


def session_for(
    store: Store,
    now: datetime,
    *,
    minutes: float | None = None,
    kind: str | None = None,
    no_equipment: bool = False,
) -> Session:
    """Return the best session for these minutes now, solved anew.

    Without `minutes` those of the plan count, without `kind` that of today's planned session, or
    that of daily minutes. Raises UsageError where the body still has to recover, and as
    `todays_session` does.
    """
    today = today_by_plan(store, now)
    if today.rest:
        raise UsageError(today.rest)
    report, past = today.report, _past(store, today.report, today.day)
    planned = today.sessions[0].kind if today.sessions else SessionKind.DAILY
    chosen = kind or str(planned)
    if chosen == SessionKind.STRENGTH:
        _refuse_to_load(today, past)
    session = todays_session(
        report.findings,
        report.library,
        report.circumstances.minutes if minutes is None else minutes,
        chosen,
        circumstances=report.circumstances,
        past=past,
        away=no_equipment or report.circumstances.without_equipment(today.day),
    )
    return replace(session, day=today.day)


def _past(store: Store, report: PlanReport, day: date) -> Past:
    return past_of(store.log.entries(), [report.plan], day, report.library)


def _rest(store: Store, now: datetime) -> str:
    pain = PainLog((), now.date(), load())
    lately = store.log.entries(now - pain.remembered - timedelta(days=2))
    until = replace(pain, entries=lately).rest_until()
    if until is None or until <= now.date():
        return ""
    return f"Two bad mornings in a row: rest, and go on from {until} on."


def _refuse_to_load(today: Today, past: Past) -> None:
    """Raise UsageError where a strength session would come too soon, or before a hard run."""
    yesterday, tomorrow = today.day - timedelta(days=1), today.day + timedelta(days=1)
    if yesterday in past.strength_days:
        raise UsageError(
            "Yesterday was a strength session, and what it trained recovers today: ask for "
            "'daily' minutes instead."
        )
    if tomorrow.weekday() in today.report.circumstances.hard_on:
        raise UsageError(
            "Tomorrow is a hard run, which wants rested legs: ask for 'daily' minutes instead."
        )
