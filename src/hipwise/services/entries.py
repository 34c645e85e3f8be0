"""From what a runner tells to entries of the log."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from hipwise.errors import UsageError
from hipwise.planning import Session
from hipwise.progress.log import (
    ExerciseDone,
    Felt,
    MorningAfter,
    RunDone,
    SessionDone,
    TimeOff,
)


@dataclass(frozen=True)
class Told:
    """How a session went: exercises by id; what is not named went right and without pain.

    `pains` are 0 to 10 during an exercise. `skipped` were not done.
    """

    before: int | None = None
    after: int | None = None
    too_easy: Collection[str] = ()
    too_hard: Collection[str] = ()
    skipped: Collection[str] = ()
    stopped: Collection[str] = ()
    below_knee: Collection[str] = ()
    pains: Mapping[str, int] = field(default_factory=dict)


def session_done(session: Session, at: datetime, told: Told) -> SessionDone:
    """Return the entry of a session of the plan; its id is the session's, so it counts once.

    Raises UsageError for an exercise that the session does not have, or pain that cannot be.
    """
    own = [item.exercise for item in session.items]
    named = {*told.too_easy, *told.too_hard, *told.skipped, *told.stopped, *told.below_knee}
    for id in sorted({*named, *told.pains} - set(own)):
        raise UsageError(f"'{id}' is not in this session; it has {', '.join(own)}.")
    items = tuple(
        ExerciseDone(
            exercise=item.exercise,
            sets=0 if item.exercise in told.skipped else item.sets,
            reps=item.reps,
            hold_s=item.hold_s,
            felt=_felt(item.exercise, told),
            pain=told.pains.get(item.exercise),
            below_knee=item.exercise in told.below_knee,
            stopped=item.exercise in told.stopped,
        )
        for item in session.items
    )
    return SessionDone(
        id=f"session.{session.id}",
        at=at,
        session=session.id,
        kind=session.kind,
        seconds=session.seconds,
        items=items,
        pain_before=told.before,
        pain_after=told.after,
    )


def _felt(exercise: str, told: Told) -> Felt:
    if exercise in told.too_hard or exercise in told.stopped:
        return Felt.TOO_HARD
    return Felt.TOO_EASY if exercise in told.too_easy else Felt.RIGHT


def morning_after(day: date, pain: int, *, stiff: bool) -> MorningAfter:
    """Return the entry of a morning; one for each day."""
    return MorningAfter(f"morning.{day.isoformat()}", day, pain, stiff)


def run_done(
    at: datetime, km: float, *, minutes: float | None, hard: bool, pain: int | None
) -> RunDone:
    """Return the entry of a run."""
    return RunDone(f"run.{at.isoformat(timespec='minutes')}", at, km, minutes, hard, pain)


def time_off(reason: str, first: date, last: date) -> TimeOff:
    """Return the entry of days without training (`ill`) or without equipment (`away`)."""
    return TimeOff(f"{reason}.{first.isoformat()}", reason, first, last)
