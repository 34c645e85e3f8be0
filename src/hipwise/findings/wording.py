"""From what was seen to sentences: the words in braces of a rule, filled."""

from __future__ import annotations

from hipwise.findings.judge import Seen
from hipwise.knowledge.library import Library
from hipwise.knowledge.models import Claim, Metric, Status
from hipwise.knowledge.rules import Compare
from hipwise.measurement import Measurement, Side, Symmetry


def quantity(metric: Metric, value: float, more_digits: int = 0) -> str:
    """Write a value with its unit: `12°`, `−3°`, `250 ms`, `0.20 hip widths`."""
    text = f"{value:.{metric.digits + more_digits}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−") + metric.unit.suffix


def words(seen: Seen, library: Library) -> dict[str, str]:
    """Return what each word in braces stands for, as far as `seen` can tell it."""
    filled = _limit_words(seen, library) | {
        "error": quantity(seen.metric, seen.error),
        "n": " and ".join(str(m.n) for m in seen.measurements),
        "value": _values(seen.metric, seen.measurements),
    }
    for measurement in seen.measurements:
        if measurement.side is not None:
            filled[str(measurement.side)] = quantity(seen.metric, measurement.value)
    return filled | (_side_words(seen, seen.symmetry) if seen.symmetry else {})


def in_one_line(seen: Seen) -> str:
    """Tell a supporting observation in a few words."""
    name = seen.metric.name[0].lower() + seen.metric.name[1:]
    values = " and ".join(
        quantity(seen.metric, m.value) + (f" {m.side}" if m.side else "") for m in seen.measurements
    )
    return f"{name}: {values} (error {quantity(seen.metric, seen.error)})"


def cited(claim: Claim, library: Library) -> str:
    """Tell a claim with who says so."""
    said_by = library.source(claim.source).short if claim.source else Status.CHOSEN.in_words
    return f"{claim.says.removesuffix('.')} ({said_by})."


def _side_words(seen: Seen, symmetry: Symmetry) -> dict[str, str]:
    metric, size = seen.metric, abs(symmetry.difference)
    more = _digits_that_tell_apart(metric, size, seen.error)
    ordered = sorted((symmetry.left, symmetry.right), key=lambda m: m.value)
    filled = {
        "difference": quantity(metric, size, more),
        "error": quantity(metric, seen.error, more),
        "lower": quantity(metric, ordered[0].value),
        "higher": quantity(metric, ordered[1].value),
        "lower_side": str(ordered[0].side),
        "higher_side": str(ordered[1].side),
    }
    if seen.condition.compare is Compare.SIDE_DIFFERENCE:
        filled["n"] = f"{ordered[0].n} and {ordered[1].n}"
    if seen.side is not None:
        left_first = seen.side is Side.LEFT
        limited = symmetry.left if left_first else symmetry.right
        free = symmetry.right if left_first else symmetry.left
        filled |= {
            "side": str(seen.side),
            "other": str(seen.side.other),
            "value": quantity(metric, limited.value),
            "other_value": quantity(metric, free.value),
            "n": f"{limited.n} and {free.n}",
        }
    return filled


def _limit_words(seen: Seen, library: Library) -> dict[str, str]:
    filled: dict[str, str] = {}
    for word, limit in (("limit", seen.condition.limit), ("upper", seen.condition.upper)):
        if limit is not None:
            percent = limit.kind == "percent_of_larger"
            filled[word] = f"{limit.value:g} %" if percent else quantity(seen.metric, limit.value)
    norm = library.norm(seen.metric.id)
    if norm is not None:
        filled["norm_mean"] = quantity(seen.metric, norm.mean)
        filled["norm_sd"] = quantity(seen.metric, norm.sd)
        filled["norm_group"] = f"{norm.population} at {norm.speed_mps:g} m/s"
    return filled


def _values(metric: Metric, measurements: tuple[Measurement, ...]) -> str:
    return " and ".join(
        quantity(metric, m.value) + (f" on the {m.side}" if m.side else "") for m in measurements
    )


def _digits_that_tell_apart(metric: Metric, one: float, other: float) -> int:
    """Return how many digits more are needed so that 6.3 beside 6.0 is not written 6 beside 6."""
    for more in (0, 1, 2):
        if one == other or quantity(metric, one, more) != quantity(metric, other, more):
            return more
    return 2
