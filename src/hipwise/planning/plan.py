"""Today's routine: which exercises, how much, for which finding, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass

from hipwise.measurement import Side


@dataclass(frozen=True)
class Prescription:
    """One exercise in a session.

    `seconds` is the whole time it takes: getting ready, both sides, rests, the extra set.

    `serves` are finding ids, empty where it serves `reason` only (a warm-up for every runner).
    `extra_side` gets one set more, where a finding has a side; both sides are always trained.
    """

    exercise: str
    sets: int
    reps: int | None
    hold_s: float | None
    seconds: float
    serves: tuple[str, ...]
    reason: str
    extra_side: Side | None


@dataclass(frozen=True)
class LeftOut:
    """A training target that the session could not serve, and why."""

    target: str
    reason: str


@dataclass(frozen=True)
class Session:
    """One routine to follow. `phase` is `pre_run`, `post_run` or `strength`."""

    phase: str
    minutes_allowed: float
    items: tuple[Prescription, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def seconds(self) -> float:
        """How long the whole session takes."""
        return sum(item.seconds for item in self.items)
