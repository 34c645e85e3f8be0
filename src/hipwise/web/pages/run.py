"""Run: drop a film, see it measured, and look at it beside its curves."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Request, UploadFile
from fastapi.responses import FileResponse, Response

from hipwise.errors import HipwiseError, UnreadableFile, UsageError
from hipwise.knowledge import Library
from hipwise.reporting import names
from hipwise.services.basis import basis_of_records
from hipwise.services.memory import give_pictures_back
from hipwise.services.runs import (
    Run,
    events_of,
    file_of,
    measure_run,
    others_of,
    remove_run,
    run_of,
    runs_of,
)
from hipwise.storage import Store
from hipwise.web.jobs import Job, Tell
from hipwise.web.shown import Evidence, OwnForm, Records, go, jobs_of, page, progress_of
from hipwise.web.uploads import ENDINGS, saved

router = APIRouter(include_in_schema=False)
SHOWN = {
    names.OVERLAY: "video/mp4",
    names.REPORT: "text/html; charset=utf-8",
    names.ANGLES: "text/csv; charset=utf-8",
}
"""The files of a report that the page hands over."""
REPORT_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'"
)
"""The report is one page with its own style and no script."""


@router.get("/run")
def runs(request: Request, store: Records, library: Evidence) -> Response:
    """Take a film, and list those that are kept."""
    return _runs(request, store, library, fault="")


@router.post("/run", dependencies=[OwnForm])
def take(
    request: Request,
    store: Records,
    library: Evidence,
    film: Annotated[UploadFile, File()],
    other: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Keep a film, and one from another side where there is one, then measure them together."""
    basis_of_records(store, _now(), library)
    sent = [film, other] if other is not None and other.filename else [film]
    try:
        films = _kept(store, sent)
    except HipwiseError as fault:
        return _runs(request, store, library, fault=str(fault))
    _measure(request, store, films)
    return go(f"/run/{films[0]}")


@router.get("/run/{sha256}")
def run(request: Request, store: Records, library: Evidence, sha256: str) -> Response:
    """Show a film: being measured, beside its curves, or why it could not be."""
    one = run_of(store, sha256)
    job = jobs_of(request).about(sha256)
    if job is not None and not job.ended:
        told: dict[str, Any] = {
            "of": one.film.name,
            "job": job,
            "progress": f"/run/{sha256}/progress",
        }
        return page(request, "working", title="Measuring", **told)
    if one.analysis is None:
        fault = job.fault if job else "This film was not measured to its end."
        return page(request, "unmeasured", title="Not measured", run=one, fault=fault)
    return page(request, "run", title="Your run", run=one, **_beside(store, one, library))


@router.get("/run/{sha256}/progress")
def progress(request: Request, sha256: str) -> Response:
    """Return how far the measuring is."""
    return progress_of(jobs_of(request).about(sha256))


@router.post("/run/{sha256}/measure", dependencies=[OwnForm])
def again(request: Request, store: Records, sha256: str) -> Response:
    """Measure a kept film anew, with those it was measured with."""
    _measure(request, store, run_of(store, sha256).films)
    return go(f"/run/{sha256}")


@router.post("/run/{sha256}/remove", dependencies=[OwnForm])
def remove(store: Records, sha256: str) -> Response:
    """Remove a film and what came of it."""
    remove_run(store, sha256)
    return go("/run")


@router.get("/run/{sha256}/{name}")
def file(store: Records, sha256: str, name: str) -> Response:
    """Hand over the film with its skeleton, the report or the angles."""
    one = run_of(store, sha256)
    if name not in SHOWN or one.analysis is None:
        raise UsageError(f"There is no file '{name}' of this run.")
    path = file_of(store, one, name)
    if not path.is_file():
        raise UnreadableFile("That file is gone: measure the film again.")
    headers = {"Content-Security-Policy": REPORT_POLICY} if name == names.REPORT else {}
    return FileResponse(path, media_type=SHOWN[name], headers=headers)


def _measure(request: Request, store: Store, films: Sequence[str]) -> None:
    jobs_of(request).start(" ".join(films), measured, store.folder, tuple(films))


def measured(folder: Path, films: tuple[str, ...], tell: Tell) -> None:
    """Measure kept films of one run; what the worker process does."""
    give_pictures_back()
    with Store.open(folder) as store:
        measure_run(store, films, _now(), progress=tell)


def _kept(store: Store, sent: Iterable[UploadFile]) -> tuple[str, ...]:
    """Keep films, all of them or none, and return their SHA-256; the same twice is one."""
    with tempfile.TemporaryDirectory(prefix="hipwise-") as folder:
        paths = [saved(each, Path(tempfile.mkdtemp(dir=folder))) for each in sent]
        return tuple(dict.fromkeys(store.recordings.add(path) for path in paths))


def _runs(request: Request, store: Store, library: Library, *, fault: str) -> Response:
    basis_of_records(store, _now(), library)
    jobs = jobs_of(request)
    state = partial(_state, job_about=jobs.about)
    shown = [(one, state(one)) for one in runs_of(store)]
    status = 400 if fault else 200
    return page(
        request, "runs", status=status, title="Your runs", fault=fault, runs=shown, endings=ENDINGS
    )


def _state(one: Run, job_about: Callable[[str], Job | None]) -> str:
    job = job_about(one.film.sha256)
    if job is not None and not job.ended:
        return "being measured"
    return "measured" if one.analysis else "not measured"


def _beside(store: Store, one: Run, library: Library) -> dict[str, Any]:
    """Return the curves that run beside the film, and what stands out in it."""
    from hipwise.web.strip import strip_of

    assert one.analysis is not None
    document = json.loads(store.analyses.document(one.analysis.id))
    return {
        "strip": strip_of(file_of(store, one, names.ANGLES), events_of(store, one)),
        "others": others_of(store, one),
        "findings": [
            f
            for f in document["findings"]
            if f["kind"] != "fine" and any(metric in library.metrics for metric in f["metrics"])
        ],
        "made_at": one.analysis.made_at,
    }


def _now() -> datetime:
    return datetime.now().astimezone()
