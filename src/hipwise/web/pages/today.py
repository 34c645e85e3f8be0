"""Today: the session, and one big button."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from hipwise.knowledge import Library
from hipwise.planning import Session
from hipwise.reporting.numbers import clock
from hipwise.reporting.sections.routine import PHASE_WORDS, dose_in_words
from hipwise.services.today import today_by_plan
from hipwise.web import figures
from hipwise.web.shown import Evidence, Planned, page

router = APIRouter(include_in_schema=False)
SHORT_MIN = (4, 8)
"""The minutes that are offered beside the plan (chosen by us)."""
GREETING = "runner_drive"
"""The movement that greets who comes for the first time: a runner's hips, and their balance."""


@router.get("/today")
def today(request: Request, store: Planned, library: Evidence) -> Response:
    """Show what is for today; before the safety questions, lead there."""
    known = today_by_plan(store, datetime.now().astimezone())
    open_ = [session for session in known.sessions if session.id not in known.done]
    return page(
        request,
        "today",
        title="Today",
        today=known,
        session=_shown(open_[0], library) if open_ else None,
        words=PHASE_WORDS,
        short=SHORT_MIN,
    )


@router.get("/welcome")
def welcome(request: Request, library: Evidence) -> Response:
    """Greet who comes for the first time."""
    return page(
        request,
        "welcome",
        title="Welcome",
        figure=figures.address("exercise", GREETING, library),
        still=figures.address("exercise", GREETING, library, calm=True),
    )


def _shown(session: Session, library: Library) -> dict[str, object]:
    return {
        "id": session.id,
        "time": clock(round(session.seconds, -1)),
        "when": PHASE_WORDS[session.kind].partition(",")[0],
        "exercises": [
            {
                "name": exercise.name,
                "dose": dose_in_words(item, exercise),
                "still": figures.address("exercise", exercise.id, library, calm=True),
            }
            for item in session.items
            for exercise in (library.exercise(item.exercise),)
        ],
    }
