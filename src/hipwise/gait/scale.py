"""How many pixels a centimetre is, from the runner's known height."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hipwise.body.proportions import Body
from hipwise.measurement import Side
from hipwise.motion.motion import Motion


def px_per_cm(motion: Motion, height_m: float) -> float:
    """Picture units a centimetre at the runner's distance, from the leg's length in the picture.

    A limb looks shortened when it turns out of the picture's plane, never longer, so the longest
    tenth of thigh and shank is taken; their true length is a share of height (Drillis & Contini
    1966, `body.proportions`). People's proportions differ by a few per cent, and so does this.
    """
    body = Body.of(height_m, mass_kg=22 * height_m**2)
    seen = []
    for side in Side:
        hip, knee, ankle = (motion.point(f"{side}_{j}") for j in ("hip", "knee", "ankle"))
        seen.append(_long(knee - hip) + _long(ankle - knee))
    return float(np.mean(seen) / ((body.thigh_m + body.shank_m) * 100))


def _long(segment: NDArray[np.float64]) -> float:
    return float(np.nanpercentile(np.linalg.norm(segment, axis=1), 90))
