"""Refining landmarks with the network's heatmaps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

KERNEL = 7
"""Heatmap cells on each side of the window that is averaged (BlazePose's own)."""

CONFIDENT = 0.5
"""A heatmap moves its landmark only where it reaches this somewhere in the window (the same)."""


def refine(points: NDArray[np.float64], heatmaps: NDArray[np.float32]) -> NDArray[np.float64]:
    """Move each point to the centre of mass of its heatmap nearby.

    `points` (K, 2) are 0..1 in the region, `heatmaps` (H, W, K) are logits. A point outside the
    region, or whose heatmap is nowhere confident near it, stays.
    """
    height, width, count = heatmaps.shape
    half = KERNEL // 2
    cells = np.floor(points * (width, height)).astype(int)
    inside = ((cells >= 0) & (cells < (width, height))).all(axis=1)
    steps = np.arange(-half, half + 1)
    columns = cells[:, 0, None] + steps
    rows = cells[:, 1, None] + steps
    on_map = ((rows >= 0) & (rows < height))[:, :, None] & ((columns >= 0) & (columns < width))[
        :, None, :
    ]
    logits = heatmaps[
        rows.clip(0, height - 1)[:, :, None],
        columns.clip(0, width - 1)[:, None, :],
        np.arange(count)[:, None, None],
    ]
    weight = on_map / (1.0 + np.exp(-logits.astype(np.float64)))
    total = weight.sum(axis=(1, 2))
    moves = inside & (weight.max(axis=(1, 2)) >= CONFIDENT)
    safe = np.where(total > 0, total, 1.0)
    x = (weight.sum(axis=1) * columns).sum(axis=1) / safe / width
    y = (weight.sum(axis=2) * rows).sum(axis=1) / safe / height
    return np.where(moves[:, None], np.stack([x, y], axis=1), points)
