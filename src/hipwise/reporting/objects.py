"""What JSON documents are made of; what is not known is null, never NaN."""

from __future__ import annotations

import math
from typing import Any

from hipwise.findings.finding import Finding
from hipwise.knowledge import Library
from hipwise.measurement import Measurement, Symmetry
from hipwise.planning.plan import Session
from hipwise.reporting.analysis import Screened

Json = dict[str, Any]


def measurement(m: Measurement, library: Library) -> Json:
    """Return one value with its unit, spread, n and error."""
    metric = library.metric(m.metric)
    digits = metric.digits + 2
    return {
        "metric": m.metric,
        "side": m.side.value if m.side else None,
        "value": rounded(m.value, digits),
        "unit": metric.unit.value,
        "sd": rounded(m.sd, digits),
        "n": m.n,
        "error": rounded(m.error, digits),
        "method": m.method,
    }


def symmetry(s: Symmetry, library: Library) -> Json:
    """Return left against right."""
    metric = library.metric(s.metric)
    digits = metric.digits + 2
    return {
        "metric": s.metric,
        "left": rounded(s.left.value, digits),
        "right": rounded(s.right.value, digits),
        "difference": rounded(s.difference, digits),
        "unit": metric.unit.value,
        "percent_of_larger": rounded(s.percent_of_larger, 1),
        "error": rounded(s.error, digits),
        "beyond_error": s.beyond_error,
        "method": s.left.method,
    }


def finding(f: Finding) -> Json:
    """Return one finding with what speaks for and against it."""
    return {
        "id": f.id,
        "rule": f.rule,
        "kind": f.kind.value,
        "grade": f.grade,
        "sure": f.sure,
        "days": f.days,
        "title": f.title,
        "seen": f.seen,
        "compared_with": f.compared_with,
        "may_mean": f.may_mean,
        "against": list(f.against),
        "sources": list(f.sources),
        "status": f.status,
        "targets": list(f.targets),
        "side": f.side.value if f.side else None,
        "metrics": sorted({m.metric for m in f.measurements}),
    }


def session(routine: Session, library: Library) -> Json:
    """Return a routine and what it leaves out."""
    return {
        "phase": routine.kind,
        "minutes_allowed": routine.minutes_allowed,
        "seconds": rounded(routine.seconds, 1),
        "items": [
            {
                "exercise": item.exercise,
                "name": library.exercise(item.exercise).name,
                "sets": item.sets,
                "reps": item.reps,
                "hold_s": rounded(item.hold_s, 1),
                "seconds": rounded(item.seconds, 1),
                "serves": list(item.serves),
                "reason": item.reason,
                "extra_side": item.extra_side.value if item.extra_side else None,
            }
            for item in routine.items
        ],
        "left_out": [{"target": x.target, "reason": x.reason} for x in routine.left_out],
    }


def screening(screened: Screened) -> Json:
    """Return the safety verdict, what is to be known about the tests, and what was left out."""
    verdict = screened.screening.verdict
    return {
        "safety": {"stop": verdict.stop, "flags": [vars(flag) for flag in verdict.flags]},
        "notes": [vars(note) for note in screened.screening.notes],
        "left_out": [vars(left_out) for left_out in screened.plan.left_out],
        "earlier": [one.taken_at.isoformat() for one in screened.earlier if one.taken_at],
    }


def rounded(value: float | None, digits: int) -> float | None:
    """Round for a file; what is not finite becomes None."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), digits) + 0.0
