"""A self-test measured from a film of it, side by side; the film is not kept."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import Response

from hipwise.errors import HipwiseError
from hipwise.knowledge import load
from hipwise.measurement import Side
from hipwise.screening.camera import camera_test
from hipwise.services.drafts import Draft
from hipwise.services.film import keep_film_value, measure_self_test
from hipwise.services.memory import give_pictures_back
from hipwise.storage import Store
from hipwise.storage.files import FOLDER, make_folder
from hipwise.web.jobs import Tell
from hipwise.web.pages.check import sheet_of, show
from hipwise.web.shown import Evidence, OwnForm, Records, go, jobs_of, page, progress_of
from hipwise.web.uploads import saved

router = APIRouter(include_in_schema=False)


@router.post("/check/{test}/film", dependencies=[OwnForm])
def take_film(
    request: Request,
    store: Records,
    library: Evidence,
    test: str,
    film: Annotated[UploadFile, File()],
    side: Annotated[str, Form()] = "",
) -> Response:
    """Measure one side of a test from a film of it; the film is not kept."""
    draft = Draft.open(store)
    if sheet_of(draft, library, test) is None:
        return go("/check")
    make_folder(store.folder / FOLDER)
    folder = Path(tempfile.mkdtemp(prefix=".partial-", dir=store.folder / FOLDER))
    try:
        camera_test(test, Side(side) if side else None)
        path = saved(film, folder)
    except (HipwiseError, ValueError) as fault:
        shutil.rmtree(folder)
        return show(request, draft, library, test, fault=str(fault), typed={})
    jobs_of(request).start(_key(test), measured, store.folder, path, test, side)
    return go(f"/check/{test}/film")


@router.get("/check/{test}/film")
def film(request: Request, store: Records, library: Evidence, test: str) -> Response:
    """Show how far the measuring is; when it is over, the test with its value or its fault."""
    job = jobs_of(request).of(_key(test))
    if job is None or (job.ended and not job.fault):
        return go(f"/check/{test}")
    if job.ended:
        return show(request, Draft.open(store), library, test, fault=job.fault, typed={})
    told: dict[str, Any] = {"job": job, "progress": f"/check/{test}/film/progress"}
    name = library.protocol(test).name
    return page(request, "working", title="Measuring", of=name, **told)


@router.get("/check/{test}/film/progress")
def film_progress(request: Request, test: str) -> Response:
    """Return how far the measuring is."""
    return progress_of(request, _key(test))


def measured(folder: Path, path: Path, test: str, side: str, tell: Tell) -> None:
    """Measure a test in a film and put it into the draft; what the worker process does."""
    give_pictures_back()
    try:
        value = measure_self_test(
            path,
            test,
            Side(side) if side else None,
            progress=lambda done, total: tell("Following you", done, total),
        )
        with Store.open(folder) as store:
            keep_film_value(value, store, load().metric(value.metric).digits)
    finally:
        shutil.rmtree(path.parent, ignore_errors=True)


def _key(test: str) -> str:
    return f"film of {test}"
