"""When each foot meets and leaves the ground, from keypoints alone.

Checked against force-plate contacts of a treadmill runner (`tests/gait/test_events.py`) and
against drawn runners whose contacts are known (`benchmarks/drawn_runner_accuracy.py`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipwise.gait.gait import Event, EventKind
from hipwise.measurement import Side, View
from hipwise.motion.filtering import ZeroLagButterworth
from hipwise.motion.gaps import finite_runs
from hipwise.motion.motion import Motion

Array = NDArray[np.float64]
KNEE_CUTOFF_HZ = 8.0
"""Extra smoothing of the knee before toe-off is read from it (chosen by us): its valley is flat,
and what noise takes off the valley's floor shifts the flank's crossings."""
LONGEST_HALF_STANCE_S = 0.25
MAX_STEP_HZ = 4.5
"""240 steps a minute and a margin: two contacts of one body are never closer than this (chosen)."""


@dataclass(frozen=True)
class FootVelocityEvents:
    """Contacts in a side view, from the foot's velocity relative to the pelvis.

    In stance the foot travels backwards with the ground, in swing forwards. Foot strike is where
    the speed of ankle and forefoot, turning backwards, passes `belt_speed_share` of the stance
    speed; a symmetric smoothing leaves the middle of that flank in place, so the share is one
    half. (Zeni et al. 2008 place it at the foot's foremost point, 20-30 ms early in running.)
    Toe-off is where the knee starts to bend for swing (Fellin et al. 2010 take the straightest
    knee; here it is found from the flank behind it).
    """

    belt_speed_share: float = 0.5

    def detect(self, motion: Motion) -> tuple[Event, ...]:
        """Return the events of both sides in time order; needs a side view."""
        events: list[Event] = []
        for side in Side:
            strikes = self._strikes(motion, side)
            events += [Event(side, EventKind.FOOT_STRIKE, t) for t in strikes]
            events += [Event(side, EventKind.TOE_OFF, t) for t in _toe_offs(motion, side, strikes)]
        return tuple(sorted(events, key=lambda event: event.time_s))

    def _strikes(self, motion: Motion, side: Side) -> list[float]:
        forward = -1.0 if motion.view is View.LEFT else 1.0
        pelvis = (motion.point("left_hip") + motion.point("right_hip"))[:, 0] / 2
        foot = (motion.point(f"{side}_ankle") + motion.point(f"{side}_foot_index"))[:, 0] / 2
        speed = np.gradient(forward * (foot - pelvis), motion.time_s)
        if not np.isfinite(speed).any():
            return []
        stance_speed = float(np.nanpercentile(speed, 8))
        crossings = crossing_times(
            motion.time_s, speed, self.belt_speed_share * stance_speed, rising=False
        )
        return _preceded_by_swing(motion.time_s, speed, crossings, stance_speed)


@dataclass(frozen=True)
class PelvisHeightEvents:
    """Contacts in a rear or front view, from the pelvis' rise and fall.

    The pelvis is lowest at mid-stance and highest in flight. Foot strike is taken where it has
    sunk to `height_share` of the way between the two, toe-off where it has risen to it. In the
    force-plate runner it stands at 0.79 of the way at foot strike and at 0.88 at toe-off
    (`tests/gait/test_events.py`); the share between them is chosen by us. Good for finding the
    stance and its middle, too coarse for contact times, which a rear view does not report.
    """

    height_share: float = 0.83

    def detect(self, motion: Motion) -> tuple[Event, ...]:
        """Return the events of both sides in time order; needs a rear or front view."""
        time_s = motion.time_s
        height = (motion.point("left_hip") + motion.point("right_hip"))[:, 1] / 2
        mid_stances = _lowest_points(time_s, height)
        events: list[Event] = []
        for lowest, side in zip(mid_stances, _standing_sides(motion, mid_stances), strict=True):
            fall = self._passing(time_s, height, lowest - LONGEST_HALF_STANCE_S, lowest)
            rise = self._passing(time_s, height, lowest, lowest + LONGEST_HALF_STANCE_S)
            if fall is not None and rise is not None:
                events.append(Event(side, EventKind.FOOT_STRIKE, fall))
                events.append(Event(side, EventKind.TOE_OFF, rise))
        return tuple(sorted(events, key=lambda event: event.time_s))

    def _passing(self, time_s: Array, height: Array, start_s: float, end_s: float) -> float | None:
        """When the pelvis passes the share of its way between `start_s` and `end_s`."""
        part = _between(time_s, start_s, end_s)
        if not _whole(height[part]):
            return None
        low, high = height[part].min(), height[part].max()
        level = low + self.height_share * (high - low)
        falling = height[part][0] > height[part][-1]
        times = crossing_times(time_s[part], height[part], level, rising=not falling)
        return float(times[-1 if falling else 0]) if len(times) else None


def crossing_times(time_s: Array, values: Array, level: float, *, rising: bool) -> Array:
    """Times at which `values` (T,) pass `level`, between the samples; NaN is skipped."""
    above = values - level if rising else level - values
    i = np.flatnonzero((above[:-1] < 0) & (above[1:] >= 0))
    share = above[i] / (above[i] - above[i + 1])
    return np.asarray(time_s[i] + share * (time_s[i + 1] - time_s[i]), dtype=np.float64)


def extremum_time(time_s: Array, values: Array, index: int) -> float:
    """Time of the extremum near sample `index`, from a parabola through three samples."""
    if not 0 < index < len(values) - 1:
        return float(time_s[index])
    before, here, after = values[index - 1 : index + 2]
    curvature = before - 2 * here + after
    shift = 0.0 if curvature == 0 else float(np.clip((before - after) / (2 * curvature), -0.5, 0.5))
    step = time_s[index + 1] - time_s[index] if shift > 0 else time_s[index] - time_s[index - 1]
    return float(time_s[index] + shift * step)


def _preceded_by_swing(
    time_s: Array, speed: Array, crossings: Iterable[float], stance_speed: float
) -> list[float]:
    """Keep the crossings before which the foot really swung forward since the last kept one."""
    kept: list[float] = []
    for t in crossings:
        since = kept[-1] if kept else float(time_s[0])
        swing = speed[_between(time_s, since, t)]
        if np.nanmax(swing, initial=-np.inf) > -0.5 * stance_speed:
            kept.append(float(t))
    return kept


def _toe_offs(motion: Motion, side: Side, strikes: list[float]) -> list[float]:
    """Instant from which the knee starts to bend for swing, for each pair of strikes.

    The straightest knee is a flat valley, in which noise moves the lowest point by tens of
    milliseconds; the flank behind it is steep. With an even angular acceleration from rest the
    knee passes +10 and +30 degrees at t10 and t30, and started (t30 - t10) / (sqrt(3) - 1) before
    t10. That lag is taken as the side's median, the flank for each stride.
    """
    knee = ZeroLagButterworth(KNEE_CUTOFF_HZ).apply(
        motion.time_s, motion.angles[f"knee_flexion_{side}"]
    )
    flanks = [
        _rise_of(motion.time_s, knee, strike, following)
        for strike, following in itertools.pairwise(strikes)
    ]
    flanks = [(t10, t30) for t10, t30 in flanks if np.isfinite(t10 + t30)]
    if not flanks:
        return []
    lag = float(np.median([t30 - t10 for t10, t30 in flanks])) / (np.sqrt(3) - 1)
    return [t10 - lag for t10, _ in flanks]


def _rise_of(
    time_s: Array, knee_deg: Array, strike: float, following: float
) -> tuple[float, float]:
    """When the knee passes 10 and 30 degrees more than its straightest after mid-stance; or NaN."""
    span = following - strike
    search = np.flatnonzero(_between(time_s, strike + 0.18 * span, strike + 0.72 * span))
    if len(search) < 4 or not _whole(knee_deg[search]):
        return np.nan, np.nan
    straightest = int(np.argmin(knee_deg[search][time_s[search] < strike + 0.6 * span]))
    rise = search[straightest:]
    passed = [
        crossing_times(time_s[rise], knee_deg[rise], knee_deg[rise[0]] + more, rising=True)
        for more in (10.0, 30.0)
    ]
    return (float(passed[0][0]), float(passed[1][0])) if all(map(len, passed)) else (np.nan, np.nan)


def _lowest_points(time_s: Array, height: Array) -> list[float]:
    """Times of the clear minima of the pelvis' height, at most MAX_STEP_HZ."""
    from scipy.signal import find_peaks

    if not np.isfinite(height).any():
        return []
    step_s = float(np.median(np.diff(time_s)))
    apart = max(1, int(1 / MAX_STEP_HZ / step_s))
    swing = float(np.nanpercentile(height, 90) - np.nanpercentile(height, 10))
    lowest = []
    # Each stretch by itself: where the runner is found again is no minimum.
    for part in finite_runs(height):
        peaks, _ = find_peaks(-height[part], distance=apart, prominence=0.3 * swing)
        lowest += [extremum_time(time_s[part], height[part], int(i)) for i in peaks]
    return lowest


def _standing_sides(motion: Motion, mid_stances: list[float]) -> list[Side]:
    """Which leg stands at each mid-stance: legs alternate, and the standing foot is the lower.

    Feet that cross hide each other, so single steps can deceive; the two halves of the steps,
    every second one, are compared as a whole. A missed step is seen as a double interval.
    """
    if len(mid_stances) < 2:
        return [Side.LEFT] * len(mid_stances)
    intervals = np.diff(mid_stances)
    numbers = np.concatenate([[0], np.cumsum(np.rint(intervals / np.median(intervals)))])
    left_higher = np.zeros(len(mid_stances))
    for name in ("ankle", "heel"):
        apart = motion.point(f"left_{name}")[:, 1] - motion.point(f"right_{name}")[:, 1]
        for i, t in enumerate(mid_stances):
            left_higher[i] += np.nanmean(apart[_between(motion.time_s, t - 0.06, t + 0.06)])
    even = numbers % 2 == 0
    even_stands_left = np.median(left_higher[even]) < np.median(left_higher[~even])
    return [Side.LEFT if is_even == even_stands_left else Side.RIGHT for is_even in even]


def _between(time_s: Array, start_s: float, end_s: float) -> NDArray[np.bool_]:
    return np.asarray((time_s >= start_s) & (time_s <= end_s))


def _whole(values: Array) -> bool:
    return len(values) > 0 and bool(np.isfinite(values).all())
