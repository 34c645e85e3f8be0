"""The hip profile: where every test of a screening stands, against others or the other side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from hipwise.knowledge.library import Library
from hipwise.knowledge.models import Better
from hipwise.knowledge.protocols import Aspect, Protocol
from hipwise.knowledge.recorded import GroupNorm, Recorded
from hipwise.measurement import Measurement, Side
from hipwise.screening.runner import RunnerProfile, Sex

MIDDLE_HALF_SDS = 0.674
"""Half-width of the middle half of a normal distribution, in SDs."""
MIDDLE_90_SDS = 1.645

_NORMS_OF: dict[Sex, Literal["female", "male"] | None] = {
    Sex.FEMALE: "female",
    Sex.MALE: "male",
    Sex.UNSAID: None,
}


@dataclass(frozen=True)
class Mark:
    """One value in the profile: `place` 0 is the middle of the grey field, ±1 its edges.

    Higher is better. `error` is in the same unit, None where it is not known.
    """

    side: Side | None
    place: float
    error: float | None


@dataclass(frozen=True)
class ProfileRow:
    """One test. Its grey field is what `against` says: other people, or the runner's other side."""

    test: str
    name: str
    aspect: Aspect
    direction: str
    against: Literal["others", "other side"]
    marks: tuple[Mark, ...]


def hip_profile(
    measurements: Iterable[Measurement], profile: RunnerProfile, library: Library
) -> tuple[ProfileRow, ...]:
    """Return a row for every test that can be placed, by aspect in the order of `Aspect`.

    Against a norm of the runner's sex and age the field is the mean ± 1 SD. Without a norm the two
    sides are placed around their mean, and the field is the difference from which the evidence says
    to watch. A test with neither is left out.
    """
    by_metric: dict[str, list[Measurement]] = {}
    for measurement in measurements:
        by_metric.setdefault(measurement.metric, []).append(measurement)
    rows = [
        row
        for metric, values in by_metric.items()
        if (row := _row(metric, values, profile, library)) is not None
    ]
    order = list(Aspect)
    return tuple(sorted(rows, key=lambda row: (order.index(row.aspect), row.direction, row.test)))


def _row(
    metric: str, values: Sequence[Measurement], profile: RunnerProfile, library: Library
) -> ProfileRow | None:
    protocol = library.protocols.get(metric.partition(".")[0])
    recorded = protocol.recorded.get(metric) if protocol else None
    if protocol is None or recorded is None:
        return None
    norm = recorded.norm_for(_NORMS_OF[profile.sex], profile.age_years)
    field = _field_of(norm) if norm else _field_between(recorded, values)
    if field is None:
        return None
    return _placed(metric, protocol, recorded, values, field, against_others=norm is not None)


def _placed(
    metric: str,
    protocol: Protocol,
    recorded: Recorded,
    values: Sequence[Measurement],
    field: tuple[float, float],
    *,
    against_others: bool,
) -> ProfileRow:
    middle, half = field
    upwards = -1.0 if recorded.better is Better.LOWER else 1.0
    marks = (
        Mark(
            m.side, upwards * (m.value - middle) / half, None if m.error is None else m.error / half
        )
        for m in values
    )
    return ProfileRow(
        test=metric,
        name=recorded.name,
        aspect=protocol.aspect,
        direction=str(recorded.direction),
        against="others" if against_others else "other side",
        marks=tuple(marks),
    )


def _field_of(norm: GroupNorm) -> tuple[float, float] | None:
    """Middle and half-width (1 SD) of a norm, in the test's unit."""
    if norm.mean is not None and norm.sd is not None:
        return norm.mean, norm.sd
    if norm.low is None or norm.high is None:
        return None
    middle = (norm.low + norm.high) / 2 if norm.mean is None else norm.mean
    half = (norm.high - norm.low) / 2
    if norm.low_high == "middle half":
        return middle, half / MIDDLE_HALF_SDS
    if norm.low_high == "middle 90 %":
        return middle, half / MIDDLE_90_SDS
    return middle, half


def _field_between(recorded: Recorded, values: Sequence[Measurement]) -> tuple[float, float] | None:
    """Mean of both sides, and half the difference from which to watch, in the test's unit."""
    rule = recorded.side_rule
    if rule is None or {m.side for m in values} != set(Side):
        return None
    middle = sum(m.value for m in values) / len(values)
    larger = max(abs(m.value) for m in values)
    watch = rule.watch if rule.kind == "absolute" else rule.watch / 100 * larger
    return (middle, watch / 2) if watch > 0 else None
