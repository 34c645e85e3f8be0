"""What one stride tells in a rear or front view. Widths are in hip widths: no scale is known."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from hipwise.gait.window import StrideWindow
from hipwise.measurement import Side, View
from hipwise.motion.motion import Motion


def trunk_lateral_lean_deg(stride: StrideWindow) -> float:
    """Largest lean of the trunk towards the standing leg while it stands."""
    towards = 1.0 if stride.stride.side is Side.RIGHT else -1.0
    return float(np.max(towards * stride.in_stance("trunk_right_lean")))


def crossover_hip_widths(stride: StrideWindow) -> float:
    """How far the standing ankle lies past the middle of the hips at mid-stance; + = across."""
    motion, side = stride.motion, stride.stride.side
    hips = (motion.point("left_hip") + motion.point("right_hip")) / 2
    ankle = stride.point_at_mid_stance(motion.point(f"{side}_ankle"))
    outward = right_sign(motion) * (1.0 if side is Side.RIGHT else -1.0)
    return float(-outward * (ankle[0] - stride.point_at_mid_stance(hips)[0]) / hip_width_px(motion))


def knee_valgus_midstance_deg(stride: StrideWindow) -> float:
    """Frontal projection angle of the knee at mid-stance; + = knee towards the midline."""
    return stride.at_mid_stance("knee_valgus")


def contralateral_pelvic_drop_deg(stride: StrideWindow) -> float:
    """How far the swing side's hip lies below the standing side's at mid-stance."""
    right_drop = stride.at_mid_stance("pelvic_right_drop")
    return right_drop if stride.stride.side is Side.LEFT else -right_drop


SIDED: Mapping[str, Callable[[StrideWindow], float]] = {
    "trunk_lateral_lean": trunk_lateral_lean_deg,
    "crossover": crossover_hip_widths,
    "knee_valgus_midstance": knee_valgus_midstance_deg,
    "contralateral_pelvic_drop": contralateral_pelvic_drop_deg,
}
"""One number a stride, given for each side."""


def step_widths(strides: Sequence[StrideWindow]) -> list[float]:
    """Sideways distance of each ankle from the other's before it, at mid-stance, in hip widths."""
    widths = []
    for before, after in itertools.pairwise(strides):
        if before.stride.side is after.stride.side:
            continue
        right, left = (before, after) if before.stride.side is Side.RIGHT else (after, before)
        motion = right.motion
        apart = _ankle_at_mid_stance(right) - _ankle_at_mid_stance(left)
        widths.append(right_sign(motion) * apart / hip_width_px(motion))
    return widths


def right_sign(motion: Motion) -> float:
    """+1 where the runner's right is the image's right (seen from behind)."""
    return 1.0 if motion.view is View.REAR else -1.0


def hip_width_px(motion: Motion) -> float:
    """Median distance between the two hip points in the picture."""
    across = motion.point("right_hip") - motion.point("left_hip")
    return float(np.nanmedian(np.linalg.norm(across, axis=1)))


def _ankle_at_mid_stance(stride: StrideWindow) -> float:
    return float(stride.point_at_mid_stance(stride.motion.point(f"{stride.stride.side}_ankle"))[0])
