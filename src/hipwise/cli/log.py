"""What `hipwise log` does: write down what was done, how it felt, and days off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

import typer
from rich.console import Console
from rich.table import Table

from hipwise.errors import UsageError
from hipwise.knowledge import load
from hipwise.planning import Session
from hipwise.progress.log import Entry, MorningAfter, RunDone
from hipwise.progress.pain import Light, light_of
from hipwise.progress.past import planned_on
from hipwise.progress.telling import day_of, in_words
from hipwise.services.entries import Told, session_done
from hipwise.services.plans import plans_that_held
from hipwise.services.today import session_for, today_by_plan
from hipwise.storage import Store

NOON = time(12)
"""When a session of another day is taken to have been done (chosen by us)."""
MEANS = {
    Light.GREEN: "green: fine, go on",
    Light.AMBER: "amber: allowed, if it is gone by tomorrow morning",
    Light.RED: "red: too much, so what hurt rests now",
}


def log_session(told: Told, *, on: date | None, kind: str | None, minutes: float | None) -> None:
    """Write down a session of today or of the day `on`: the planned one, or the one asked for.

    In `told` an exercise may stand by its number in the session. Raises UsageError where there is
    nothing left to write down.
    """
    now = datetime.now().astimezone()
    with Store.open() as store:
        if on is None or on == now.date():
            session, at = _session(store, now, kind, minutes), now
        else:
            session, at = _earlier(store, now, on), datetime.combine(on, NOON, now.tzinfo)
        entry = session_done(session, at, _by_id(told, session))
        store.log.append(entry)
    typer.echo(f"Written down: {in_words(entry)}.")
    for pain in sorted({*told.pains.values(), *([told.after] if told.after else [])}):
        tell_pain(pain)
    typer.echo("'hipwise today' and 'hipwise plan' take it in.")


def _session(store: Store, now: datetime, kind: str | None, minutes: float | None) -> Session:
    if kind is not None or minutes is not None:
        return session_for(store, now, minutes=minutes, kind=kind)
    today = today_by_plan(store, now)
    for session in today.sessions:
        if session.id not in today.done:
            return session
    raise UsageError(
        "Today's plan has no session that is not written down yet: name what you did, such as "
        "--for daily --minutes 4."
    )


def _earlier(store: Store, now: datetime, day: date) -> Session:
    """Return the session that was planned on a day before today."""
    if day > now.date():
        raise UsageError(f"{day} is still to come: write it down once it is done.")
    planned = planned_on(day, plans_that_held(store, day))
    if not planned:
        raise UsageError(
            f"No session was planned on {day}, so it cannot be written down by itself."
        )
    return planned[0]


def log_entry(entry: Entry) -> None:
    """Write one entry down."""
    with Store.open() as store:
        store.log.append(entry)
    typer.echo(f"Written down: {in_words(entry)}.")
    if isinstance(entry, MorningAfter | RunDone) and entry.pain is not None:
        tell_pain(entry.pain)


def remove_entry(id: str) -> None:
    """Remove an entry; raises UsageError where there is none."""
    with Store.open() as store:
        if all(entry.id != id for entry in store.log.entries()):
            raise UsageError(f"The log has no entry '{id}': 'hipwise log list' shows what it has.")
        store.log.remove(id)
    typer.echo(f"Removed: {id}.")


def list_entries() -> None:
    """Print the log, the latest last."""
    with Store.open() as store:
        entries = store.log.entries()
    if not entries:
        typer.echo("Nothing is written down yet: 'hipwise log done' writes down today's session.")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("Day", "What", "Name of the entry"):
        table.add_column(column)
    for entry in entries:
        table.add_row(str(day_of(entry)), in_words(entry), entry.id)
    Console(highlight=False).print(table)


def tell_pain(pain: int) -> None:
    """Say what a number of pain means."""
    typer.echo(f"Pain {pain} of 10 is {MEANS[light_of(pain, load())]}.")


def _by_id(told: Told, session: Session) -> Told:
    """Return the same with exercises by their id where they stand by their number."""
    own = {str(place): item.exercise for place, item in enumerate(session.items, 1)}

    def ids(words: Iterable[str]) -> tuple[str, ...]:
        return tuple(own.get(word, word) for word in words)

    return Told(
        before=told.before,
        after=told.after,
        too_easy=ids(told.too_easy),
        too_hard=ids(told.too_hard),
        skipped=ids(told.skipped),
        stopped=ids(told.stopped),
        below_knee=ids(told.below_knee),
        pains={own.get(word, word): pain for word, pain in told.pains.items()},
    )
