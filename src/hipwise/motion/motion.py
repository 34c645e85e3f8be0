"""A body's movement over time: clean trajectories, and the angles read from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipwise.measurement import View


@dataclass(frozen=True)
class Motion:
    """A filtered movement.

    `time_s` (T,) are the recording's own time stamps. `points` (T, K, 2 or 3): for one camera in
    pixels with x to the image's right and y **up**; for motion capture in metres, X forward, Y up,
    Z right. `confidence` (T, K) is 0..1. `angles` maps a name of the angle vocabulary, with
    `_left` or `_right` where it has a side, to (T,) degrees, NaN where the points do not allow it.
    `cutoff_hz` is the effective (dual-pass corrected) low-pass cut-off of the points. `picture_px`
    is the (width, height) of the frames that pixels refer to, None without a picture.
    """

    time_s: NDArray[np.float64]
    points: NDArray[np.float64]
    confidence: NDArray[np.float32]
    names: tuple[str, ...]
    angles: Mapping[str, NDArray[np.float64]]
    view: View
    cutoff_hz: float
    source: str
    picture_px: tuple[int, int] | None = None

    def point(self, name: str) -> NDArray[np.float64]:
        """Return the (T, 2 or 3) path of one named point."""
        return self.points[:, self.names.index(name)]

    @property
    def sample_rate_hz(self) -> float:
        """Typical sampling rate, from the median time step."""
        return float(1.0 / np.median(np.diff(self.time_s)))
