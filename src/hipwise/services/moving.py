"""A planned session put on another day of its week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from hipwise.errors import UsageError
from hipwise.planning import Move, SessionKind
from hipwise.reporting.numbers import day_in_words
from hipwise.reporting.plan_report import PlanReport
from hipwise.services.changes import Changes
from hipwise.services.plans import current_plan, keep_plan, kept_with

if TYPE_CHECKING:
    from hipwise.storage import Store

DAY = timedelta(days=1)


def move_session(
    store: Store, of: date, to: date, now: datetime, seen: int | None = None
) -> PlanReport:
    """Plan anew with the session of the day `of` on the day `to`, and keep the plan.

    `seen` is the version of the plan that the runner looked at, where that may be an older one.
    Raises UsageError where there is no such session, or the day is of another week, over, taken or
    too close to other loads; Conflict where another plan was kept in the meantime.
    """
    report = current_plan(store, now)
    move = _checked(report, of, to, now.date())
    current = store.plans.current()
    assert current is not None
    moves = _joined(kept_with(current.document).changes.moves or (), move)
    return keep_plan(store, Changes(moves=moves), now=now, seen=seen)


def _joined(earlier: tuple[Move, ...], move: Move) -> tuple[Move, ...]:
    """Add a move; what was moved before and moves on, or back, is one move or none."""
    first = next((each for each in earlier if each.to == move.of), None)
    kept = tuple(each for each in earlier if each is not first)
    if first is not None:
        move = replace(move, of=first.of)
    return kept if move.of == move.to else (*kept, move)


def _checked(report: PlanReport, of: date, to: date, today: date) -> Move:
    """Return the move; raises UsageError where it cannot be."""
    sessions = {s.day: s for week in report.plan.weeks for s in week.sessions if s.day}
    session = sessions.get(of)
    if session is None or of < today:
        raise UsageError(f"No session is ahead on {day_in_words(of)}: load the plan again.")
    if _monday(of) != _monday(to) or to == of:
        raise UsageError("A session moves within its week: name another day of the same week.")
    if to < today:
        raise UsageError(f"{day_in_words(to)} is over: name a day that is still to come.")
    if to in sessions:
        raise UsageError(f"{day_in_words(to)} has a session already: move that one first.")
    life = report.circumstances
    if life.pauses(to) or to in _around_race(life.race):
        raise UsageError(f"{day_in_words(to)} is kept free: name another day.")
    loads = session.kind is SessionKind.STRENGTH
    if loads:
        _refuse_to_crowd(to, [day for day in sessions if sessions[day].kind is session.kind], of)
        if (to + DAY).weekday() in life.hard_on:
            raise UsageError(
                f"The day after {day_in_words(to)} has a long or fast run: strength needs another "
                "day."
            )
    return Move(of, to, loads)


def _refuse_to_crowd(to: date, strength: list[date], of: date) -> None:
    if any(abs(day - to) == DAY for day in strength if day != of):
        raise UsageError(
            f"{day_in_words(to)} lies beside another day of strength: what was loaded needs a day "
            "between."
        )


def _around_race(race: date | None) -> tuple[date, ...]:
    return () if race is None else (race, race - DAY)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
