"""The app: its pages, its guard, and how errors become sentences."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from fastapi.telemetry import TelemetryConfig

import hipwise
from hipwise.errors import Conflict, HipwiseError, NotEnoughData, StoppedForSafety, UsageError
from hipwise.services.basis import NOT_SCREENED
from hipwise.storage import Store
from hipwise.storage.files import sweep
from hipwise.web import api, figures
from hipwise.web.guard import Guard
from hipwise.web.jobs import Jobs
from hipwise.web.pages import (
    check,
    check_film,
    entrance,
    evidence,
    film,
    hips,
    plan,
    player,
    progress,
    run,
    settings,
    start,
    today,
)
from hipwise.web.planning import CatchUp
from hipwise.web.sessions import Sessions
from hipwise.web.shown import go, page

STATIC = Path(__file__).parent / "static"
PAGES = (
    check,
    check_film,
    entrance,
    evidence,
    figures,
    film,
    hips,
    plan,
    player,
    progress,
    run,
    settings,
    start,
    today,
)
SILENT: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "auto_configure": False,
}
"""Nothing leaves the machine, whatever the environment asks of fastapi."""
STATUS: tuple[tuple[type[HipwiseError], int], ...] = (
    (Conflict, 409),
    (UsageError, 400),
    (StoppedForSafety, 403),
    (NotEnoughData, 404),
)


def create_app(store: Store, sessions: Sessions, hosts: Iterable[str] = ()) -> FastAPI:
    """Return the app on a runner's records; without `hosts` it answers to any name."""
    app = FastAPI(
        title="hipwise",
        version=hipwise.__version__,
        description="The runner's own records, plan and sessions, on their own machine.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        telemetry=SILENT,
        lifespan=_tidy,
    )
    app.state.store, app.state.sessions = store, sessions
    app.state.jobs, app.state.catch_up = Jobs(), CatchUp()
    app.state.remembered = {}
    app.middleware("http")(Guard(sessions, frozenset(hosts)))
    app.add_exception_handler(HipwiseError, _told)
    app.add_exception_handler(RequestValidationError, _unclear)
    app.add_exception_handler(OSError, _not_written)
    for status in (404, 405):
        app.add_exception_handler(status, _nothing)
    app.add_exception_handler(400, _unreadable)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for module in (*PAGES, api):
        # Not `include_router`, which makes every route a second time when it is first looked for.
        app.router.routes.extend(module.router.routes)
    return app


@asynccontextmanager
async def _tidy(app: FastAPI) -> AsyncIterator[None]:
    """Remove what an earlier run left unfinished, and end the work of this one with the server."""
    sweep(app.state.store.folder)
    yield
    app.state.catch_up.close()
    app.state.jobs.close()


def status_of(error: HipwiseError) -> int:
    """Return the HTTP status of an error."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 422)


def _told(request: Request, error: Exception) -> Response:
    """Tell an error; a red flag has a page of its own, and who is new is led to the beginning."""
    if not _is_api(request):
        if isinstance(error, StoppedForSafety):
            return page(request, "stopped", title="Stop here", sentence=str(error))
        if isinstance(error, NotEnoughData) and error.code == NOT_SCREENED:
            return go("/welcome")
    status = status_of(error) if isinstance(error, HipwiseError) else 500
    return _answer(request, str(error), status)


def _unclear(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    fault = error.errors()[0]
    field = ".".join(str(part) for part in fault["loc"][1:]) or "the request"
    return _answer(request, f"'{field}' cannot be read: {fault['msg']}.", 422)


def _not_written(request: Request, error: Exception) -> Response:
    assert isinstance(error, OSError)
    reason = (error.strerror or "unknown reason").lower()
    sentence = f"Something could not be written ({reason}): make room on the disk, and repeat it."
    return _answer(request, sentence, 507)


def _unreadable(request: Request, error: Exception) -> Response:
    """Tell what the framework could not read, such as a form that breaks off on a full disk."""
    cause = error.__cause__ or error.__context__
    if isinstance(cause, OSError):
        return _not_written(request, cause)
    return _answer(request, "What was sent could not be read: load the page and repeat it.", 400)


def _nothing(request: Request, error: Exception) -> Response:
    del error
    return _answer(request, "There is nothing here.", 404)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _answer(request: Request, sentence: str, status: int) -> Response:
    if _is_api(request):
        return JSONResponse({"error": sentence}, status)
    return page(request, "told", status=status, title="That did not work", sentence=sentence)
