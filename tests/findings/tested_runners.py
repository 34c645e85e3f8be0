"""Runners put together from self-tests, as the screening room would hand them on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from hipwise.findings import Finding, explain
from hipwise.knowledge import load
from hipwise.measurement import Measurement, Side, Symmetry
from hipwise.screening import RunnerProfile

NOW = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)
Tests = Mapping[str, float | tuple[float, float]]


def person(age_years: int = 30, sex: str = "male", **more: object) -> RunnerProfile:
    told: dict[str, object] = {
        "age_years": age_years,
        "sex": sex,
        "height_m": 1.75,
        "mass_kg": 70,
        "experience": {"years": 3, "km_per_week": 30},
        "goal": "move_better",
        "minutes": 10,
        "days": 3,
        "surfaces": ["road"],
    }
    return RunnerProfile.model_validate(told | more)


def taken(
    tests: Tests, *, day: int = 0, method: str | None = None
) -> tuple[tuple[Measurement, ...], tuple[Symmetry, ...]]:
    """Measurements and side differences of one day, with the errors the evidence gives."""
    measurements, symmetries = [], []
    for metric, result in tests.items():
        known = load().metric(metric)
        how = method or known.errors[0].method
        values = result if isinstance(result, tuple) else (result,)
        sides = tuple(Side) if isinstance(result, tuple) else (None,)
        both = [
            Measurement(
                metric=metric,
                value=value,
                side=side,
                sd=None,
                n=3,
                error=known.error(how, value=value),
                method=how,
                taken_at=NOW + timedelta(days=day),
                source="made up",
            )
            for side, value in zip(sides, values, strict=True)
        ]
        measurements += both
        if len(both) == 2:
            error = known.side_error(how, value=max(abs(v) for v in values))
            symmetries.append(Symmetry(metric, both[0], both[1], error))
    return tuple(measurements), tuple(symmetries)


def found(tests: Tests, profile: RunnerProfile | None = None, *later: Tests) -> dict[str, Finding]:
    """Findings by id; `later` are the tests of the days after."""
    measurements, symmetries = taken(tests)
    for day, more in enumerate(later, start=1):
        ms, ss = taken(more, day=day)
        measurements, symmetries = (*measurements, *ms), (*symmetries, *ss)
    return {f.id: f for f in explain(measurements, symmetries, load(), profile)}
