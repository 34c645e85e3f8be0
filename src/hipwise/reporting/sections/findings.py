"""What stands out, and what is fine: each finding with its numbers and its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hipwise.findings.finding import Finding, FindingKind
from hipwise.findings.wording import cited
from hipwise.knowledge import Library
from hipwise.knowledge.models import Grade, Source, Status
from hipwise.measurement import Measurement
from hipwise.reporting.analysis import Analysis
from hipwise.reporting.numbers import number, spread, with_error
from hipwise.reporting.sections.curves import CurveFigure, chart_of

_ANGLE_OF = {
    "thigh_excursion": "thigh_flexion",
    "peak_thigh_extension": "thigh_flexion",
    "peak_thigh_flexion": "thigh_flexion",
    "thigh_flexion_at_contact": "thigh_flexion",
    "hip_excursion_to_trunk": "hip_flexion_to_trunk",
    "hip_flexion_to_trunk_at_contact": "hip_flexion_to_trunk",
    "knee_flexion_at_contact": "knee_flexion",
    "peak_knee_flexion_stance": "knee_flexion",
    "shank_forward_lean_at_contact": "shank_forward_lean",
    "trunk_forward_lean": "trunk_forward_lean",
    "trunk_lateral_lean": "trunk_right_lean",
}
"""The angle each metric is read from: its curve stands beside the finding."""


@dataclass(frozen=True)
class ShownNumber:
    """One measured value of a finding, in words: `side` is `left`, `right` or empty."""

    side: str
    value: str
    detail: str


@dataclass(frozen=True)
class Card:
    """A finding ready to be laid out. `figure`, for the first one, is the angle behind it.

    `sides_note` says, for a side difference, why its error is not that of the single values;
    `rests_on` holds the facts behind the rule, each with who says so.
    """

    finding: Finding
    metric_name: str
    numbers: tuple[ShownNumber, ...]
    sides_note: str
    figure: CurveFigure | None
    rests_on: tuple[str, ...]
    grade_in_words: str
    status_in_words: str
    sources: tuple[Source, ...]


def cards(analysis: Analysis, *, with_figure: bool = True) -> tuple[Card, ...]:
    """Return the findings that stand out, most important first; the first has a figure."""
    out = [finding for finding in analysis.findings if finding.kind is not FindingKind.FINE]
    out.sort(key=lambda finding: -finding.weight)
    return tuple(
        _card(finding, analysis, with_figure and index == 0) for index, finding in enumerate(out)
    )


def fine(analysis: Analysis) -> tuple[Finding, ...]:
    """Return what was looked at and found in order."""
    return tuple(finding for finding in analysis.findings if finding.kind is FindingKind.FINE)


def _card(finding: Finding, analysis: Analysis, with_figure: bool) -> Card:
    library = analysis.library
    shown = _of_first_metric(finding.measurements)
    return Card(
        finding=finding,
        metric_name=library.metric(shown[0].metric).name if shown else "",
        numbers=tuple(_number(m, library) for m in shown),
        sides_note=_sides_note(finding, shown, analysis),
        figure=_figure(shown, analysis) if with_figure else None,
        rests_on=tuple(cited(claim, library) for claim in library.reasoning(finding.rule).evidence),
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
    counted = "strides" if m.metric in library.metrics else "tries" if m.n > 1 else "try"
    detail = ", ".join(filter(None, (f"{m.n} {counted}", spread(m.sd, metric.digits + 1))))
    return ShownNumber(m.side or "", with_error(metric, m.value, m.error), detail)


def _sides_note(finding: Finding, shown: Sequence[Measurement], analysis: Analysis) -> str:
    if finding.kind is not FindingKind.ASYMMETRY or not shown:
        return ""
    pair = next((p for p in analysis.symmetries if p.metric == shown[0].metric), None)
    if pair is None or pair.error is None:
        return ""
    metric = analysis.library.metric(pair.metric)
    return (
        "± is for each value by itself, from day to day. Between the two sides of one day the "
        f"error is {number(pair.error, metric.digits)}{metric.unit.suffix}."
    )


def _figure(shown: Sequence[Measurement], analysis: Analysis) -> CurveFigure | None:
    """Return the curve of the angle that the finding's metric is read from."""
    angle = _ANGLE_OF.get(shown[0].metric) if shown else None
    if angle is None:
        return None
    figures = (chart_of(angle, view, analysis.library) for view in analysis.views)
    return next((figure for figure in figures if figure is not None), None)


def unit_in_words(unit: str) -> str:
    """Return a unit as an axis title."""
    return {"deg": "degrees", "ms": "milliseconds", "s": "seconds", "cm": "centimetres"}.get(
        unit, unit
    )
