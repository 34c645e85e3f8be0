"""Every angle over the gait cycle: mean, spread and number of strides, for each side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hipwise.gait.gait import CycleCurve, Stride
from hipwise.measurement import Side
from hipwise.motion.motion import Motion

PERCENT = np.linspace(0.0, 100.0, 101)


def cycle_curves(motion: Motion, strides: Sequence[Stride]) -> tuple[CycleCurve, ...]:
    """Return the curves of every angle; an angle without a side is cut by each side's strides."""
    curves = []
    for side in Side:
        own = [stride for stride in strides if stride.side is side]
        if not own:
            continue
        toe_off = float(np.mean([s.contact_s / s.duration_s * 100 for s in own]))
        for name in motion.angles:
            if name.endswith(f"_{side.other}"):
                continue
            cycles = normalised_cycles(motion.time_s, motion.angles[name], own)
            if len(cycles):
                sd = cycles.std(axis=0, ddof=1) if len(cycles) > 1 else np.full(101, np.nan)
                curves.append(
                    CycleCurve(
                        angle=name.removesuffix(f"_{side}"),
                        side=side,
                        mean=cycles.mean(axis=0),
                        sd=sd,
                        n=len(cycles),
                        toe_off_percent=toe_off,
                    )
                )
    return tuple(curves)


def normalised_cycles(
    time_s: NDArray[np.float64], angle_deg: NDArray[np.float64], strides: Sequence[Stride]
) -> NDArray[np.float64]:
    """Cut `angle_deg` (T,) into strides of 101 points (n, 101); strides with NaN are left out."""
    cycles = [
        np.interp(np.linspace(s.strike_s, s.next_strike_s, 101), time_s, angle_deg) for s in strides
    ]
    whole = [cycle for cycle in cycles if np.isfinite(cycle).all()]
    return np.array(whole) if whole else np.empty((0, 101))
