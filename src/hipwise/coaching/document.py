"""A timeline as a JSON document, for players that are no Python."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from hipwise.coaching.timeline import Timeline
from hipwise.knowledge.library import Library

SCHEMA = "hipwise.timeline/1"


def to_document(timeline: Timeline, library: Library) -> dict[str, Any]:
    """Return the steps and beeps, and what is to be known of each exercise.

    Every step has the fields of `Step`, every beep those of `Beep`; `easier` is the id and name of
    the form to go back to, null where there is none.
    """
    session = timeline.session
    return {
        "schema": SCHEMA,
        "session": session.id,
        "kind": str(session.kind),
        "day": session.day.isoformat() if session.day else None,
        "seconds": timeline.seconds,
        "exercises": [_exercise(item.exercise, library) for item in session.items],
        "steps": [asdict(step) for step in timeline.steps],
        "beeps": [asdict(beep) for beep in timeline.beeps],
    }


def _exercise(id: str, library: Library) -> dict[str, Any]:
    exercise = library.exercise(id)
    easier = library.exercise(exercise.regression) if exercise.regression else None
    return {
        "id": id,
        "name": exercise.name,
        "cues": list(exercise.cues),
        "faults": list(exercise.faults),
        "easier": {"id": easier.id, "name": easier.name} if easier else None,
    }
