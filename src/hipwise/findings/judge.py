"""Does a condition hold? Only values with a known error and enough strides are looked at."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from hipwise.knowledge.library import Library
from hipwise.knowledge.models import Better, Metric
from hipwise.knowledge.rules import Compare, Condition, Limit
from hipwise.measurement import Measurement, Side, Symmetry


@dataclass(frozen=True)
class Seen:
    """What a condition that holds has seen.

    `symmetry` is set where two sides were compared, `side` is the side the statement is about
    (None: both, or the whole body). `sureness` (0.5..1) grows with the distance from the
    threshold, counted in errors.
    """

    condition: Condition
    metric: Metric
    measurements: tuple[Measurement, ...]
    symmetry: Symmetry | None
    error: float
    side: Side | None
    sureness: float


@dataclass(frozen=True)
class Judge:
    """Measurements and side differences that a finding may rest on."""

    measurements: tuple[Measurement, ...]
    symmetries: tuple[Symmetry, ...]
    library: Library

    @classmethod
    def of(
        cls, measurements: Iterable[Measurement], symmetries: Iterable[Symmetry], library: Library
    ) -> Judge:
        """Keep what has a finite value, a known error and at least `min_strides` strides."""
        fewest = library.setting("min_strides")
        return cls(
            tuple(m for m in measurements if _sound(m, fewest) and m.error is not None),
            tuple(
                s
                for s in symmetries
                if _sound(s.left, fewest) and _sound(s.right, fewest) and s.error is not None
            ),
            library,
        )

    def see(self, condition: Condition) -> Seen | None:
        """Return what `condition` has seen, or None where it does not hold or cannot be told."""
        if condition.compare in {Compare.SIDE_DIFFERENCE, Compare.SIDES_EVEN}:
            symmetry = next((s for s in self.symmetries if s.metric == condition.metric), None)
            return None if symmetry is None else self._see_sides(condition, symmetry)
        return self._see_values(condition)

    def _see_sides(self, condition: Condition, symmetry: Symmetry) -> Seen | None:
        metric, error = self.library.metric(condition.metric), symmetry.error
        if error is None:
            return None
        uneven = condition.compare is Compare.SIDE_DIFFERENCE
        size = abs(symmetry.difference)
        if uneven:
            threshold = max(error, _as_difference(condition.limit, symmetry))
            holds, sureness = size > threshold, _sureness(size / threshold - 1)
        else:
            holds, sureness = size <= error, _sureness(1 - size / error)
        if not holds:
            return None
        return Seen(
            condition,
            metric,
            (symmetry.left, symmetry.right),
            symmetry,
            error,
            limited_side(metric, symmetry) if uneven else None,
            sureness,
        )

    def _see_values(self, condition: Condition) -> Seen | None:
        metric = self.library.metric(condition.metric)
        values = _first_of_each_side(
            m
            for m in self.measurements
            if m.metric == metric.id and (m.side is not None) == metric.sided
        )
        margins = {m: self._margin(condition, m) for m in values}
        if condition.compare is Compare.BETWEEN:
            held = tuple(margins) if all(x >= 0 for x in margins.values()) else ()
        else:
            held = tuple(m for m, margin in margins.items() if margin > 1)
        if not held or (metric.sided and condition.compare is Compare.BETWEEN and len(held) < 2):
            return None
        worst = min(margins[m] for m in held)
        return Seen(
            condition,
            metric,
            held,
            None,
            max(m.error or 0.0 for m in held),
            held[0].side if len(held) == 1 else None,
            _sureness(worst if condition.compare is Compare.BETWEEN else worst - 1),
        )

    def _margin(self, condition: Condition, measurement: Measurement) -> float:
        """How far a value lies on the condition's side of its limit, counted in errors."""
        low, high = self._limits(condition)
        error = measurement.error or math.inf
        if condition.compare in {Compare.ABOVE, Compare.ABOVE_NORM}:
            return (measurement.value - low) / error
        if condition.compare in {Compare.BELOW, Compare.BELOW_NORM}:
            return (low - measurement.value) / error
        return min(measurement.value - low, high - measurement.value) / error

    def _limits(self, condition: Condition) -> tuple[float, float]:
        limit = condition.limit.value if condition.limit else 0.0
        upper = condition.upper.value if condition.upper else limit
        if condition.compare in {Compare.ABOVE_NORM, Compare.BELOW_NORM}:
            norm = self.library.norm(condition.metric)
            sign = 1 if condition.compare is Compare.ABOVE_NORM else -1
            limit = norm.mean + sign * limit * norm.sd if norm else math.nan
        return limit, upper


def limited_side(metric: Metric, symmetry: Symmetry) -> Side | None:
    """Return the side that moves less freely, or None where the metric's `better` tells not."""
    if symmetry.difference == 0 or metric.better is Better.NONE:
        return None
    if metric.better is Better.NEAR_ZERO:
        left_is_larger = abs(symmetry.left.value) > abs(symmetry.right.value)
        return Side.LEFT if left_is_larger else Side.RIGHT
    left_is_lower = symmetry.difference < 0
    return Side.LEFT if left_is_lower == (metric.better is Better.HIGHER) else Side.RIGHT


def _sound(measurement: Measurement, fewest: float) -> bool:
    return math.isfinite(measurement.value) and measurement.n >= fewest


def _first_of_each_side(measurements: Iterable[Measurement]) -> tuple[Measurement, ...]:
    """One value a side: the first listed where a metric was measured in several films."""
    by_side: dict[Side | None, Measurement] = {}
    for measurement in measurements:
        by_side.setdefault(measurement.side, measurement)
    return tuple(by_side[side] for side in (None, *Side) if side in by_side)


def _as_difference(limit: Limit | None, symmetry: Symmetry) -> float:
    """Turn a watch limit into a difference in the metric's unit; 0 where there is none."""
    if limit is None:
        return 0.0
    if limit.kind == "percent_of_larger":
        larger = max(abs(symmetry.left.value), abs(symmetry.right.value))
        return limit.value / 100 * larger
    return limit.value


def _sureness(errors_beyond: float) -> float:
    """0.5 at the threshold, 1 from one error beyond it (chosen by us)."""
    return 0.5 + 0.5 * min(1.0, max(0.0, errors_beyond))
