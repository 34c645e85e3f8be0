"""What one stride tells in a side view. Each function takes one stride, returns one number."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from hipwise.gait.window import StrideWindow


def cadence_per_min(stride: StrideWindow) -> float:
    """Steps a minute: two for each stride."""
    return 120.0 / stride.stride.duration_s


def stride_time_s(stride: StrideWindow) -> float:
    """Foot strike to the same foot's next strike."""
    return stride.stride.duration_s


def contact_ms(stride: StrideWindow) -> float:
    """Foot strike to toe-off."""
    return stride.stride.contact_s * 1000


def duty_factor_percent(stride: StrideWindow) -> float:
    """Share of the stride that the foot is on the ground."""
    return stride.stride.contact_s / stride.stride.duration_s * 100


def thigh_excursion_deg(stride: StrideWindow) -> float:
    """Range of the thigh against the vertical over the stride."""
    return float(np.ptp(stride.over_stride("thigh_flexion")))


def peak_thigh_extension_deg(stride: StrideWindow) -> float:
    """How far the thigh goes behind the vertical."""
    return float(-np.min(stride.over_stride("thigh_flexion")))


def peak_thigh_flexion_deg(stride: StrideWindow) -> float:
    """How far the thigh comes in front of the vertical."""
    return float(np.max(stride.over_stride("thigh_flexion")))


def thigh_flexion_at_contact_deg(stride: StrideWindow) -> float:
    """Thigh against the vertical at foot strike."""
    return stride.at_strike("thigh_flexion")


def hip_excursion_to_trunk_deg(stride: StrideWindow) -> float:
    """Range of the thigh against the trunk over the stride."""
    return float(np.ptp(stride.over_stride("hip_flexion_to_trunk")))


def hip_flexion_to_trunk_at_contact_deg(stride: StrideWindow) -> float:
    """Thigh against the trunk at foot strike."""
    return stride.at_strike("hip_flexion_to_trunk")


def knee_flexion_at_contact_deg(stride: StrideWindow) -> float:
    """Knee flexion at foot strike."""
    return stride.at_strike("knee_flexion")


def peak_knee_flexion_stance_deg(stride: StrideWindow) -> float:
    """Largest knee flexion while the foot is on the ground."""
    return float(np.max(stride.in_stance("knee_flexion")))


def shank_forward_lean_at_contact_deg(stride: StrideWindow) -> float:
    """Shank against the vertical at foot strike; negative where the foot is ahead of the knee."""
    return stride.at_strike("shank_forward_lean")


SIDED: Mapping[str, Callable[[StrideWindow], float]] = {
    "stride_time": stride_time_s,
    "contact_time": contact_ms,
    "duty_factor": duty_factor_percent,
    "thigh_excursion": thigh_excursion_deg,
    "peak_thigh_extension": peak_thigh_extension_deg,
    "peak_thigh_flexion": peak_thigh_flexion_deg,
    "thigh_flexion_at_contact": thigh_flexion_at_contact_deg,
    "hip_excursion_to_trunk": hip_excursion_to_trunk_deg,
    "hip_flexion_to_trunk_at_contact": hip_flexion_to_trunk_at_contact_deg,
    "knee_flexion_at_contact": knee_flexion_at_contact_deg,
    "peak_knee_flexion_stance": peak_knee_flexion_stance_deg,
    "shank_forward_lean_at_contact": shank_forward_lean_at_contact_deg,
}
"""One number a stride, given for each side."""


def trunk_forward_lean_deg(stride: StrideWindow) -> float:
    """Mean trunk line against the vertical while the foot is on the ground."""
    return float(np.mean(stride.in_stance("trunk_forward_lean")))


def pelvis_rise_px(stride: StrideWindow) -> float:
    """Vertical range of the middle of the hips over the stride, in the picture's unit."""
    hips = (stride.motion.point("left_hip") + stride.motion.point("right_hip")) / 2
    return stride.height_range(hips)


WHOLE_BODY: Mapping[str, Callable[[StrideWindow], float]] = {
    "cadence": cadence_per_min,
    "trunk_forward_lean": trunk_forward_lean_deg,
}
"""One number a stride, given once for the whole body."""
