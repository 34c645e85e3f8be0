"""Numbers as a reader sees them: rounded to what is known, with error and unit."""

from __future__ import annotations

import math
import re
from datetime import date

from hipwise.knowledge.models import Metric, Unit
from hipwise.measurement import Symmetry

MINUS = "\N{MINUS SIGN}"


def number(value: float, digits: int) -> str:
    """Return `value` with `digits` decimals and a typographic minus; never a negative zero."""
    text = f"{value:.{digits}f}"
    if not text.strip("-0."):
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def error_digits(metric: Metric, error: float) -> int:
    """Return the decimals that show `error` as more than zero, at least the metric's own."""
    digits = metric.digits
    while digits < 3 and round(error, digits) == 0:
        digits += 1
    return digits


def bare_with_error(metric: Metric, value: float, error: float | None) -> str:
    """Return `52 ± 8`, or `52` where no error is known: for a column whose head has the unit."""
    if metric.unit is Unit.YES_NO:
        return "yes" if value >= 0.5 else "no"
    if error is None:
        return number(value, metric.digits)
    return f"{number(value, metric.digits)} ± {number(error, error_digits(metric, error))}"


def with_error(metric: Metric, value: float, error: float | None) -> str:
    """Return `52 ± 8°`: value, error and unit."""
    return bare_with_error(metric, value, error) + metric.unit.suffix


def spread(sd: float | None, digits: int) -> str:
    """Return `SD 2.9`, or nothing where the spread is not known."""
    return f"SD {number(sd, digits)}" if sd is not None and math.isfinite(sd) else ""


def difference(metric: Metric, symmetry: Symmetry) -> str:
    """Return left minus right with its sign and unit, as in `+11°`."""
    if metric.unit is Unit.YES_NO:
        return ""
    size = number(symmetry.difference, metric.digits)
    plus = "" if size.startswith(MINUS) or not size.strip("0.") else "+"
    return f"{plus}{size}{metric.unit.suffix}"


def unbroken(text: str) -> str:
    """Keep a value, its error and its unit on one line: no break beside ±, =, before % or °."""
    return re.sub(r" (?=[±=%])|(?<=[±=]) |(?<=\d) (?=(?:ms|s|cm)\b)", "\N{NO-BREAK SPACE}", text)


def small_first(sentence: str) -> str:
    """Return `sentence` begun with a small letter, to stand after other words."""
    return sentence[:1].lower() + sentence[1:]


def day_in_words(moment: date) -> str:
    """Return `4 May 2026`."""
    return f"{moment.day} {moment:%B %Y}"


def clock(seconds: float) -> str:
    """Return a duration as `45 s`, `2 min` or `1 min 30 s`."""
    minutes, rest = divmod(round(seconds), 60)
    parts = [f"{minutes} min"] if minutes else []
    if rest or not minutes:
        parts.append(f"{rest} s")
    return " ".join(parts)
