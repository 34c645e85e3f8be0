"""A session to take along, as a film and for a watch: today's, or mobility for everybody."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

import hipwise
from hipwise.cache import user_cache
from hipwise.errors import UsageError
from hipwise.planning import Session
from hipwise.reporting.numbers import clock
from hipwise.reporting.sections.routine import PHASE_WORDS
from hipwise.services.memory import give_pictures_back
from hipwise.services.today import today_by_plan
from hipwise.storage import Store
from hipwise.web.jobs import Tell
from hipwise.web.shown import OwnForm, Planned, go, jobs_of, page, progress_of

router = APIRouter(include_in_schema=False)
What = Literal["today", "mobility"]
TITLES: dict[What, str] = {
    "today": "Your session as a film",
    "mobility": "Mobility for runners, as a film",
}
KEPT = 5
"""So many films are kept; older ones are made anew where they are wanted (chosen by us)."""
TYPES = {".mp4": "video/mp4", ".vtt": "text/vtt; charset=utf-8"}


@router.get("/film")
def film(request: Request, store: Planned, what: What = "today") -> Response:
    """Show the film, how far it is, or the button that makes it."""
    session = _session(store, what)
    name, title = _name(session), TITLES[what]
    of = f"{clock(round(session.seconds, -1))}, {PHASE_WORDS[session.kind].partition(',')[0]}"
    job = jobs_of(request).of(name)
    if job is not None and not job.ended:
        told: dict[str, Any] = {"of": of, "job": job, "progress": f"/film/{name}/progress"}
        return page(request, "working", title="Filming", **told)
    fault, ready = job.fault if job else "", _place(name).exists()
    return page(request, "film", title=title, of=of, film=name, fault=fault, ready=ready, what=what)


@router.post("/film", dependencies=[OwnForm])
def make(request: Request, store: Planned, what: What = "today") -> Response:
    """Make the film."""
    name = _name(_session(store, what))
    if not _place(name).exists():
        jobs_of(request).start(name, filmed, store.folder, name, what)
    return go(f"/film?what={what}")


@router.get("/film/workout.fit")
def workout(store: Planned, what: What = "today") -> Response:
    """Hand over the session as a FIT workout."""
    from hipwise.services.follow import workout_of

    fit = workout_of(_session(store, what), datetime.now().astimezone())
    return Response(fit, media_type="application/vnd.ant.fit")


@router.get("/film/{name}/progress")
def progress(request: Request, name: str) -> Response:
    """Return how far the film is."""
    return progress_of(jobs_of(request).of(name))


@router.get("/film/{name}")
def file(name: str) -> Response:
    """Hand over a film or its captions."""
    known = {path.name: path for path in _films().glob("*")}
    path = known.get(name)
    if path is None or path.suffix not in TYPES:
        raise UsageError(f"There is no film '{name}': make it again.")
    return FileResponse(path, media_type=TYPES[path.suffix])


def filmed(folder: Path, name: str, what: What, tell: Tell) -> None:
    """Film the session; what the worker process does."""
    from hipwise.services.follow import film_of

    give_pictures_back()
    place = _place(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    with Store.open(folder) as store:
        film_of(_session(store, what), place, lambda done, total: tell("Filming", done, total))
    films = sorted(_films().glob("*.mp4"), key=lambda path: path.stat().st_mtime)
    for old in films[:-KEPT]:
        old.unlink()
        old.with_suffix(".vtt").unlink(missing_ok=True)


def _session(store: Store, what: What) -> Session:
    """Return the session; raises as `today_by_plan` does, UsageError where the body is to rest."""
    from hipwise.services.follow import mobility_for_runners, session_of_today

    now = datetime.now().astimezone()
    if what == "today":
        return session_of_today(store, now)
    rest = today_by_plan(store, now).rest
    if rest:
        raise UsageError(rest)
    return mobility_for_runners()


def _films() -> Path:
    return user_cache() / "films"


def _place(name: str) -> Path:
    return _films() / f"{name}.mp4"


def _name(session: Session) -> str:
    """Return what changes when the film would be another one."""
    return sha256(f"{hipwise.__version__} {session}".encode()).hexdigest()[:16]
