"""A session to follow away from the terminal: as a film, and on a watch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hipwise.coaching import coach
from hipwise.errors import UsageError
from hipwise.knowledge import load
from hipwise.planning import Session, SessionKind, todays_session
from hipwise.reporting.follow_film import write_film
from hipwise.reporting.workout import to_fit
from hipwise.services.today import session_for, today_by_plan

if TYPE_CHECKING:
    from hipwise.storage import Store

MOBILITY_MIN = 8.0
"""Length of the general film (chosen by us)."""


def mobility_for_runners(minutes: float = MOBILITY_MIN) -> Session:
    """Return general hip care for after a run, for everybody; nothing is asked or known."""
    return todays_session((), load(), minutes, SessionKind.POST_RUN)


def session_of_today(store: Store, now: datetime, minutes: float | None = None) -> Session:
    """Return the planned session that is still to do, or the best one for `minutes`.

    Raises UsageError on a day without one, and as `today_by_plan` does.
    """
    if minutes is not None:
        return session_for(store, now, minutes=minutes)
    today = today_by_plan(store, now)
    for session in today.sessions:
        if session.id not in today.done:
            return session
    raise UsageError(
        today.rest or "Today's plan has no session that is still to do: name minutes, such as 4."
    )


def film_of(
    session: Session, path: Path, progress: Callable[[int, int], None] | None = None
) -> tuple[Path, Path]:
    """Write a session as a film with captions beside it; raises as `write_film` does."""
    library = load()
    return write_film(path, coach(session, library), library, progress=progress)


def workout_of(session: Session, now: datetime) -> bytes:
    """Return a session as a FIT workout; raises UsageError for one without exercises."""
    if not session.items:
        raise UsageError("There is nothing to do: this session has no exercises.")
    library = load()
    return to_fit(coach(session, library), library, now)
