"""The player: one page that leads through a session; all of it moves in the browser."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from hipwise.web.shown import TEMPLATES, page

router = APIRouter(include_in_schema=False)
STATIC = TEMPLATES.parent / "static"
REPORT_STYLES = TEMPLATES.parents[1] / "reporting" / "templates"


@router.get("/play")
def play(request: Request) -> Response:
    """Show the player; which session it plays stands behind the address' #."""
    return page(request, "play", title="Follow along")


@router.get("/look.css")
def look() -> Response:
    """Return how everything looks: the report's own style, the plan's, and that of the app."""
    styles = (REPORT_STYLES / "report.css", REPORT_STYLES / "plan.css", STATIC / "app.css")
    text = "\n".join(file.read_text(encoding="utf-8") for file in styles)
    return Response(text, media_type="text/css", headers={"Cache-Control": "no-cache"})


@router.get("/sw.js")
def service_worker() -> Response:
    """Return the service worker, from the root so that it may answer for every page."""
    return FileResponse(STATIC / "sw.js", media_type="text/javascript")


@router.get("/manifest.webmanifest")
def manifest() -> JSONResponse:
    """Return what a phone needs to keep the app on its home screen."""
    return JSONResponse(
        {
            "name": "hipwise",
            "short_name": "hipwise",
            "description": "A few minutes for a runner's hips",
            "start_url": "/today",
            "scope": "/",
            "display": "standalone",
            "background_color": "#faf9f6",
            "theme_color": "#14685c",
            "icons": [
                {"src": "/static/icon-192.png", "sizes": "192x192", "type": "image/png"},
                {
                    "src": "/static/icon-512.png",
                    "sizes": "512x512",
                    "type": "image/png",
                    "purpose": "any maskable",
                },
            ],
        },
        media_type="application/manifest+json",
    )
