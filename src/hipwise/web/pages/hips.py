"""Hips: the profile and the findings, each with why, how sure, what speaks against, sources."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from hipwise.errors import StoppedForSafety
from hipwise.reporting.numbers import day_in_words
from hipwise.reporting.sections import findings, hip_profile, numbers, sources
from hipwise.services.basis import COUNTS_FOR, readable_screenings
from hipwise.services.conclude import refuse_unsafe
from hipwise.services.screen import screen
from hipwise.web.shown import Evidence, Records, page

router = APIRouter()


@router.get("/hips")
def hips(request: Request, store: Records, library: Evidence) -> Response:
    """Show what the latest screening tells."""
    kept, _ = readable_screenings(store)
    if not kept:
        return page(request, "no_hips", title="Your hips")
    *before, latest = kept
    taken_at = latest.taken_at or datetime.now().astimezone()
    earlier = [one for one in before if one.taken_at and taken_at - one.taken_at <= COUNTS_FOR]
    analysis = screen(latest, earlier=earlier)
    try:
        refuse_unsafe(analysis.screened)
    except StoppedForSafety as stop:
        return page(request, "stopped", title="Stop here", sentence=str(stop))
    if not analysis.measurements:
        return page(request, "no_hips", title="Your hips")
    assert analysis.screened is not None
    screening = analysis.screened.screening
    return page(
        request,
        "hips",
        title="Your hips",
        day=day_in_words(taken_at),
        profile=hip_profile.profile_picture(analysis.hip_profile, analysis.measurements, library),
        cards=findings.cards(analysis, with_figure=False),
        fine=findings.fine(analysis),
        rows=numbers.rows(screening, library, screening.profile),
        sources=sources.source_lines(analysis),
    )
