"""One stride of one motion, asked for angles and points at its instants."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipwise.gait.gait import Stride
from hipwise.motion.motion import Motion

Array = NDArray[np.float64]


@dataclass(frozen=True)
class StrideWindow:
    """A stride with its motion. Angles are named without their side: the stride's own is meant."""

    motion: Motion
    stride: Stride

    @property
    def mid_stance_s(self) -> float:
        """Halfway between foot strike and toe-off."""
        return (self.stride.strike_s + self.stride.toe_off_s) / 2

    def angle(self, name: str) -> Array:
        """(T,) degrees over the whole recording."""
        sided = f"{name}_{self.stride.side}"
        return self.motion.angles[sided if sided in self.motion.angles else name]

    def over_stride(self, name: str) -> Array:
        """Samples of the angle from strike to next strike."""
        return self._part(self.angle(name), self.stride.strike_s, self.stride.next_strike_s)

    def in_stance(self, name: str) -> Array:
        """Samples of the angle from strike to toe-off."""
        return self._part(self.angle(name), self.stride.strike_s, self.stride.toe_off_s)

    def at_strike(self, name: str) -> float:
        """Angle at foot strike, interpolated."""
        return self._at(self.angle(name), self.stride.strike_s)

    def at_mid_stance(self, name: str) -> float:
        """Angle at mid-stance, interpolated."""
        return self._at(self.angle(name), self.mid_stance_s)

    def height_range(self, point: Array) -> float:
        """Vertical range of a (T, 2) point over the stride, in the point's unit."""
        part = self._part(point[:, 1], self.stride.strike_s, self.stride.next_strike_s)
        return float(part.max() - part.min())

    def point_at_mid_stance(self, point: Array) -> Array:
        """(2,) position of a (T, 2) point at mid-stance."""
        return np.array([self._at(point[:, axis], self.mid_stance_s) for axis in (0, 1)])

    def _at(self, values: Array, time_s: float) -> float:
        return float(np.interp(time_s, self.motion.time_s, values))

    def _part(self, values: Array, start_s: float, end_s: float) -> Array:
        """Samples inside, and the two interpolated ends."""
        time_s = self.motion.time_s
        inside = values[(time_s > start_s) & (time_s < end_s)]
        return np.concatenate([[self._at(values, start_s)], inside, [self._at(values, end_s)]])
