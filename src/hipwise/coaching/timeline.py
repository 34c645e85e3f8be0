"""A session second by second: get ready, work, turn round, rest, and what is said and heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from hipwise.knowledge.exercises import Exercise
from hipwise.knowledge.library import Library, load
from hipwise.measurement import Side
from hipwise.planning.dose import stepped
from hipwise.planning.plan import Prescription, Session

COUNTED_DOWN_S = 3
"""So many seconds before work begins each is beeped (chosen by us)."""
HALF_WAY_FROM_S = 20.0
"""Work of at least this length has its middle told (chosen by us)."""
LOW_HZ, HIGH_HZ = 660.0, 990.0
"""What counts down, and what begins and ends (chosen by us)."""
SHORT_S, LONG_S = 0.12, 0.35


class StepKind(StrEnum):
    """What a step of a session is."""

    GET_READY = "get_ready"
    WORK = "work"
    TURN = "turn"
    REST = "rest"


@dataclass(frozen=True)
class Beep:
    """A tone at a time of the session."""

    at_s: float
    seconds: float
    pitch_hz: float


@dataclass(frozen=True)
class Step:
    """One step of a session.

    `place` is the exercise's place in it, from 0. A rest belongs to the exercise it lies in.
    `set` counts from 1 up to `of_sets`, those of this side; `reps` and `hold_s` are those of the
    set. `caption` is shown, and said when the step begins.
    """

    kind: StepKind
    start_s: float
    seconds: float
    place: int
    exercise: str
    side: Side | None
    set: int
    of_sets: int
    reps: int | None
    hold_s: float | None
    caption: str

    @property
    def end_s(self) -> float:
        """When it is over."""
        return self.start_s + self.seconds


@dataclass(frozen=True)
class Timeline:
    """Every step of a session, in order and without gaps."""

    session: Session
    steps: tuple[Step, ...]

    @property
    def seconds(self) -> float:
        """How long it takes: as long as the session."""
        return self.steps[-1].end_s if self.steps else 0.0

    @property
    def beeps(self) -> tuple[Beep, ...]:
        """What is heard, in order."""
        return tuple(sorted((b for step in self.steps for b in _beeps(step)), key=lambda b: b.at_s))


def coach(session: Session, library: Library | None = None) -> Timeline:
    """Lay a session out in time; it takes exactly the seconds that were planned for it.

    Raises KnowledgeError for an exercise that the library does not have, which is the built-in
    evidence unless another is given.
    """
    library = library or load()
    steps = [
        step for place, item in enumerate(session.items) for step in _steps(item, place, library)
    ]
    starts = accumulate((step.seconds for step in steps), initial=0.0)
    timed = (replace(step, start_s=start) for step, start in zip(steps, starts, strict=False))
    return Timeline(session, tuple(timed))


def _steps(item: Prescription, place: int, library: Library) -> Iterator[Step]:
    """Yield the steps of one exercise: all sets of a side, then those of the other.

    A side with a set more comes last, so that it follows without turning round.
    """
    exercise = stepped(library.exercise(item.exercise), item.steps)
    sides: list[Side | None] = [Side.LEFT, Side.RIGHT] if exercise.unilateral else [None]
    if item.extra_side is Side.LEFT:
        sides.reverse()
    blank = Step(
        StepKind.GET_READY,
        start_s=0.0,
        seconds=library.setting("change_exercise_s"),
        place=place,
        exercise=exercise.id,
        side=sides[0],
        set=1,
        of_sets=item.sets,
        reps=item.reps,
        hold_s=item.hold_s,
        caption="",
    )
    yield replace(blank, caption=f"Get ready: {exercise.name}{_on(sides[0])}")
    for side in sides:
        if side is not sides[0]:
            turn_s = library.setting("change_side_s")
            caption = f"Switch sides{_on(side)}"
            yield replace(blank, kind=StepKind.TURN, seconds=turn_s, side=side, caption=caption)
        sets = item.sets + (side is not None and side is item.extra_side)
        yield from _sets(replace(blank, side=side, of_sets=sets), exercise)


def _sets(blank: Step, exercise: Exercise) -> Iterator[Step]:
    """Yield the sets of one side with the rests between them."""
    dose, rest = exercise.dose, replace(blank, kind=StepKind.REST, seconds=exercise.dose.rest_s)
    for number in range(1, blank.of_sets + 1):
        if number > 1 and dose.rest_s > 0:
            yield replace(rest, set=number, caption=f"Rest. Then set {number}{_on(blank.side)}")
        yield replace(
            blank,
            kind=StepKind.WORK,
            seconds=dose.set_s,
            set=number,
            caption=_do(blank, exercise),
        )


def _do(step: Step, exercise: Exercise) -> str:
    """Return what to do in a set, such as `10 repetitions, left`."""
    if step.hold_s is None:
        amount = f"{step.reps} repetitions"
    elif step.reps in (None, 1):
        amount = f"Hold {step.hold_s:g} seconds"
    else:
        amount = f"{step.reps} holds of {step.hold_s:g} seconds"
    return f"{exercise.name}: {amount}{_on(step.side)}"


def _on(side: Side | None) -> str:
    return "" if side is None else f", {side} side"


def _beeps(step: Step) -> Iterator[Beep]:
    """Yield the countdown before work, its beginning, its middle where it is long, and its end."""
    if step.kind is not StepKind.WORK:
        for left in range(min(COUNTED_DOWN_S, int(step.seconds)), 0, -1):
            yield Beep(step.end_s - left, SHORT_S, LOW_HZ)
        return
    yield Beep(step.start_s, LONG_S, HIGH_HZ)
    if step.seconds >= HALF_WAY_FROM_S:
        yield Beep(step.start_s + step.seconds / 2, SHORT_S, HIGH_HZ)
    yield Beep(step.end_s - SHORT_S, SHORT_S, HIGH_HZ)
