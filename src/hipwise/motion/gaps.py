"""Fill short gaps in trajectories; leave long ones open."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

MAX_GAP_S = 0.1
"""Longest gap that is filled, chosen by us: about a third of a ground contact in running."""


def fill_gaps(
    time_s: NDArray[np.float64], values: NDArray[np.float64], max_gap_s: float = MAX_GAP_S
) -> NDArray[np.float64]:
    """Interpolate linearly over inner gaps (NaN) of at most `max_gap_s`.

    `time_s` is (T,), `values` (T, ...). A gap's length is the time between the two good samples
    that bound it. Gaps at either end are left open: nothing is known beyond them.
    """
    columns = values.reshape(len(values), -1).copy()
    for column in columns.T:
        good = np.flatnonzero(np.isfinite(column))
        for before, after in itertools.pairwise(good):
            if after - before > 1 and time_s[after] - time_s[before] <= max_gap_s + 1e-9:
                inside = slice(before + 1, after)
                column[inside] = np.interp(
                    time_s[inside], time_s[[before, after]], column[[before, after]]
                )
    return columns.reshape(values.shape)


def finite_runs(values: NDArray[np.float64]) -> list[slice]:
    """Return the stretches of (T,) `values` without NaN, as slices in order."""
    good = np.concatenate([[False], np.isfinite(values), [False]])
    edges = np.flatnonzero(np.diff(good.astype(np.int8)))
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
