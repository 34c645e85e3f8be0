"""Is this running at all, and is there enough of it? Asked before anything is measured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hipwise.errors import NotEnoughData
from hipwise.gait.gait import Stride, Warn
from hipwise.gait.window import StrideWindow
from hipwise.measurement import Side
from hipwise.motion.motion import Motion

MIN_SAMPLE_RATE_HZ = 24.5
"""25 frames a second, less rounding: a contact of 0.25 s then spans six frames (chosen by us)."""
GOOD_SAMPLE_RATE_HZ = 50.0
MIN_STRIDES_A_SIDE = 2
STRIDES_FOR_FINDINGS = 7
"""Steps a side from which two-dimensional running angles are repeatable (Dingenen 2018)."""
RUNNING_CADENCE_PER_MIN = (125.0, 260.0)
"""Chosen by us, wider than recreational running."""
ENOUGH_FOR_STRIDES_S = 3.0
"""Even the slowest runner takes two whole strides with either foot in this time (chosen by us)."""
MAX_OUTSIDE_SHARE = 0.2
FOOT_POINTS = ("ankle", "heel", "foot_index")


def require_sample_rate(motion: Motion) -> None:
    """Raise NotEnoughData (`low_frame_rate`) under 25 frames a second."""
    if motion.sample_rate_hz < MIN_SAMPLE_RATE_HZ:
        raise NotEnoughData(
            f"The video has {motion.sample_rate_hz:.0f} frames a second, too few to see a foot "
            "strike: film with at least 25, better 60 or more.",
            code="low_frame_rate",
        )


def require_feet(motion: Motion) -> None:
    """Raise NotEnoughData (`feet_not_visible`) where the feet are often out of the picture."""
    if motion.picture_px is None:
        return
    width_px, height_px = motion.picture_px
    outside = np.zeros(len(motion.time_s), dtype=bool)
    for side in Side:
        for name in FOOT_POINTS:
            x, y = motion.point(f"{side}_{name}").T
            outside |= (x < 0) | (x > width_px) | (-y < 0) | (-y > height_px)
    tracked = np.isfinite(motion.points[:, 0, 0])
    share = float(outside[tracked].mean()) if tracked.any() else 0.0
    if share > MAX_OUTSIDE_SHARE:
        raise NotEnoughData(
            f"The feet are out of the picture in {share:.0%} of the frames: film the whole body, "
            "with room below the feet.",
            code="feet_not_visible",
        )


def require_running(motion: Motion, strides: Sequence[Stride]) -> None:
    """Raise NotEnoughData (`too_short`, `not_running`) unless a person runs here.

    In running the body sinks onto the standing leg, in walking it vaults over it (Cavagna et al.
    1976): the pelvis is low at mid-stance only in running. Both feet must take part.
    """
    counts = [sum(s.side is side for s in strides) for side in Side]
    if min(counts) < MIN_STRIDES_A_SIDE and _tracked_s(motion) > ENOUGH_FOR_STRIDES_S:
        raise _not_running("no repeating steps of both feet were found")
    if min(counts) < MIN_STRIDES_A_SIDE:
        raise NotEnoughData(
            f"Only {counts[0]} left and {counts[1]} right whole strides are in the video: film at "
            "least ten seconds of steady running.",
            code="too_short",
        )
    cadence = 120 / float(np.median([s.duration_s for s in strides]))
    low, high = RUNNING_CADENCE_PER_MIN
    if not low <= cadence <= high:
        raise _not_running(f"{cadence:.0f} steps a minute is not a running rhythm")
    if _pelvis_rise_at_mid_stance(motion, strides) >= 0:
        raise _not_running("the body rises over the standing leg, as in walking")


def warnings_about(motion: Motion, strides: Sequence[Stride]) -> tuple[Warn, ...]:
    """Say what limits a recording that can be used."""
    warnings = []
    if motion.sample_rate_hz < GOOD_SAMPLE_RATE_HZ:
        warnings.append(
            Warn(
                "low_frame_rate",
                f"{motion.sample_rate_hz:.0f} frames a second: contact and flight times are "
                "coarse; 60 or more frames a second are better.",
            )
        )
    for side in Side:
        n = sum(stride.side is side for stride in strides)
        if n < STRIDES_FOR_FINDINGS:
            warnings.append(
                Warn(
                    "few_strides",
                    f"Only {n} {side} strides: the values are given, but no finding rests on "
                    f"fewer than {STRIDES_FOR_FINDINGS} a side.",
                )
            )
    untracked = float(np.mean(~np.isfinite(motion.points[:, 0, 0])))
    if untracked > 0.05:
        warnings.append(
            Warn("runner_lost", f"The runner was not found in {untracked:.0%} of the frames.")
        )
    return tuple(warnings)


def _pelvis_rise_at_mid_stance(motion: Motion, strides: Sequence[Stride]) -> float:
    """Median height of the pelvis at mid-stance over that at foot strike and toe-off."""
    hips = (motion.point("left_hip") + motion.point("right_hip")) / 2
    rises = []
    for stride in strides:
        window = StrideWindow(motion, stride)
        ends = np.interp([stride.strike_s, stride.toe_off_s], motion.time_s, hips[:, 1]).mean()
        rises.append(window.point_at_mid_stance(hips)[1] - ends)
    return float(np.nanmedian(rises))


def _tracked_s(motion: Motion) -> float:
    """How long the runner is followed in all."""
    return float(np.isfinite(motion.points[:, 0, 0]).sum() / motion.sample_rate_hz)


def _not_running(reason: str) -> NotEnoughData:
    return NotEnoughData(
        f"This does not look like running: {reason}. hipwise analyses running; film ten seconds "
        "of it, one person, the whole body in the picture.",
        code="not_running",
    )
