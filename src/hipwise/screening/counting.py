"""Repetitions counted and holds timed from one angle over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Repetition:
    """One going up to a peak and back: when it began, peaked and ended, and how far it went."""

    start_s: float
    peak_s: float
    end_s: float
    peak: float


@dataclass(frozen=True)
class RepetitionCounter:
    """Counts a movement that leaves `rest` and comes back, with hysteresis.

    A repetition begins when the signal rises past `rest` + 60 % of the way to `full` and ends when
    it falls back past 30 % of it, so that a shiver at one level is not counted twice (both shares
    chosen by us). One that does not reach the 60 %, or does not start from rest, is none.
    """

    rest: float
    full: float

    def count(self, time_s: Array, signal: Array) -> tuple[Repetition, ...]:
        """Return the whole repetitions in `signal` (T,) in time order; NaN is passed over."""
        share = (signal - self.rest) / (self.full - self.rest)
        known = np.flatnonzero(np.isfinite(share))
        rested, up, marks = False, False, []
        for i in known:
            if rested and not up and share[i] >= 0.6:
                up = True
                marks.append(int(i))
            elif share[i] <= 0.3:
                rested = True
                if up:
                    up = False
                    marks.append(int(i))
        whole = len(marks) // 2 * 2
        pairs = zip(marks[:whole:2], marks[1:whole:2], strict=True)
        return tuple(self._between(time_s, signal, begin, end) for begin, end in pairs)

    def _between(self, time_s: Array, signal: Array, begin: int, end: int) -> Repetition:
        part = signal[begin : end + 1]
        toward = part if self.full > self.rest else -part
        peak = begin + int(np.nanargmax(toward))
        return Repetition(
            float(time_s[begin]), float(time_s[peak]), float(time_s[end]), float(signal[peak])
        )


def longest_hold_s(
    time_s: Array, signal: Array, low: float, high: float, *, slip_s: float = 0.3
) -> float:
    """Longest time (s) in which `signal` (T,) stays between `low` and `high`.

    Leaving the range, or losing sight (NaN), for up to `slip_s` does not end the hold: that is a
    wobble of the network rather than of the person (chosen by us).
    """
    inside = (signal >= low) & (signal <= high)
    best, begin, last = 0.0, None, None
    for t, ok in zip(time_s.tolist(), inside.tolist(), strict=True):
        if ok:
            begin = t if begin is None else begin
            last = t
            best = max(best, last - begin)
        elif last is not None and t - last > slip_s:
            begin = last = None
    return best


def steady_extreme(time_s: Array, signal: Array, hold_s: float = 0.5) -> float:
    """Highest value of `signal` (T,) that is held for `hold_s`: a swing's top does not count.

    The highest running minimum over windows of `hold_s`; the largest value where the recording is
    shorter, NaN where nothing is known.
    """
    known = np.isfinite(signal)
    time_s, signal = time_s[known], signal[known]
    if len(signal) == 0:
        return float("nan")
    if time_s[-1] - time_s[0] < hold_s:
        return float(signal.max())
    ends = np.searchsorted(time_s, time_s + hold_s, side="right")
    windows = [signal[i:end] for i, end in enumerate(ends) if time_s[-1] - time_s[i] >= hold_s]
    return float(max(window.min() for window in windows))
