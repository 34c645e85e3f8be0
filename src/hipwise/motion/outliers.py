"""Mend the frames in which the network hides a leg's point or puts it on the other leg.

Where the legs cross, a point jumps to the other leg for a few frames and back, or the far leg is
hidden and the network guesses. The movement before and after tells where the point must have been.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
ITERATIONS = 12
BLOCK = 1024


@dataclass(frozen=True)
class JumpRepair:
    """Robust local regression: a quadratic through the neighbours that little heeds stray points.

    Neighbours within `half_window_s` count by Cleveland's (1979) tricube weight and by their
    visibility, and residuals are taken by their size, not their square (iteratively reweighted
    least squares), so a minority of stray points does not pull the fit. A point further than
    `limit` leg lengths from its fit, or seen with less than `min_visibility`, is replaced by the
    fit. All three are chosen by us: on a treadmill clip the network's visibility below one half
    goes with five to ten times the error of that above 0.9.
    """

    half_window_s: float = 0.2
    limit: float = 0.06
    min_visibility: float = 0.5

    def repaired(self, time_s: Array, path: Array, visibility: Array, leg_length: float) -> Array:
        """Return the (T, 2) path without jumps and guesses.

        `path` should be relative to the pelvis, so that the body's own travel is no jump.
        `visibility` is (T,) 0..1, `leg_length` is in the path's unit. NaN stays NaN.
        """
        fit = self._robust_fit(time_s, path, visibility, 0.01 * leg_length)
        off = np.linalg.norm(path - fit, axis=1) > self.limit * leg_length
        doubtful = off | (visibility < self.min_visibility)
        return np.where(doubtful[:, None], fit, path)

    def _robust_fit(self, time_s: Array, path: Array, visibility: Array, floor: float) -> Array:
        """Fit every sample by its neighbours, block by block: memory stays small in a long run."""
        reach = max(2, round(self.half_window_s / float(np.median(np.diff(time_s)))))
        fit = np.empty_like(path)
        for start in range(0, len(time_s), BLOCK):
            centres = np.arange(start, min(start + BLOCK, len(time_s)))
            around = centres[:, None] + np.arange(-reach, reach + 1)
            index = np.clip(around, 0, len(time_s) - 1)
            offset = (time_s[index] - time_s[centres, None]) / self.half_window_s
            seen = (around == index) & np.isfinite(path[index]).all(axis=-1)
            trust = (1 - np.clip(np.abs(offset), 0, 1) ** 3) ** 3 * visibility[index] ** 4
            neighbours = np.where(seen[..., None], path[index], 0.0)
            fit[centres] = _robust_value(offset, neighbours, np.where(seen, trust, 0.0), floor)
        return fit


def _robust_value(offset: Array, neighbours: Array, trust: Array, floor: float) -> Array:
    """Value at offset 0 of the robust quadratic through (n, m, 2) `neighbours`: (n, 2)."""
    count, terms = len(offset), offset[..., None] ** np.arange(3)
    squares = (terms[..., :, None] * terms[..., None, :]).reshape(*offset.shape, 9)
    products = (terms[..., :, None] * neighbours[..., None, :]).reshape(*offset.shape, 6)
    sums = np.concatenate([squares, products], axis=-1)
    weights = trust
    for _ in range(ITERATIONS):
        summed = (weights[:, None] @ sums)[:, 0]
        normal = summed[:, :9].reshape(count, 3, 3) + 1e-9 * np.eye(3)
        fit = np.linalg.solve(normal, summed[:, 9:].reshape(count, 3, 2))
        residual = np.linalg.norm(neighbours - terms @ fit, axis=-1)
        weights = trust / np.hypot(residual, floor)
    return np.asarray(fit[:, 0])
