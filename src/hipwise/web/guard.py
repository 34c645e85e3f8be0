"""What every request passes: the right host, a session, a form of ours; and the safe headers."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse

from hipwise.web.sessions import Sessions

COOKIE = "hipwise_session"
FORM_FIELD, HEADER = "form_token", "x-form-token"
OPEN_PATHS = (
    "/enter",
    "/log-in",
    "/static/",
    "/look.css",
    "/manifest.webmanifest",
    "/calendar/",
    "/sw.js",
)
"""What may be asked for without a session; the calendar's address holds a secret of its own."""
LARGEST_FORM, LARGEST_FILM = 2**20, 2 * 2**30
"""Bytes that a form, and a film or an export, may have (chosen by us)."""
FILMS = re.compile(r"/run|/settings/import|/check/\w+/film")
"""Where films and exports are sent."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; "
    "frame-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
Next = Callable[[Request], Awaitable[Response]]


class Guard:
    """Lets in what may come in; `hosts` are the names this server answers to."""

    def __init__(self, sessions: Sessions, hosts: frozenset[str]) -> None:
        self.sessions, self.hosts = sessions, hosts

    async def __call__(self, request: Request, call_next: Next) -> Response:
        """Pass a request on, or answer it here; then add the headers."""
        response = self._refusal(request) or await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.url.path.startswith(("/static/", "/figures/")):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _refusal(self, request: Request) -> Response | None:
        if self.hosts and request.url.hostname not in self.hosts:
            return PlainTextResponse("This server does not answer to that name.", 421)
        path = request.url.path
        is_open = path.startswith(OPEN_PATHS)
        id = request.cookies.get(COOKIE)
        if not is_open and not self.sessions.knows(id):
            return self._come_in(request)
        return None if request.method in SAFE_METHODS else self._refused_change(request, id or "")

    def _refused_change(self, request: Request, id: str) -> Response | None:
        """Refuse what another page sends, what is too much, and a call without its token."""
        if not self._is_from_here(request):
            return _refused("another page asked")
        sent = request.headers.get(HEADER) or ""
        if request.url.path.startswith("/api/") and not self.sessions.is_form_token(id, sent):
            return _refused("the form token is missing")
        return self._too_much(request)

    def _too_much(self, request: Request) -> Response | None:
        """Refuse what is sent without a length, or with more than its page takes."""
        length = request.headers.get("content-length", "")
        if not length.isdigit():
            return _refused("it does not say how long it is", 411)
        path = request.url.path
        most = LARGEST_FILM if FILMS.fullmatch(path) else LARGEST_FORM
        return _refused("it is too large", 413) if int(length) > most else None

    def _is_from_here(self, request: Request) -> bool:
        """Whether the browser says that no other site is behind the request."""
        origin = request.headers.get("origin")
        return origin is None or urlsplit(origin).netloc == request.headers.get("host")

    def _come_in(self, request: Request) -> Response:
        if self.sessions.token is None:
            return RedirectResponse("/log-in", 303)
        sentence = (
            "Open the address that 'hipwise serve' printed: it lets you in. Each start has its own."
        )
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": sentence}, 401)
        return PlainTextResponse(sentence, 401)


def _refused(why: str, status: int = 403) -> Response:
    return JSONResponse({"error": f"Refused, because {why}."}, status)
