"""Pair foot contacts into strides, and leave out what cannot be one."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from hipwise.gait.gait import Event, EventKind, Stride
from hipwise.measurement import Side

SHORTEST_STRIDE_S = 0.42
LONGEST_STRIDE_S = 1.5
"""Chosen by us, wider than any running or walking: 80 to 285 steps a minute."""
LARGEST_DEVIATION = 0.2
"""A stride further than this share from the runner's median is a missed or doubled contact
(chosen by us; true stride times in steady running vary by 1-3 %)."""


def pair_strides(events: Sequence[Event]) -> tuple[Stride, ...]:
    """Return the strides of both sides in time order.

    A stride needs two consecutive strikes of one foot with exactly one toe-off between them.
    """
    strides = [stride for side in Side for stride in _strides_of(events, side)]
    if not strides:
        return ()
    typical_s = float(np.median([stride.duration_s for stride in strides]))
    return tuple(
        sorted(
            (s for s in strides if abs(s.duration_s / typical_s - 1) <= LARGEST_DEVIATION),
            key=lambda stride: stride.strike_s,
        )
    )


def _strides_of(events: Sequence[Event], side: Side) -> list[Stride]:
    own = [event for event in events if event.side is side]
    strikes = [event.time_s for event in own if event.kind is EventKind.FOOT_STRIKE]
    toe_offs = [event.time_s for event in own if event.kind is EventKind.TOE_OFF]
    strides = []
    for strike, following in itertools.pairwise(strikes):
        between = [t for t in toe_offs if strike < t < following]
        if len(between) == 1 and SHORTEST_STRIDE_S <= following - strike <= LONGEST_STRIDE_S:
            strides.append(Stride(side, strike, between[0], following))
    return strides
