"""Templates to pages, and what every page knows."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from fastapi import Depends, Request
from fastapi.datastructures import FormData
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

import hipwise
from hipwise.errors import HipwiseError, UsageError
from hipwise.knowledge import Library, load
from hipwise.storage import Store
from hipwise.units import KNOWN, METRIC, Units
from hipwise.web.guard import COOKIE, FORM_FIELD
from hipwise.web.jobs import Job, Jobs
from hipwise.web.languages import chosen, words
from hipwise.web.planning import CatchUp
from hipwise.web.sessions import Sessions

if TYPE_CHECKING:
    from jinja2 import Environment

T = TypeVar("T")
UNITS = "web.units"
"""Under this key the settings keep the name of the units."""
TEMPLATES = Path(__file__).parent / "templates"
NAVIGATION = (
    ("/today", "Today"),
    ("/check", "Check"),
    ("/run", "Run"),
    ("/hips", "Hips"),
    ("/plan", "Plan"),
    ("/progress", "Progress"),
)
BESIDE = (("/evidence", "Evidence"), ("/settings", "Settings"))


def store_of(request: Request) -> Store:
    """Return the runner's records."""
    store: Store = request.app.state.store
    return store


def sessions_of(request: Request) -> Sessions:
    """Return who is in."""
    sessions: Sessions = request.app.state.sessions
    return sessions


def jobs_of(request: Request) -> Jobs:
    """Return the long work that is being done."""
    jobs: Jobs = request.app.state.jobs
    return jobs


def catch_up_of(request: Request) -> CatchUp:
    """Return what lets the plan take in news."""
    catch_up: CatchUp = request.app.state.catch_up
    return catch_up


def store_with_plan(request: Request) -> Store:
    """Return the runner's records, once the plan has taken in what was just written down."""
    catch_up_of(request).wait()
    return store_of(request)


def progress_of(job: Job | None) -> JSONResponse:
    """Return how far a piece of long work is; one that nobody knows has ended."""
    job = job or Job(ended=True)
    told = {"ended": job.ended, "stage": job.stage, "done": job.done, "total": job.total}
    return JSONResponse(told)


def units_of(store: Store) -> Units:
    """Return the units that the runner chose."""
    return KNOWN.get(str(store.settings.get(UNITS)), METRIC)


def library_of() -> Library:
    """Return the evidence."""
    return load()


async def own_form(request: Request) -> FormData:
    """Return the form that was sent; raises UsageError where it was not made for this session."""
    form = await request.form()
    form_token = str(form.get(FORM_FIELD, ""))
    if not sessions_of(request).is_form_token(request.cookies.get(COOKIE, ""), form_token):
        raise UsageError("This form is of an earlier visit: load the page again and repeat it.")
    return form


Records = Annotated[Store, Depends(store_of)]
Planned = Annotated[Store, Depends(store_with_plan)]
Evidence = Annotated[Library, Depends(library_of)]
OwnForm = Depends(own_form)
SentForm = Annotated[FormData, OwnForm]


def page(request: Request, name: str, *, status: int = 200, **shown: Any) -> HTMLResponse:
    """Return a page from its template."""
    id, store = request.cookies.get(COOKIE, ""), store_of(request)
    language = chosen(store)
    around = {
        "version": hipwise.__version__,
        "navigation": NAVIGATION,
        "beside": BESIDE,
        "path": request.url.path,
        "form_token": sessions_of(request).form_token(id),
        "language": language,
        "_": words(store, language).gettext,
    }
    html = templates().get_template(f"{name}.html.j2").render(around | shown)
    return HTMLResponse(html, status)


def remembered(request: Request, what: str, state: object, make: Callable[[], T]) -> T:
    """Return what `make` made for this state of the records, and make it anew for another one."""
    kept: dict[str, tuple[object, T]] = request.app.state.remembered
    known = kept.get(what)
    if known is None or known[0] != state:
        known = kept[what] = state, make()
    return known[1]


def go(path: str) -> RedirectResponse:
    """Send the browser on to a page, after a form."""
    return RedirectResponse(path, 303)


def told(error: HipwiseError) -> str:
    """Return an error's sentence."""
    return str(error)


@lru_cache(maxsize=1)
def templates() -> Environment:
    """Return what fills the templates of the app, with the parts of the report at hand."""
    from jinja2 import ChoiceLoader, FileSystemLoader

    from hipwise.reporting.filling import environment
    from hipwise.reporting.numbers import clock, day_in_words

    pages = environment()
    assert pages.loader is not None
    pages.loader = ChoiceLoader([FileSystemLoader(TEMPLATES), pages.loader])
    pages.filters["clock"] = clock
    pages.filters["day"] = day_in_words
    return pages
