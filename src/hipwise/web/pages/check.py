"""Check: the self-tests, one a screen; every answer is kept at once."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import Response

from hipwise.errors import HipwiseError
from hipwise.knowledge import Library, load
from hipwise.knowledge.models import FILM, Unit
from hipwise.measurement import Side
from hipwise.screening import RunnerProfile, battery_for
from hipwise.screening.answers import SKIPPED
from hipwise.screening.camera import CAMERA_TESTS, camera_test
from hipwise.screening.template import in_words
from hipwise.services.drafts import Draft
from hipwise.services.filling import take_tries
from hipwise.services.film import keep_film_value, measure_self_test
from hipwise.services.memory import give_pictures_back
from hipwise.services.starting import verdict_of
from hipwise.services.test_sheet import TestSheet
from hipwise.storage import Store
from hipwise.storage.files import FOLDER, make_folder
from hipwise.web import figures
from hipwise.web.jobs import Tell
from hipwise.web.pages.start import finish
from hipwise.web.shown import Evidence, OwnForm, Records, go, jobs_of, page, progress_of
from hipwise.web.uploads import ENDINGS, saved

router = APIRouter()
SETS = {
    "home": "About ten minutes, without equipment",
    "full": "Everything that can be done at home",
    "clinic": "With a dynamometer and a goniometer",
}


@router.get("/check")
def check(request: Request, store: Records) -> Response:
    """Say what a check is, and go on where one was begun."""
    draft = Draft.open(store)
    begun = bool(draft.get("safety"))
    return page(request, "check", title="Check", sets=SETS, begun=begun, chosen=draft.get("set"))


@router.post("/check", dependencies=[OwnForm])
async def begin(request: Request, store: Records) -> Response:
    """Begin a check with a set of tests, or begin it anew."""
    form = await request.form()
    chosen = str(form.get("set", "home"))
    draft = Draft.open(store, restart=True)
    draft.put(chosen if chosen in SETS else "home", "set")
    return go("/start?then=check")


@router.get("/check/next")
def following(request: Request, store: Records, library: Evidence) -> Response:
    """Go to the first test that is open, or to the end."""
    draft = Draft.open(store)
    if draft.get("safety") is None or draft.get("runner") is None:
        return go("/start?then=check")
    if verdict_of(draft, library).stop:
        finish(draft, jobs_of(request))
        return go("/today")
    for sheet in _sheets(draft, library):
        if sheet.is_open:
            return go(f"/check/{sheet.protocol.id}")
    finish(draft, jobs_of(request))
    return go("/hips")


@router.get("/check/{test}")
def test(request: Request, store: Records, library: Evidence, test: str) -> Response:
    """Show one test."""
    return _test(request, Draft.open(store), library, test, fault="", typed={})


@router.post("/check/{test}", dependencies=[OwnForm])
async def told(request: Request, store: Records, library: Evidence, test: str) -> Response:
    """Take the tries of one test, or leave it out, and go on to the next."""
    form = await request.form()
    fields = {key: str(form.get(key, "")) for key in form}
    draft = Draft.open(store)
    sheet = _sheet_of(draft, library, test)
    if sheet is None:
        return go("/check")
    if fields.get("leave_out"):
        for id in sheet.planned.values:
            for side in sheet.sides(id):
                draft.put(SKIPPED, "tests", id, sheet.part(side))
        return go("/check/next")
    fault = take_tries(sheet, fields, library)
    if fault is not None:
        return _test(request, draft, library, test, fault=fault, typed=fields)
    if sheet.is_open:
        again = "These tries lie too far apart. Please do them again, in the fields below them."
        return _test(request, draft, library, test, fault=again, typed=fields)
    return go("/check/next")


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
    if _sheet_of(draft, library, test) is None:
        return go("/check")
    make_folder(store.folder / FOLDER)
    folder = Path(tempfile.mkdtemp(prefix=".partial-", dir=store.folder / FOLDER))
    try:
        camera_test(test, Side(side) if side else None)
        path = saved(film, folder)
    except (HipwiseError, ValueError) as fault:
        shutil.rmtree(folder)
        return _test(request, draft, library, test, fault=str(fault), typed={})
    jobs_of(request).start(_key(test), measured, store.folder, path, test, side)
    return go(f"/check/{test}/film")


@router.get("/check/{test}/film")
def film(request: Request, store: Records, library: Evidence, test: str) -> Response:
    """Show how far the measuring is; when it is over, the test with its value or its fault."""
    job = jobs_of(request).of(_key(test))
    if job is None or (job.ended and not job.fault):
        return go(f"/check/{test}")
    if job.ended:
        return _test(request, Draft.open(store), library, test, fault=job.fault, typed={})
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


def _filmed(draft: Draft, test: str, library: Library) -> list[tuple[str, str]]:
    """Return what films told of a test so far: side, and value with its unit."""
    if test not in CAMERA_TESTS:
        return []
    id = CAMERA_TESTS[test].metric
    held = draft.get("tests", id) or {}
    if not str(held.get("method", "")).startswith(FILM):
        return []
    suffix = library.metric(id).unit.suffix
    parts = ("left", "right", "tries")
    return [(p, f"{held[p][0]}{suffix}") for p in parts if isinstance(held.get(p), list)]


def _sheets(draft: Draft, library: Library) -> list[TestSheet]:
    runner = RunnerProfile.model_validate(draft.get("runner"))
    plan = battery_for(runner, str(draft.get("set") or "home"), library)
    return [TestSheet(planned, runner, draft) for planned in plan.tests]


def _sheet_of(draft: Draft, library: Library, test: str) -> TestSheet | None:
    if draft.get("safety") is None or draft.get("runner") is None:
        return None
    return next((s for s in _sheets(draft, library) if s.protocol.id == test), None)


def _test(
    request: Request,
    draft: Draft,
    library: Library,
    test: str,
    *,
    fault: str,
    typed: dict[str, str],
) -> Response:
    sheet = _sheet_of(draft, library, test)
    if sheet is None:
        return go("/check")
    ids = [each.protocol.id for each in _sheets(draft, library)]
    protocol = sheet.protocol
    values = [
        {
            "id": id,
            "name": protocol.recorded[id].name,
            "unit": in_words(protocol.recorded[id].unit),
            "force": protocol.recorded[id].unit is Unit.N_PER_KG,
            "yes_no": protocol.recorded[id].unit is Unit.YES_NO,
            "choices": protocol.recorded[id].choices,
            "filmed": sheet.filmed(id),
            "sides": [
                sheet.part(side)
                for side in sheet.sides(id)
                if not (sheet.filmed(id) and sheet.is_done(id, side))
            ],
            "again": [sheet.part(s) for s in sheet.sides(id) if sheet.again(id, s)],
        }
        for id in sheet.planned.values
    ]
    return page(
        request,
        "test",
        status=400 if fault else 200,
        title=protocol.name,
        protocol=protocol,
        values=values,
        place=ids.index(test) + 1,
        count=len(ids),
        camera=CAMERA_TESTS.get(test),
        filmed=_filmed(draft, test, library),
        endings=ENDINGS,
        figure=figures.address("test", test, library),
        still=figures.address("test", test, library, calm=True),
        fault=fault,
        typed=typed,
    )
