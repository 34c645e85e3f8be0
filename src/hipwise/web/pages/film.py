"""Today's session to take along: as a film, and for a watch."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

import hipwise
from hipwise.cache import user_cache
from hipwise.errors import UsageError
from hipwise.planning import Session
from hipwise.reporting.numbers import clock
from hipwise.reporting.sections.routine import PHASE_WORDS
from hipwise.services.memory import give_pictures_back
from hipwise.storage import Store
from hipwise.web.jobs import Tell
from hipwise.web.shown import OwnForm, Planned, go, jobs_of, page, progress_of

router = APIRouter(include_in_schema=False)
KEPT = 5
"""So many films are kept; older ones are made anew where they are wanted (chosen by us)."""
TYPES = {".mp4": "video/mp4", ".vtt": "text/vtt; charset=utf-8"}


@router.get("/film")
def film(request: Request, store: Planned) -> Response:
    """Show the film, how far it is, or the button that makes it."""
    session = _session(store)
    name, title = _name(session), "Your session as a film"
    of = f"{clock(round(session.seconds, -1))}, {PHASE_WORDS[session.kind].partition(',')[0]}"
    job = jobs_of(request).of(name)
    if job is not None and not job.ended:
        told: dict[str, Any] = {"of": of, "job": job, "progress": f"/film/{name}/progress"}
        return page(request, "working", title="Filming", **told)
    fault, ready = job.fault if job else "", _place(name).exists()
    return page(request, "film", title=title, of=of, film=name, fault=fault, ready=ready)


@router.post("/film", dependencies=[OwnForm])
def make(request: Request, store: Planned) -> Response:
    """Make the film of today's session."""
    name = _name(_session(store))
    if not _place(name).exists():
        jobs_of(request).start(name, filmed, store.folder, name)
    return go("/film")


@router.get("/film/workout.fit")
def workout(store: Planned) -> Response:
    """Hand over today's session as a FIT workout."""
    from hipwise.services.follow import workout_of

    fit = workout_of(_session(store), datetime.now().astimezone())
    return Response(fit, media_type="application/vnd.ant.fit")


@router.get("/film/{name}/progress")
def progress(request: Request, name: str) -> Response:
    """Return how far the film is."""
    return progress_of(request, name)


@router.get("/film/{name}")
def file(name: str) -> Response:
    """Hand over a film or its captions."""
    known = {path.name: path for path in _films().glob("*")}
    path = known.get(name)
    if path is None or path.suffix not in TYPES:
        raise UsageError(f"There is no film '{name}': make it again.")
    return FileResponse(path, media_type=TYPES[path.suffix])


def filmed(folder: Path, name: str, tell: Tell) -> None:
    """Film today's session; what the worker process does."""
    from hipwise.services.follow import film_of

    give_pictures_back()
    place = _place(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    with Store.open(folder) as store:
        film_of(_session(store), place, lambda done, total: tell("Filming", done, total))
    films = sorted(_films().glob("*.mp4"), key=lambda path: path.stat().st_mtime)
    for old in films[:-KEPT]:
        old.unlink()
        old.with_suffix(".vtt").unlink(missing_ok=True)


def _session(store: Store) -> Session:
    from hipwise.services.follow import session_of_today

    return session_of_today(store, datetime.now().astimezone())


def _films() -> Path:
    return user_cache() / "films"


def _place(name: str) -> Path:
    return _films() / f"{name}.mp4"


def _name(session: Session) -> str:
    """Return what changes when the film would be another one."""
    return sha256(f"{hipwise.__version__} {session}".encode()).hexdigest()[:16]
