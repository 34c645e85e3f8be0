"""Hips: the profile and the findings, each with why, how sure, what speaks against, sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from hipwise.errors import NotEnoughData
from hipwise.knowledge import Library
from hipwise.reporting.numbers import day_in_words
from hipwise.services.basis import basis_of_records, screenings_that_count
from hipwise.services.screen import screen
from hipwise.storage import Store
from hipwise.web.shown import Evidence, Records, page, remembered

router = APIRouter(include_in_schema=False)


@router.get("/hips")
def hips(request: Request, store: Records, library: Evidence) -> Response:
    """Show what the latest screening and the films that count with it tell."""
    now = datetime.now().astimezone()
    state = store.news.state(), now.date()
    try:
        shown = remembered(request, "hips", state, lambda: _shown(store, library, now))
    except NotEnoughData:
        shown = {}
    if not shown:
        return page(request, "no_hips", title="Your hips")
    return page(request, "hips", title="Your hips", **shown)


def _shown(store: Store, library: Library, now: datetime) -> dict[str, Any]:
    """Return what the page shows, nothing before anything was measured.

    Raises NotEnoughData before the first screening, StoppedForSafety for a red flag.
    """
    from hipwise.reporting.sections import findings, hip_profile, numbers, sources

    basis, told = basis_of_records(store, now, library), screenings_that_count(store, now)
    tests = screen(told.latest, earlier=told.earlier)
    analysis = replace(tests, findings=basis.findings)
    if not analysis.findings and not analysis.measurements:
        return {}
    assert analysis.screened is not None
    screening = analysis.screened.screening
    return {
        "day": day_in_words(told.taken_at),
        "profile": hip_profile.profile_picture(
            analysis.hip_profile, analysis.measurements, library
        ),
        "cards": findings.cards(analysis, with_figure=False),
        "fine": findings.fine(analysis),
        "rows": numbers.rows(screening, library, screening.profile),
        "sources": sources.source_lines(analysis),
    }
