"""Refining landmarks with the network's heatmaps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

KERNEL = 7
"""Heatmap cells on each side of the window that is averaged (BlazePose's own)."""

CONFIDENT = 0.5
"""A heatmap moves its landmark only where it reaches this somewhere in the window (the same)."""


USUAL_PEAK = 0.7
"""What a heatmap reaches at a joint that is clearly seen (chosen by us: the median over the near
ankle of a treadmill runner; where the network took one foot for the other, it was 0.3)."""


@dataclass(frozen=True)
class Refined:
    """Points `xy` (K, 2), 0..1 in the region, and how well each heatmap bears its point out.

    `support` (K,) is 0..1: half where the heatmap reaches only half of its usual peak.
    """

    xy: NDArray[np.float64]
    support: NDArray[np.float64]


def refine(points: NDArray[np.float64], heatmaps: NDArray[np.float32]) -> Refined:
    """Move each point to the centre of mass of its heatmap nearby.

    `points` (K, 2) are 0..1 in the region, `heatmaps` (H, W, K) are logits. A point whose heatmap
    is nowhere confident near it stays; so does one outside the region, of which the heatmaps say
    nothing, and which counts as fully borne out.
    """
    height, width, count = heatmaps.shape
    cells = np.floor(points * (width, height)).astype(int)
    inside = ((cells >= 0) & (cells < (width, height))).all(axis=1)
    steps = np.arange(-(KERNEL // 2), KERNEL // 2 + 1)
    columns = (cells[:, 0, None] + steps)[:, None, :]
    rows = (cells[:, 1, None] + steps)[:, :, None]
    on_map = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    channel = np.arange(count)[:, None, None]
    logits = heatmaps[rows.clip(0, height - 1), columns.clip(0, width - 1), channel]
    weight = on_map / (1.0 + np.exp(-logits.astype(np.float64)))
    peak = weight.max(axis=(1, 2))
    total = np.where(inside, weight.sum(axis=(1, 2)), 1.0)
    x = (weight * columns).sum(axis=(1, 2)) / total / width
    y = (weight * rows).sum(axis=(1, 2)) / total / height
    moves = inside & (peak >= CONFIDENT)
    return Refined(
        xy=np.where(moves[:, None], np.stack([x, y], axis=1), points),
        support=np.where(inside, np.minimum(1.0, peak / USUAL_PEAK), 1.0),
    )
