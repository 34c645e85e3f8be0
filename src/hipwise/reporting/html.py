"""The report as one self-contained HTML page: no script, no network, no font of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import hipwise
from hipwise.knowledge import Library
from hipwise.reporting.analysis import Analysis, Screened, ViewAnalysis
from hipwise.reporting.filling import environment
from hipwise.reporting.keyframes import KeyPicture
from hipwise.reporting.numbers import day_in_words
from hipwise.reporting.sections import (
    curves,
    findings,
    heading,
    hip_profile,
    numbers,
    routine,
    sources,
    truth,
)


def render(analysis: Analysis, key_pictures: Sequence[Sequence[KeyPicture]] = ()) -> str:
    """Return the page. `key_pictures` holds each view's key frames, in the order of the views."""
    pictures = [*key_pictures, *[()] * (len(analysis.views) - len(key_pictures))]
    library = analysis.library
    context: dict[str, Any] = {
        "analysis": analysis,
        "version": hipwise.__version__,
        "date": day_in_words(analysis.made_at),
        "recordings": heading.recording_lines(analysis),
        "profile": hip_profile.profile_picture(
            analysis.hip_profile, analysis.measurements, library
        ),
        "tests": _tests(analysis.screened, library) if analysis.screened else None,
        "cards": findings.cards(analysis),
        "fine": findings.fine(analysis),
        "routine": (
            routine.routine(analysis.session, analysis.findings, library)
            if analysis.session
            else None
        ),
        "views": [
            _view(view, shown, analysis)
            for view, shown in zip(analysis.views, pictures, strict=True)
        ],
        "withheld": _withheld(analysis),
        "truth": truth.truth_lines(analysis.truth, library),
        "truth_chart": truth.truth_chart(analysis.truth, library),
        "sources": sources.source_lines(analysis),
    }
    return environment().get_template("report.html.j2").render(context)


def _view(view: ViewAnalysis, pictures: Sequence[KeyPicture], analysis: Analysis) -> dict[str, Any]:
    """Return what the page shows of one recording."""
    gait, library = view.gait, analysis.library
    return {
        "words": heading.VIEW_WORDS[gait.view],
        "recording": view.recording,
        "gait": gait,
        "curves": curves.curve_figures(view, library),
        "toe_off": curves.toe_off_in_words(view),
        "doubts": curves.doubts_in_words(view),
        "pictures": pictures,
        "rows": numbers.rows(gait, library),
        "side_charts": numbers.side_charts(gait, library),
        "difference_chart": numbers.difference_chart(gait, library),
        "error_notes": numbers.error_notes(gait, library),
    }


def _tests(screened: Screened, library: Library) -> dict[str, Any]:
    """Return what the page shows of a screening beside the profile."""
    day = screened.answers.taken_at
    plan, protocol = screened.plan, library.protocol
    return {
        "day": day_in_words(day) if day else "",
        "rows": numbers.rows(screened.screening, library, screened.screening.profile),
        "notes": screened.screening.notes,
        "left_out": [(protocol(each.test).name, each.reason) for each in plan.left_out],
        "still_open": screened.open_tests,
        "error_notes": numbers.error_notes(screened.screening, library),
    }


def _withheld(analysis: Analysis) -> list[tuple[str, str]]:
    """Return each metric no camera could see, with the reason, once."""
    reasons = {
        (analysis.library.metric(each.metric).name, each.reason): None
        for view in analysis.views
        for each in view.gait.withheld
    }
    return list(reasons)
