"""From what self-tests showed to sentences: values with error, limits, norms, who says so."""

from __future__ import annotations

from collections.abc import Iterable

from hipwise.findings.results import Gap, Judged, Results
from hipwise.findings.wording import quantity
from hipwise.knowledge.models import Status, Unit
from hipwise.knowledge.recorded import GroupNorm
from hipwise.measurement import Measurement, Side


def value_in_words(m: Measurement, results: Results) -> str:
    """Write one value: `12°`, `yes`, or the name of the level that was seen."""
    metric, recorded = results.library.metric(m.metric), results.recorded(m.metric)
    if metric.unit is Unit.YES_NO:
        return "yes" if m.value > 0 else "no"
    if recorded is not None:
        for choice in recorded.choices:
            if choice.value == m.value:
                return f"{choice.name[0].lower()}{choice.name[1:]}"
    return quantity(metric, m.value)


def seen_in_words(measurements: Iterable[Measurement], results: Results) -> str:
    """Tell values with their errors, sides of one metric together, each metric once."""
    by_metric: dict[str, dict[Side | None, Measurement]] = {}
    for m in measurements:
        by_metric.setdefault(m.metric, {})[m.side] = m
    return "; ".join(_line(metric, sides, results) for metric, sides in by_metric.items()) + "."


def _line(metric: str, sides: dict[Side | None, Measurement], results: Results) -> str:
    ordered = [sides[s] for s in (None, *Side) if s in sides]
    values = " and ".join(
        value_in_words(m, results) + (f" {m.side}" if m.side else "") for m in ordered
    )
    known = results.library.metric(metric)
    error = max((m.error for m in ordered if m.error is not None), default=None)
    looked_at = known.unit in {Unit.LEVEL, Unit.YES_NO}
    off = "error not known" if error is None else f"error {quantity(known, error)}"
    return f"{known.name}: {values}" + ("" if looked_at else f" ({off})")


def limit_in_words(judged: Judged, results: Results) -> str:
    """Tell a test's limit and who says so, and what others of this sex and age show."""
    metric, recorded = (
        results.library.metric(judged.measurement.metric),
        results.recorded(judged.measurement.metric),
    )
    said_by = results.library.source(judged.source).short if judged.source else None
    if judged.status == Status.CHOSEN:
        said_by = f"{said_by}, {Status.CHOSEN.in_words}" if said_by else Status.CHOSEN.in_words
    norm = results.norm(recorded) if recorded is not None else None
    looked_at = metric.unit in {Unit.LEVEL, Unit.YES_NO}
    limit = "" if looked_at else f"limit {quantity(metric, judged.limit)} ({said_by}); "
    return f"{metric.name}: {limit}{norm_in_words(norm, judged.measurement.metric, results)}."


def norm_in_words(norm: GroupNorm | None, metric: str, results: Results) -> str:
    """Tell what people of the runner's sex and age show, or that no norm is known."""
    if norm is None:
        return "no norm for your sex and age is known to us"
    known = results.library.metric(metric)
    said_by = results.library.source(norm.source).short if norm.source else norm.status.in_words
    if norm.mean is None:
        low, high = (quantity(known, x or 0.0) for x in (norm.low, norm.high))
        return f"{norm.population}: {low} to {high}, {norm.low_high} ({said_by})"
    spread = f" ± {quantity(known, norm.sd)}" if norm.sd is not None else ""
    return f"{norm.population}: {quantity(known, norm.mean)}{spread} ({said_by})"


def gap_in_words(gap: Gap, results: Results) -> str:
    """Tell from which difference a test watches and acts, and how sure a difference is."""
    metric = results.library.metric(gap.symmetry.metric)

    def written(size: float) -> str:
        return f"{size:g} %" if gap.percent else quantity(metric, size)

    return (
        f"Your own other side: the difference is {written(round(gap.size, 1))}; from "
        f"{written(gap.watch)} it is watched, from {written(gap.act)} acted on, and below the "
        f"error of {quantity(metric, gap.error)} there is none."
    )
