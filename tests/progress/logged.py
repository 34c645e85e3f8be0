"""Logs of made-up runners."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hipwise.planning import SessionKind
from hipwise.progress.log import ExerciseDone, MorningAfter, SessionDone

TODAY = date(2026, 12, 14)


def done(
    *items: ExerciseDone,
    days_ago: int = 1,
    kind: SessionKind = SessionKind.STRENGTH,
    before: int | None = 0,
    session: str = "",
) -> SessionDone:
    day = TODAY - timedelta(days=days_ago)
    return SessionDone(
        id=f"s{days_ago}",
        at=datetime.combine(day, time(18), tzinfo=UTC),
        session=session,
        kind=kind,
        seconds=480,
        items=items,
        pain_before=before,
    )


def morning(pain: int, days_ago: int = 0, *, stiff: bool = False) -> MorningAfter:
    return MorningAfter(f"m{days_ago}", TODAY - timedelta(days=days_ago), pain, stiff)
