"""A self-test measured from a film of it, side by side; the film is not kept."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import Response

from hipwise.errors import HipwiseError
from hipwise.knowledge import load
from hipwise.measurement import Side, side_named
from hipwise.services.drafts import Draft
from hipwise.services.film import keep_film_value, measure_self_test
from hipwise.services.memory import give_pictures_back
from hipwise.storage import Store
from hipwise.storage.files import FOLDER, new_folder
from hipwise.web.jobs import Jobs, Tell
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
    from hipwise.screening.camera import camera_test

    draft = Draft.open(store)
    if sheet_of(draft, library, test) is None:
        return go("/check")
    try:
        tested = side_named(side)
        camera_test(test, tested)
        _measure(jobs_of(request), store, film, test, tested)
    except HipwiseError as fault:
        return show(request, draft, library, test, fault=str(fault), typed={})
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
    return progress_of(jobs_of(request).of(_key(test)))


def _measure(jobs: Jobs, store: Store, film: UploadFile, test: str, side: Side | None) -> None:
    """Queue the measuring of a film, which lies beside the records until that is over."""
    folder = new_folder(store.folder / FOLDER)
    tidy = partial(shutil.rmtree, folder, ignore_errors=True)
    try:
        path = saved(film, folder)
    except BaseException:
        tidy()
        raise
    jobs.start(_key(test), measured, store.folder, path, test, side, tidy=tidy)


def measured(folder: Path, path: Path, test: str, side: Side | None, tell: Tell) -> None:
    """Measure a test in a film and put it into the draft; what the worker process does."""
    give_pictures_back()
    value = measure_self_test(
        path, test, side, progress=lambda done, total: tell("Following you", done, total)
    )
    with Store.open(folder) as store:
        keep_film_value(value, store, load().metric(value.metric).digits)


def _key(test: str) -> str:
    return f"film of {test}"
