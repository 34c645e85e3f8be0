"""Coming in: by the address that is printed, or by a password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from hipwise.errors import UsageError
from hipwise.web.guard import COOKIE
from hipwise.web.sessions import PASSWORD, is_password
from hipwise.web.shown import Records, go, page, sessions_of

router = APIRouter(include_in_schema=False)


@router.get("/")
def home() -> RedirectResponse:
    """Send on to today."""
    return go("/today")


@router.get("/enter")
def enter(request: Request, token: str = "") -> Response:
    """Let in who has the start-up token; the address in the browser then is a clean one."""
    if not sessions_of(request).opens(token):
        raise UsageError(
            "This address no longer lets you in: open the one that 'hipwise serve' printed last."
        )
    return _let_in(request)


@router.get("/log-in")
def log_in(request: Request) -> Response:
    """Ask for the password."""
    return page(request, "log_in", title="Come in", fault="")


@router.post("/log-in")
def come_in(
    request: Request, store: Records, password: Annotated[str, Form(max_length=1000)] = ""
) -> Response:
    """Let in who knows the password; after a few wrong ones nobody is let in for a minute."""
    sessions, hash = sessions_of(request), store.settings.get(PASSWORD)
    if sessions.too_many_wrong():
        fault = "Too many wrong passwords: wait a minute."
        return page(request, "log_in", status=429, title="Come in", fault=fault)
    if not isinstance(hash, str) or not is_password(hash, password):
        sessions.note_wrong()
        fault = "That is not the password."
        return page(request, "log_in", status=403, title="Come in", fault=fault)
    return _let_in(request)


def _let_in(request: Request) -> Response:
    response = go("/today")
    response.set_cookie(
        COOKIE,
        sessions_of(request).begin(),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        max_age=30 * 24 * 3600,
    )
    return response
