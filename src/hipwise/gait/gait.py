"""What the gait room hands on: foot contacts, curves over the gait cycle, measurements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from hipwise.measurement import Measurement, Side, Symmetry, View
from hipwise.motion.motion import Motion


class EventKind(StrEnum):
    """The two instants that bound a contact."""

    FOOT_STRIKE = "foot_strike"
    TOE_OFF = "toe_off"


@dataclass(frozen=True)
class Event:
    """One foot strike or toe-off, at the recording's own time."""

    side: Side
    kind: EventKind
    time_s: float


@dataclass(frozen=True)
class Stride:
    """Foot strike to the next foot strike of the same foot, with the toe-off between."""

    side: Side
    strike_s: float
    toe_off_s: float
    next_strike_s: float

    @property
    def duration_s(self) -> float:
        """Stride time."""
        return self.next_strike_s - self.strike_s

    @property
    def contact_s(self) -> float:
        """Ground contact time."""
        return self.toe_off_s - self.strike_s


@dataclass(frozen=True)
class CycleCurve:
    """One angle over the gait cycle of one side: `mean` and `sd` (101,) over `n` strides.

    The gait cycle runs from 0 % (foot strike) to 100 % (the same foot's next strike).
    """

    angle: str
    side: Side
    mean: NDArray[np.float64]
    sd: NDArray[np.float64]
    n: int
    toe_off_percent: float


@dataclass(frozen=True)
class Withheld:
    """A metric that this recording cannot give, and why."""

    metric: str
    reason: str


@dataclass(frozen=True)
class Warn:
    """Something a reader must know about the recording, with a short code for programs."""

    code: str
    message: str


@dataclass(frozen=True)
class Gait:
    """One recording's gait analysis. `per_stride` holds the table behind `strides.csv`."""

    motion: Motion
    view: View
    events: tuple[Event, ...]
    strides: tuple[Stride, ...]
    curves: tuple[CycleCurve, ...]
    measurements: tuple[Measurement, ...]
    symmetries: tuple[Symmetry, ...]
    withheld: tuple[Withheld, ...]
    warnings: tuple[Warn, ...]
    per_stride: Mapping[str, tuple[float | str, ...]]

    def strides_of(self, side: Side) -> tuple[Stride, ...]:
        """Return the strides of one side, in time order."""
        return tuple(s for s in self.strides if s.side is side)
