"""The interface for scripts, and for the player: the same services, as JSON."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request

from hipwise.coaching import coach
from hipwise.coaching.document import to_document
from hipwise.errors import UnreadableFile, UsageError
from hipwise.knowledge import Library
from hipwise.knowledge.facts import entries
from hipwise.planning import Session
from hipwise.reporting.plan_json import plan_document
from hipwise.services.plans import current_plan
from hipwise.services.today import session_for, today_by_plan
from hipwise.storage.entries import document_of, entry_of
from hipwise.web import figures
from hipwise.web.guard import COOKIE
from hipwise.web.shown import Evidence, Planned, Records, catch_up_of, sessions_of

router = APIRouter(prefix="/api/v1")
AHEAD = 3
"""So many sessions to come are kept for use without a network (chosen by us)."""
Json = dict[str, Any]


@router.get("/today")
def today(store: Planned) -> Json:
    """Return today's sessions, which are done, and when the next one is."""
    known = today_by_plan(store, _now())
    return {
        "day": known.day.isoformat(),
        "sessions": [session.id for session in known.sessions],
        "done": sorted(known.done),
        "next": known.following.id if known.following else None,
        "rest": known.rest,
    }


@router.get("/sessions/today")
def session_today(
    store: Planned,
    library: Evidence,
    minutes: Annotated[float | None, Query()] = None,
    kind: Annotated[str | None, Query(alias="for")] = None,
    no_equipment: bool = False,
) -> Json:
    """Return today's session second by second; with wishes it is solved anew."""
    if minutes is None and kind is None and not no_equipment:
        known = today_by_plan(store, _now())
        open_ = [s for s in known.sessions if s.id not in known.done]
        if not open_:
            raise UsageError(known.rest or "No session is open today: ask with minutes=4.")
        return _followed(open_[0], library)
    session = session_for(store, _now(), minutes=minutes, kind=kind, no_equipment=no_equipment)
    return _followed(session, library)


@router.get("/sessions/ahead")
def sessions_ahead(store: Planned, library: Evidence) -> list[Json]:
    """Return today's and the next sessions, to be kept for use without a network."""
    report = current_plan(store, _now())
    day = _now().date()
    coming = [s for w in report.plan.weeks for s in w.sessions if s.day and s.day >= day]
    return [_followed(session, library) for session in coming[:AHEAD] if session.items]


@router.get("/plan")
def plan(store: Planned) -> Json:
    """Return the plan that holds, with what it rests on."""
    return plan_document(current_plan(store, _now()))


@router.get("/log")
def log(store: Records, days: Annotated[int, Query(ge=1, le=36500)] = 90) -> list[Json]:
    """Return what was written down in the last days."""
    since = _now() - timedelta(days=days)
    return [document_of(entry) for entry in store.log.entries(since)]


@router.post("/log", status_code=201)
def write_down(request: Request, store: Records, entry: Annotated[Json, Body()]) -> Json:
    """Write an entry down; the same one again changes nothing.

    `entry` is `session`, `morning_after`, `run` or `time_off`; the other fields are those of the
    log's export. The `id` is chosen by who sends it, so that what is sent twice counts once.
    """
    try:
        read = entry_of(entry)
    except UnreadableFile as fault:
        raise UsageError(str(fault)) from None
    if not 1 <= len(read.id) <= 100:
        raise UsageError("An entry's id has 1 to 100 characters.")
    store.log.append(read)
    catch_up_of(request).start(store)
    return {"id": read.id}


@router.get("/form-token")
def form_token(request: Request) -> Json:
    """Return what must be sent in `x-form-token` with everything that changes something."""
    return {"form_token": sessions_of(request).form_token(request.cookies.get(COOKIE, ""))}


@router.get("/evidence")
def evidence(library: Evidence, search: Annotated[str, Query(max_length=200)] = "") -> list[Json]:
    """Return the facts in which all these words stand."""
    return [
        {"id": e.id, "kind": e.kind, "title": e.title, "says": dict(e.says)}
        for e in entries(library)
        if e.matches(search)
    ]


def _followed(session: Session, library: Library) -> Json:
    """Return a session second by second, with the addresses of its figures."""
    document = to_document(coach(session, library), library)
    for exercise in document["exercises"]:
        exercise["figure"] = figures.address("exercise", exercise["id"], library)
        exercise["still"] = figures.address("exercise", exercise["id"], library, calm=True)
        exercise["mirrored"] = library.exercise_poses[exercise["id"]].mirrored
    fine, allowed = (library.setting(name) for name in ("pain_fine", "pain_allowed"))
    document["pain"] = {"fine": fine, "allowed": allowed}
    document["items"] = [
        {"exercise": i.exercise, "sets": i.sets, "reps": i.reps, "hold_s": i.hold_s}
        for i in session.items
    ]
    return document


def _now() -> datetime:
    return datetime.now().astimezone()
