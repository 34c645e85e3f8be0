"""Check: the self-tests, one a screen; every answer is kept at once."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from hipwise.knowledge import Library
from hipwise.knowledge.models import FILM, Unit
from hipwise.screening import RunnerProfile, battery_for
from hipwise.screening.answers import SKIPPED
from hipwise.screening.template import in_words
from hipwise.services.drafts import Draft
from hipwise.services.filling import take_tries
from hipwise.services.film import camera_of
from hipwise.services.starting import verdict_of
from hipwise.services.test_sheet import TestSheet
from hipwise.web import figures
from hipwise.web.pages.start import finish
from hipwise.web.shown import Evidence, Records, SentForm, go, jobs_of, page
from hipwise.web.uploads import ENDINGS

router = APIRouter(include_in_schema=False)
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


@router.post("/check")
def begin(store: Records, form: SentForm) -> Response:
    """Begin a check with a set of tests, or begin it anew."""
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
    return show(request, Draft.open(store), library, test, fault="", typed={})


@router.post("/check/{test}")
async def told(
    request: Request, store: Records, form: SentForm, library: Evidence, test: str
) -> Response:
    """Take the tries of one test, or leave it out, and go on to the next."""
    fields = {key: str(form.get(key, "")) for key in form}
    draft = Draft.open(store)
    sheet = sheet_of(draft, library, test)
    if sheet is None:
        return go("/check")
    if fields.get("leave_out"):
        for id in sheet.planned.values:
            for side in sheet.sides(id):
                draft.put(SKIPPED, "tests", id, sheet.part(side))
        return go("/check/next")
    fault = take_tries(sheet, fields, library)
    if fault is not None:
        return show(request, draft, library, test, fault=fault, typed=fields)
    if sheet.is_open:
        again = "These tries lie too far apart. Please do them again, in the fields below them."
        return show(request, draft, library, test, fault=again, typed=fields)
    return go("/check/next")


def _filmed(draft: Draft, test: str, library: Library) -> list[tuple[str, str]]:
    """Return what films told of a test so far: side, and value with its unit."""
    camera = camera_of(test)
    if camera is None:
        return []
    id = camera.metric
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


def sheet_of(draft: Draft, library: Library, test: str) -> TestSheet | None:
    """Return one test of the check that was begun; None where it is none of its tests."""
    if draft.get("safety") is None or draft.get("runner") is None:
        return None
    return next((s for s in _sheets(draft, library) if s.protocol.id == test), None)


def show(
    request: Request,
    draft: Draft,
    library: Library,
    test: str,
    *,
    fault: str,
    typed: dict[str, str],
) -> Response:
    """Show one test, with what is wrong and what was typed; the start where it is none of them."""
    sheet = sheet_of(draft, library, test)
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
        camera=camera_of(test),
        filmed=_filmed(draft, test, library),
        endings=ENDINGS,
        figure=figures.address("test", test, library),
        still=figures.address("test", test, library, calm=True),
        fault=fault,
        typed=typed,
    )
