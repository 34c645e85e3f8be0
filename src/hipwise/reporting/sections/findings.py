"""What stands out, and what is fine: each finding with its numbers and its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hipwise.findings.finding import Finding, FindingKind
from hipwise.knowledge import Library
from hipwise.knowledge.models import Grade, Source, Status
from hipwise.measurement import Measurement, Side
from hipwise.reporting.charts import SidePair, dumbbell_chart
from hipwise.reporting.numbers import number, with_error


@dataclass(frozen=True)
class ShownNumber:
    """One measured value of a finding, in words: `side` is `left`, `right` or empty."""

    side: str
    value: str
    detail: str


@dataclass(frozen=True)
class Card:
    """A finding ready to be laid out. `chart` is an SVG, None where there is no pair to draw."""

    finding: Finding
    metric_name: str
    numbers: tuple[ShownNumber, ...]
    chart: str | None
    grade_in_words: str
    status_in_words: str
    sources: tuple[Source, ...]


def cards(findings: Sequence[Finding], library: Library) -> tuple[Card, ...]:
    """Return the findings that stand out, most important first."""
    out = [finding for finding in findings if finding.kind is not FindingKind.FINE]
    out.sort(key=lambda finding: -finding.weight)
    return tuple(_card(finding, library) for finding in out)


def fine(findings: Sequence[Finding], library: Library) -> tuple[Card, ...]:
    """Return what was looked at and found in order."""
    return tuple(
        _card(finding, library) for finding in findings if finding.kind is FindingKind.FINE
    )


def _card(finding: Finding, library: Library) -> Card:
    shown = _of_first_metric(finding.measurements)
    return Card(
        finding=finding,
        metric_name=library.metric(shown[0].metric).name if shown else "",
        numbers=tuple(_number(m, library) for m in shown),
        chart=_chart(shown, library),
        grade_in_words=Grade(finding.grade).in_words,
        status_in_words=Status(finding.status).in_words,
        sources=tuple(library.source(source) for source in finding.sources),
    )


def _of_first_metric(measurements: Sequence[Measurement]) -> tuple[Measurement, ...]:
    """Return the values of the metric the finding is about, left before right."""
    if not measurements:
        return ()
    about = [m for m in measurements if m.metric == measurements[0].metric]
    return tuple(sorted(about, key=lambda m: m.side or ""))


def _number(m: Measurement, library: Library) -> ShownNumber:
    metric = library.metric(m.metric)
    detail = f"{m.n} strides"
    if m.sd is not None:
        detail += f", SD {number(m.sd, max(metric.digits, 1))}"
    return ShownNumber(m.side or "", with_error(metric, m.value, m.error), detail)


def _chart(shown: Sequence[Measurement], library: Library) -> str | None:
    if [m.side for m in shown] != [Side.LEFT, Side.RIGHT]:
        return None
    left, right = shown
    metric = library.metric(left.metric)
    pair = SidePair(
        metric.name,
        left.value,
        right.value,
        left.error,
        with_error(metric, left.value, left.error),
        with_error(metric, right.value, right.error),
    )
    return dumbbell_chart([pair], unit_in_words(metric.unit.value))


def unit_in_words(unit: str) -> str:
    """Return a unit as an axis title."""
    return {"deg": "degrees", "ms": "milliseconds", "s": "seconds", "cm": "centimetres"}.get(
        unit, unit
    )
