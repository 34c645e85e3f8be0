"""Entries of the log in words."""

from __future__ import annotations

from datetime import date

from hipwise.planning.plan import SessionKind
from hipwise.progress.log import Entry, MorningAfter, RunDone, SessionDone
from hipwise.units import METRIC, Units

KIND = {
    SessionKind.PRE_RUN: "before a run",
    SessionKind.POST_RUN: "after a run",
    SessionKind.STRENGTH: "strength",
    SessionKind.DAILY: "daily minutes",
}


def day_of(entry: Entry) -> date:
    """Return the day of an entry, of days off the first."""
    if isinstance(entry, SessionDone | RunDone):
        return entry.at.date()
    return entry.day if isinstance(entry, MorningAfter) else entry.first


def in_words(entry: Entry, units: Units = METRIC) -> str:
    """Say what an entry is."""
    if isinstance(entry, SessionDone):
        done = sum(item.sets > 0 for item in entry.items)
        return f"{done} exercises, {KIND[entry.kind]}, {entry.seconds / 60:.0f} min"
    if isinstance(entry, MorningAfter):
        stiff = ", stiff for longer" if entry.stiff_longer else ""
        return f"the morning after: pain {entry.pain} of 10{stiff}"
    if isinstance(entry, RunDone):
        distance = f"{round(entry.km * units.per_km, 2):g} {units.distance}"
        return f"a {'hard ' if entry.hard else ''}run of {distance}"
    why = "ill" if entry.reason == "ill" else "away from your things"
    return f"{why} until {entry.last}"
