"""Settings: your data in your hands: take it along, bring it in, delete it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, File, Form, Request, UploadFile
from fastapi.responses import FileResponse, Response

from hipwise.errors import HipwiseError
from hipwise.storage import Store
from hipwise.units import KNOWN
from hipwise.web.guard import COOKIE
from hipwise.web.languages import LANGUAGE, languages_of
from hipwise.web.shown import (
    UNITS,
    OwnForm,
    Records,
    catch_up_of,
    jobs_of,
    page,
    sessions_of,
    units_of,
)
from hipwise.web.uploads import written

router = APIRouter(include_in_schema=False)


@router.get("/settings")
def settings(request: Request, store: Records) -> Response:
    """Show where the records lie and what can be done with them."""
    return _settings(request, store)


@router.post("/settings/export", dependencies=[OwnForm])
def export(store: Records, afterwards: BackgroundTasks) -> Response:
    """Hand everything over as one zip file."""
    folder = Path(tempfile.mkdtemp(prefix="hipwise-"))
    file = folder / "hipwise.zip"

    def tidy() -> None:
        file.unlink(missing_ok=True)
        folder.rmdir()

    try:
        store.export(file)
    except BaseException:
        tidy()
        raise
    afterwards.add_task(tidy)
    return FileResponse(file, filename="hipwise.zip")


@router.post("/settings/import", dependencies=[OwnForm])
def import_(request: Request, store: Records, file: Annotated[UploadFile, File()]) -> Response:
    """Take in what an export holds: all of it or nothing."""
    with tempfile.TemporaryDirectory(prefix="hipwise-") as folder:
        try:
            done = store.import_(written(file, Path(folder)))
        except HipwiseError as fault:
            return _settings(request, store, fault=str(fault))
    said = f"Taken in. New: {done.added}. Here already: {done.known}."
    return _settings(request, store, said=said)


@router.post("/settings/units", dependencies=[OwnForm])
def choose_units(request: Request, store: Records, units: Annotated[str, Form()] = "") -> Response:
    """Take the units that heights, masses and distances are told in."""
    if units not in KNOWN:
        return _settings(request, store, fault="Choose one of the units.")
    store.settings.put(UNITS, units)
    return _settings(request, store, said=f"Units are {units} now.")


@router.post("/settings/language", dependencies=[OwnForm])
def choose_language(
    request: Request, store: Records, language: Annotated[str, Form()] = ""
) -> Response:
    """Take the language."""
    if language not in languages_of(store):
        return _settings(request, store, fault="There is no catalogue of that language.")
    store.settings.put(LANGUAGE, language)
    return _settings(request, store)


@router.post("/settings/delete", dependencies=[OwnForm])
def delete(request: Request, store: Records, word: Annotated[str, Form()] = "") -> Response:
    """Delete everything, once the word is typed."""
    if word.strip().lower() != "delete":
        return _settings(request, store, fault="Nothing was deleted: type the word delete.")
    jobs_of(request).stop()  # here and in the next line: nothing is written of what is deleted
    catch_up_of(request).wait()
    store.delete()
    return _settings(request, store, said="Everything is deleted.")


@router.post("/settings/leave", dependencies=[OwnForm])
def leave(request: Request) -> Response:
    """End this session."""
    sessions_of(request).end(request.cookies.get(COOKIE))
    response = page(request, "told", title="You have left", sentence="You have left. Nobody is in.")
    response.delete_cookie(COOKIE)
    return response


def _settings(request: Request, store: Store, *, fault: str = "", said: str = "") -> Response:
    return page(
        request,
        "settings",
        status=400 if fault else 200,
        title="Settings",
        folder=str(store.folder),
        units=units_of(store),
        known=tuple(KNOWN.values()),
        languages=languages_of(store),
        fault=fault,
        said=said,
    )
