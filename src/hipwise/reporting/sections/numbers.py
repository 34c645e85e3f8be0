"""All measurements in one table, the sides compared, and where each error comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hipwise.findings.results import Results
from hipwise.findings.telling import norm_in_words
from hipwise.gait.gait import Gait
from hipwise.knowledge import Library
from hipwise.knowledge.models import ErrorFigure, MethodError, Metric
from hipwise.measurement import Measurement, Side, Symmetry, one
from hipwise.reporting.charts import Deviation, SidePair, deviation_chart, dumbbell_chart
from hipwise.reporting.numbers import (
    bare_with_error,
    difference,
    error_digits,
    number,
    spread,
    with_error,
)
from hipwise.reporting.sections.findings import unit_in_words
from hipwise.screening import RunnerProfile


@dataclass(frozen=True)
class Cell:
    """One value with its error and unit, and below it SD and n; `few` marks too few strides."""

    value: str
    detail: str
    few: bool


@dataclass(frozen=True)
class Row:
    """One metric: either `whole`, or `left` and `right` with their comparison."""

    metric: Metric
    whole: Cell | None
    left: Cell | None
    right: Cell | None
    difference: str
    detectable: str
    beyond: bool
    others: str


class Measured(Protocol):
    """What was measured in one film, or in one screening."""

    @property
    def measurements(self) -> Sequence[Measurement]:
        """Every value."""

    @property
    def symmetries(self) -> Sequence[Symmetry]:
        """Left against right."""


def rows(
    measured: Measured, library: Library, profile: RunnerProfile | None = None
) -> tuple[Row, ...]:
    """Return one row for each metric that was measured, in the library's order.

    Self-tests stand beside the norm of the runner's sex and age, as far as `profile` tells them.
    """
    taken = {m.metric for m in measured.measurements}
    known = (*library.metrics, *(id for p in library.protocols.values() for id in p.recorded))
    return tuple(
        _row(library.metric(id), measured, library, profile) for id in known if id in taken
    )


def _row(
    metric: Metric, measured: Measured, library: Library, profile: RunnerProfile | None
) -> Row:
    whole = one(measured.measurements, metric.id)
    left, right = (one(measured.measurements, metric.id, side) for side in Side)
    symmetry = next((s for s in measured.symmetries if s.metric == metric.id), None)
    detail = _both_sides(metric, left, right) if whole else ""
    few = library.setting("min_strides") if metric.id in library.metrics else 0
    return Row(
        metric=metric,
        whole=_cell(metric, whole, few, detail) if whole else None,
        left=_cell(metric, left, few) if left and not whole else None,
        right=_cell(metric, right, few) if right and not whole else None,
        difference=difference(metric, symmetry) if symmetry and not whole else "",
        detectable=_detectable(metric, symmetry) if symmetry and not whole else "",
        beyond=symmetry is not None and not whole and symmetry.beyond_error,
        others=_others(metric, library) or _others_of_age(metric, library, profile),
    )


def _cell(metric: Metric, m: Measurement, few: float, extra: str = "") -> Cell:
    few_strides = m.n < few
    parts = (
        spread(m.sd, metric.digits + 1),
        f"n = {m.n}",
        extra,
        "too few to judge" if few_strides else "",
    )
    detail = ", ".join(part for part in parts if part)
    return Cell(with_error(metric, m.value, m.error), detail, few_strides)


def _both_sides(metric: Metric, left: Measurement | None, right: Measurement | None) -> str:
    if left is None or right is None:
        return ""
    return f"left {number(left.value, metric.digits)}, right {number(right.value, metric.digits)}"


def _detectable(metric: Metric, symmetry: Symmetry) -> str:
    if symmetry.error is None:
        return "not known"
    return f"{number(symmetry.error, metric.digits)}{metric.unit.suffix}"


def _others(metric: Metric, library: Library) -> str:
    norm = library.norm(metric.id)
    if norm is None:
        return ""
    value = f"{number(norm.mean, metric.digits)} ± {number(norm.sd, metric.digits)}"
    return (
        f"Others: {value}{metric.unit.suffix} (mean ± SD, {norm.population}, {norm.speed_mps} m/s)"
    )


def _others_of_age(metric: Metric, library: Library, profile: RunnerProfile | None) -> str:
    """Tell what others show in a self-test; nothing for a running measure."""
    results = Results((), (), library, profile)
    recorded = results.recorded(metric.id)
    if recorded is None:
        return ""
    told = norm_in_words(results.norm(recorded), metric.id, results)
    return f"{told[0].upper()}{told[1:]}"


def side_charts(gait: Gait, library: Library) -> tuple[tuple[str, str], ...]:
    """Draw left against right for each unit, as (title, SVG)."""
    by_unit: dict[str, list[SidePair]] = {}
    for s in gait.symmetries:
        metric = library.metric(s.metric)
        if metric.sided:
            by_unit.setdefault(metric.unit.value, []).append(_pair(metric, s))
    ordered = sorted(by_unit.items(), key=lambda item: -len(item[1]))
    return tuple(
        (unit_in_words(unit), dumbbell_chart(pairs, unit_in_words(unit))) for unit, pairs in ordered
    )


def _pair(metric: Metric, s: Symmetry) -> SidePair:
    error = s.left.error
    texts = [bare_with_error(metric, m.value, m.error) for m in (s.left, s.right)]
    return SidePair(metric.name, s.left.value, s.right.value, error, *texts)


def difference_chart(gait: Gait, library: Library) -> str | None:
    """Draw every side difference as a multiple of the smallest that can be told from none."""
    points = [
        Deviation(library.metric(s.metric).name, s.difference / s.error)
        for s in gait.symmetries
        if s.error and library.metric(s.metric).sided
    ]
    return deviation_chart(points, "left − right, in detectable steps") if points else None


@dataclass(frozen=True)
class ErrorNote:
    """Where the ± of one metric comes from."""

    name: str
    value: str
    origins: tuple[str, ...]


def error_notes(measured: Measured, library: Library) -> tuple[ErrorNote, ...]:
    """Say of every measured metric what its error rests on; the largest figure decides."""
    notes = {}
    for m in measured.measurements:
        metric = library.metric(m.metric)
        figures = metric.figures(m.method)
        if m.error is not None and figures is not None:
            shown = number(m.error, error_digits(metric, m.error))
            value = f"± {shown}{metric.unit.suffix}"
            notes[metric.id] = ErrorNote(metric.name, value, _origins(figures, metric, library))
    return tuple(notes.values())


def _origins(figures: MethodError, metric: Metric, library: Library) -> tuple[str, ...]:
    given = sorted(figures.error.given, key=lambda figure: -figure.value)
    origins = [_origin(figure, metric, library) for figure in given]
    if figures.error.frames is not None:
        origins.append(f"never less than {figures.error.frames:g} × the time of a frame")
    return tuple(origins)


def _origin(figure: ErrorFigure, metric: Metric, library: Library) -> str:
    value = f"{number(figure.value, error_digits(metric, figure.value))}{metric.unit.suffix}"
    words = f"{value}, {figure.status.in_words}"
    if figure.source is not None:
        words += f" ({library.source(figure.source).short})"
    return f"{words}: {figure.note}" if figure.note else words
