"""Joint angles of one leg over the gait cycle: the norm curves, bent to the form that is set."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline, PchipInterpolator

from hipwise.errors import KnowledgeError
from hipwise.knowledge.library import load

Array = NDArray[np.float64]
NORM_TOE_OFF = 0.368
"""Share of the cycle at which the norm curves' runners leave the ground. The table does not say;
this share puts toe-off as long before the knee's bend as the force plate under a runner of the
same public collection shows it (`tests/gait/test_events.py`)."""
SMOOTHING_HARMONICS = 9
PUSH_OFF_DEG = 14.0
"""Added to the heel's rise at toe-off (chosen by us): the norm's foot angle is of a rigid shoe
model, and without it the pelvis would rise too little and the swinging foot would scrape."""


@lru_cache(maxsize=8)
def norm_angle(angle: str) -> CubicSpline:
    """Periodic function of the cycle share 0..1: the norm's mean curve, its ends joined."""
    curve = load().norm_curve(angle)
    if curve is None:
        raise KnowledgeError(f"The norms have no curve of '{angle}'.")
    mean = np.array(curve.mean_deg)
    mean = mean[:-1] - np.linspace(-0.5, 0.5, 100) * (mean[-1] - mean[0])
    spectrum = np.fft.rfft(mean)
    spectrum[SMOOTHING_HARMONICS + 1 :] = 0
    closed = np.fft.irfft(spectrum, n=100)
    return CubicSpline(np.arange(101) / 100, np.append(closed, closed[0]), bc_type="periodic")


def norm_phase(phase: Array, contact_share: float) -> Array:
    """Warp a stride's phase (0..1) so that its toe-off falls on the norm curves' toe-off."""
    knots = np.array([contact_share - 1, 0.0, contact_share, 1.0, 1 + contact_share])
    onto = np.array([NORM_TOE_OFF - 1, 0.0, NORM_TOE_OFF, 1.0, 1 + NORM_TOE_OFF])
    return np.asarray(PchipInterpolator(knots, onto)(phase))


def bump(phase: Array, centre: float, half_width: float) -> Array:
    """Smooth periodic hump: 1 at `centre`, 0 beyond `half_width`; phases are 0..1."""
    away = np.abs((phase - centre + 0.5) % 1.0 - 0.5) / half_width
    return np.where(away < 1, np.cos(np.clip(away, 0, 1) * np.pi / 2) ** 2, 0.0)


def plateau(phase: Array, start: float, end: float, ramp: float) -> Array:
    """Smooth periodic step: 1 from `start` to `end`, falling to 0 over `ramp` on either side."""
    middle, half = (start + end) / 2, (end - start) / 2
    away = np.abs((phase - middle + 0.5) % 1.0 - 0.5) - half
    share = np.clip(away / ramp, 0, 1)
    return np.asarray(np.cos(share * np.pi / 2) ** 2)


def leg_angles(
    phase: Array, tilt_deg: Array, extension_change_deg: float, knee_at_contact_change_deg: float
) -> dict[str, Array]:
    """Flexion angles of one leg at norm phase `phase` (T,), names without their side.

    The sole is flat on the ground from 6 to 20 % of the cycle, and the toes stay flat while the
    heel rises: both follow from the foot's pitch, from which ankle and toes are worked out.
    """
    hip = norm_angle("hip_flexion")(phase)
    knee = norm_angle("knee_flexion")(phase)
    ankle = norm_angle("ankle_dorsiflexion")(phase)
    pitch = (hip - tilt_deg - knee + ankle) * (1 - plateau(phase, 0.06, 0.20, 0.08))
    pitch = pitch - PUSH_OFF_DEG * bump(phase, 0.38, 0.16)
    hip = hip - extension_change_deg * bump(phase, 0.40, 0.34)
    knee = knee + knee_at_contact_change_deg * bump(phase, 0.0, 0.12)
    toes = np.clip(-pitch, 0, 45) * plateau(phase, 0.10, 0.40, 0.10)
    return {
        "hip_flexion": hip,
        "knee_flexion": knee,
        "ankle_dorsiflexion": pitch - hip + tilt_deg + knee,
        "toe_extension": toes,
    }
