"""What a runner writes down: sessions done, the morning after, runs, illness and time away.

Every entry has an `id` that whoever writes it makes up once; an entry that arrives twice with the
same id is one entry. Pain is a number from 0 (none) to 10 (the worst one can think of).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from hipwise.errors import UsageError
from hipwise.planning.plan import SessionKind

WORST_PAIN = 10


class Felt(StrEnum):
    """How an exercise felt."""

    TOO_EASY = "too_easy"
    RIGHT = "right"
    TOO_HARD = "too_hard"


@dataclass(frozen=True)
class ExerciseDone:
    """One exercise of a session as it was done.

    `reps` are those of the shortest set; `reps_in_reserve` how many more would have been possible.
    `pain` is the worst during it, `below_knee` whether it went down the leg, and `stopped` whether
    the runner ended the exercise because of it.
    """

    exercise: str
    sets: int
    reps: int | None = None
    hold_s: float | None = None
    reps_in_reserve: int | None = None
    felt: Felt | None = None
    pain: int | None = None
    below_knee: bool = False
    stopped: bool = False

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be."""
        _pain(self.pain)
        for what, number in (("sets", self.sets), ("reps", self.reps)):
            if number is not None and not 0 <= number <= 100:
                raise UsageError(f"{number} {what} of an exercise cannot be: give 0 to 100.")


@dataclass(frozen=True)
class SessionDone:
    """A session that was done, whole or in part. `session` is the planned one's id, or empty."""

    id: str
    at: datetime
    session: str
    kind: SessionKind
    seconds: float
    items: tuple[ExerciseDone, ...]
    pain_before: int | None = None
    pain_after: int | None = None

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be."""
        _pain(self.pain_before)
        _pain(self.pain_after)


@dataclass(frozen=True)
class MorningAfter:
    """How it felt on the morning after a session or a run."""

    id: str
    day: date
    pain: int
    stiff_longer: bool = False

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be."""
        _pain(self.pain)


@dataclass(frozen=True)
class RunDone:
    """A run. `hard` is a long or fast one."""

    id: str
    at: datetime
    km: float
    minutes: float | None = None
    hard: bool = False
    pain: int | None = None

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be."""
        _pain(self.pain)
        if not 0 < self.km <= 300:
            raise UsageError(f"A run of {self.km:g} km cannot be: give kilometres, such as 8.5.")


@dataclass(frozen=True)
class TimeOff:
    """Days without training: `reason` is `ill` or `away`; the last day counts."""

    id: str
    reason: str
    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse an unknown reason and days the wrong way round."""
        if self.reason not in {"ill", "away"}:
            raise UsageError(f"There is no reason '{self.reason}': say ill or away.")
        if self.last < self.first:
            raise UsageError(
                f"The days are the wrong way round: {self.last} is before {self.first}."
            )


Entry: TypeAlias = SessionDone | MorningAfter | RunDone | TimeOff


def _pain(pain: int | None) -> None:
    if pain is not None and not 0 <= pain <= WORST_PAIN:
        raise UsageError(f"Pain is a number from 0 to {WORST_PAIN}, not {pain}.")
