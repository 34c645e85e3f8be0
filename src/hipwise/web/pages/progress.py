"""Progress: what was done, week by week, how it felt, and what is written down."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from hipwise.errors import HipwiseError
from hipwise.knowledge import Library
from hipwise.progress.log import Entry, MorningAfter, RunDone, SessionDone
from hipwise.progress.pain import light_of
from hipwise.progress.telling import day_of, in_words
from hipwise.services.entries import morning_after, run_done, time_off
from hipwise.storage import Store
from hipwise.units import Units
from hipwise.web.shown import Evidence, OwnForm, Records, SentForm, catch_up_of, go, page, units_of

router = APIRouter(include_in_schema=False)
WEEKS = 12
"""So many weeks are shown (chosen by us)."""


@router.get("/progress")
def progress(request: Request, store: Records, library: Evidence) -> Response:
    """Show the last weeks and the log."""
    return _progress(request, store, library, fault="")


@router.post("/progress")
def write_down(request: Request, store: Records, form: SentForm, library: Evidence) -> Response:
    """Write a morning, a run or days off down."""
    fields = {key: str(form.get(key, "")) for key in form}
    try:
        store.log.append(_entry(fields, units_of(store)))
    except (ValueError, KeyError):
        return _progress(
            request, store, library, fault="Something in the form is open: fill it in."
        )
    except HipwiseError as fault:
        return _progress(request, store, library, fault=str(fault))
    catch_up_of(request).start(store)
    return go("/progress")


@router.post("/progress/remove", dependencies=[OwnForm])
def remove(request: Request, store: Records, id: Annotated[str, Form()]) -> Response:
    """Take an entry out again."""
    store.log.remove(id)
    catch_up_of(request).start(store)
    return go("/progress")


def _entry(fields: dict[str, str], units: Units) -> Entry:
    now = datetime.now().astimezone()
    if fields["what"] == "morning":
        stiff = bool(fields.get("stiff"))
        return morning_after(now.date(), int(fields["pain"]), stiff=stiff)
    if fields["what"] == "run":
        km = float(fields["km"].replace(",", ".")) / units.per_km
        pain = int(fields["pain"]) if fields.get("pain") else None
        return run_done(now, km, minutes=None, hard=bool(fields.get("hard")), pain=pain)
    first = date.fromisoformat(fields["first"])
    last = date.fromisoformat(fields["last"]) if fields.get("last") else first
    return time_off(fields["what"], first, last)


def _progress(request: Request, store: Store, library: Library, *, fault: str) -> Response:
    now, units = datetime.now().astimezone(), units_of(store)
    monday = now.date() - timedelta(days=now.weekday())
    since = now - timedelta(weeks=WEEKS)
    entries = store.log.entries(since)
    sessions = Counter(_monday(e.at.date()) for e in entries if isinstance(e, SessionDone))
    minutes: Counter[date] = Counter()
    for entry in entries:
        if isinstance(entry, SessionDone):
            minutes[_monday(entry.at.date())] += round(entry.seconds / 60)
    weeks = [monday - timedelta(weeks=ago) for ago in range(WEEKS - 1, -1, -1)]
    return page(
        request,
        "progress",
        status=400 if fault else 200,
        title="Progress",
        fault=fault,
        weeks=[(week, sessions[week], minutes[week]) for week in weeks],
        most=max([*minutes.values(), 1]),
        entries=[
            (day_of(e), in_words(e, units), e.id, _light(e, library)) for e in reversed(entries)
        ],
        today=now.date(),
        units=units,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _light(entry: Entry, library: Library) -> str:
    pain = None
    if isinstance(entry, SessionDone):
        pains = [i.pain for i in entry.items if i.pain is not None]
        pain = max(
            [*pains, *([entry.pain_after] if entry.pain_after is not None else [])], default=None
        )
    elif isinstance(entry, MorningAfter | RunDone):
        pain = entry.pain
    return "" if pain is None else str(light_of(pain, library))
