"""Today's routine: each exercise with its dose, cues, the finding it serves and its picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hipwise.findings.finding import Finding
from hipwise.knowledge import Library
from hipwise.knowledge.exercises import Exercise
from hipwise.planning.plan import Prescription, Session
from hipwise.planning.session import GENERAL
from hipwise.reporting.numbers import clock, number, small_first

if TYPE_CHECKING:
    from hipwise.reporting.animation import MovingFigure

PHASE_WORDS = {
    "pre_run": "before your run",
    "post_run": "after your run",
    "strength": "strength, never just before a run",
    "daily": "daily minutes",
}
GENERAL_WORDS = "general hip care for runners"


@dataclass(frozen=True)
class Item:
    """One exercise ready to be laid out.

    `why` is empty where the exercise serves no finding and the head of the routine says so.
    """

    exercise: Exercise
    dose: str
    pace: str
    time: str
    watch_for: str
    leave_out_if: str
    why: tuple[str, ...]
    figure: MovingFigure


@dataclass(frozen=True)
class Routine:
    """The whole session: how long, when, what, and what it does not cover.

    `general` tells that no exercise serves a finding.
    """

    time: str
    when: str
    general: bool
    items: tuple[Item, ...]
    not_covered: tuple[tuple[str, str], ...]


def routine(session: Session, findings: Sequence[Finding], library: Library) -> Routine:
    """Lay out `session`; the reasons name the findings by their titles."""
    titles = {finding.id: finding.title for finding in findings}
    general = not any(id in titles for item in session.items for id in item.serves)
    return Routine(
        time=clock(session.seconds),
        when=PHASE_WORDS[session.kind],
        general=general,
        items=tuple(item_of(item, titles, library, general=general) for item in session.items),
        not_covered=tuple((library.target(x.target).name, x.reason) for x in session.left_out),
    )


def item_of(item: Prescription, titles: dict[str, str], library: Library, *, general: bool) -> Item:
    """Lay out one exercise; `general` tells that no exercise around it serves a finding."""
    from hipwise.reporting.animation import moving_figure

    exercise = library.exercise(item.exercise)
    served = tuple(titles[finding] for finding in item.serves if finding in titles)
    reason = GENERAL_WORDS if item.reason == GENERAL else item.reason
    hints = (library.contraindication(tag).meaning for tag in exercise.contraindications)
    return Item(
        exercise=exercise,
        dose=dose_in_words(item, exercise),
        pace=_pace(item, exercise),
        time=clock(item.seconds),
        watch_for=_enumerated(exercise.faults),
        leave_out_if=_enumerated(hints),
        why=() if general and item.reason == GENERAL else served or (reason,),
        figure=moving_figure(library.exercise_poses[exercise.id]),
    )


def _enumerated(sentences: Iterable[str]) -> str:
    """Return sentences as one list in running text, each begun with a small letter."""
    return "; ".join(small_first(each) for each in sentences)


def dose_in_words(item: Prescription, exercise: Exercise) -> str:
    """Return `2 × 10 each side`, `1 × 30 s`, with the extra set where one side gets more."""
    reps = item.reps or 1
    if item.hold_s is None:
        each = f"{reps}"
    else:
        held = f"{number(item.hold_s, 0)} s"
        each = held if reps == 1 else f"{reps} holds of {held}"
    words = f"{item.sets} × {each}"
    if exercise.unilateral:
        words += " each side"
    if item.extra_side is not None:
        words += f", one more set {item.extra_side}"
    return words


def _pace(item: Prescription, exercise: Exercise) -> str:
    if item.hold_s is not None or exercise.dose.tempo is None:
        return ""
    return f"about {number(exercise.dose.rep_s, 0)} s each"
