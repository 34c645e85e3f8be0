"""Runners put together from values, as the gait room would hand them on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from hipwise.knowledge import load
from hipwise.measurement import Measurement, Side, Symmetry

NOW = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)

EVEN_SIDE_VIEW: dict[str, tuple[float, float]] = {
    "stride_time": (0.714, 0.716),
    "contact_time": (262, 258),
    "flight_time": (96, 99),
    "duty_factor": (36.7, 36.2),
    "thigh_excursion": (56, 58),
    "peak_thigh_extension": (21, 22),
    "peak_thigh_flexion": (35, 36),
    "thigh_flexion_at_contact": (27, 25),
    "hip_excursion_to_trunk": (57, 58),
    "hip_flexion_to_trunk_at_contact": (34, 33),
    "knee_flexion_at_contact": (14, 16),
    "peak_knee_flexion_stance": (41, 43),
    "shank_forward_lean_at_contact": (-3, -2),
}
EVEN_REAR_VIEW: dict[str, tuple[float, float]] = {
    "trunk_lateral_lean": (2.5, 3.0),
    "crossover": (-0.3, -0.25),
}
WHOLE_BODY: dict[str, float] = {
    "cadence": 168,
    "stride_time_variability": 1.6,
    "vertical_oscillation": 8.1,
    "trunk_forward_lean": 8,
}


def value(
    metric: str, number: float, side: Side | None = None, *, n: int = 14, error: float | None = None
) -> Measurement:
    known = load().metric(metric)
    method = f"video.{'side' if 'side' in known.views else 'rear'}"
    error = known.error(method) if error is None else error
    return Measurement(metric, number, side, 1.0, n, error, method, NOW, "made up")


def sides(metric: str, left: float, right: float, *, n: int = 14) -> Symmetry:
    both = (value(metric, left, Side.LEFT, n=n), value(metric, right, Side.RIGHT, n=n))
    return Symmetry(metric, *both, error=load().metric(metric).side_error(both[0].method))


def runner(
    uneven: Mapping[str, tuple[float, float]] | None = None,
    *,
    n: int = 14,
    whole: Mapping[str, float] | None = None,
) -> tuple[tuple[Measurement, ...], tuple[Symmetry, ...]]:
    """An even runner filmed from the side and from behind, with the values given instead."""
    pairs = EVEN_SIDE_VIEW | EVEN_REAR_VIEW | dict(uneven or {})
    symmetries = tuple(sides(metric, *pair, n=n) for metric, pair in pairs.items())
    single = tuple(value(m, v, n=n) for m, v in (WHOLE_BODY | dict(whole or {})).items())
    return (*single, *(m for s in symmetries for m in (s.left, s.right))), symmetries
