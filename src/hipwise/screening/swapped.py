"""Tries written under the wrong side: each fits the other side's tries better than its own."""

from __future__ import annotations

from statistics import median

CLOSE = 0.25
"""Share of the gap between the sides within which a try fits a side (chosen by us)."""


def swapped_tries(
    left: tuple[float, ...], right: tuple[float, ...], error: float | None
) -> tuple[int, ...]:
    """Return the places (from 0) of tries that look swapped between `left` and `right`.

    A place is named where left's try lies among right's other tries and right's among left's,
    while the other tries of each side agree and the sides are further apart than `error`. With
    fewer than three tries a side nothing can be told.
    """
    if len(left) != len(right) or len(left) < 3:
        return ()
    return tuple(place for place in range(len(left)) if _swapped(left, right, place, error or 0.0))


def _swapped(left: tuple[float, ...], right: tuple[float, ...], place: int, error: float) -> bool:
    others_left = left[:place] + left[place + 1 :]
    others_right = right[:place] + right[place + 1 :]
    middle_left, middle_right = median(others_left), median(others_right)
    gap = abs(middle_left - middle_right)
    near = CLOSE * gap
    agree = all(max(others) - min(others) <= 2 * near for others in (others_left, others_right))
    return (
        gap > error
        and agree
        and abs(left[place] - middle_right) <= near
        and abs(right[place] - middle_left) <= near
    )
