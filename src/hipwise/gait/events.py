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
from hipwise.measurement import Side
from hipwise.motion.motion import Motion, View

Array = NDArray[np.float64]
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
class PelvisVelocityEvents:
    """Contacts in a rear or front view, from the pelvis' rise and fall.

    The pelvis is lowest at mid-stance; the standing side is the one whose ankle is lower then.
    Foot strike is taken at its fastest fall before, toe-off at its fastest rise after (after
    Milner & Paquette 2015): good for finding the stance, too coarse for contact times.
    """

    def detect(self, motion: Motion) -> tuple[Event, ...]:
        """Return the events of both sides in time order; needs a rear or front view."""
        time_s = motion.time_s
        height = (motion.point("left_hip") + motion.point("right_hip"))[:, 1] / 2
        velocity = np.gradient(height, time_s)
        events: list[Event] = []
        for lowest in _lowest_points(time_s, height):
            window = 0.5 / 2.0
            before = _between(time_s, lowest - window, lowest)
            after = _between(time_s, lowest, lowest + window)
            if not (_whole(velocity[before]) and _whole(velocity[after])):
                continue
            side = _standing_side(motion, lowest)
            fall, rise = np.argmin(velocity[before]), np.argmax(velocity[after])
            events.append(Event(side, EventKind.FOOT_STRIKE, float(time_s[before][fall])))
            events.append(Event(side, EventKind.TOE_OFF, float(time_s[after][rise])))
        return tuple(sorted(events, key=lambda event: event.time_s))


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
    knee = motion.angles[f"knee_flexion_{side}"]
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
    swing = float(np.nanpercentile(height, 90) - np.nanpercentile(height, 10))
    depth = np.where(np.isfinite(height), -height, -np.inf)
    peaks, _ = find_peaks(
        depth, distance=max(1, int(1 / MAX_STEP_HZ / step_s)), prominence=0.3 * swing
    )
    return [extremum_time(time_s, height, int(i)) for i in peaks]


def _standing_side(motion: Motion, time_s: float) -> Side:
    i = int(np.argmin(np.abs(motion.time_s - time_s)))
    left, right = motion.point("left_ankle")[i, 1], motion.point("right_ankle")[i, 1]
    return Side.LEFT if left < right else Side.RIGHT


def _between(time_s: Array, start_s: float, end_s: float) -> NDArray[np.bool_]:
    return np.asarray((time_s >= start_s) & (time_s <= end_s))


def _whole(values: Array) -> bool:
    return len(values) > 0 and bool(np.isfinite(values).all())
