"""A screening as a document: what was answered, with what it shows beside it."""

from __future__ import annotations

import json

import hipwise
from hipwise.reporting import objects
from hipwise.reporting.analysis import Analysis

FILE = "screening.json"


def to_json(analysis: Analysis) -> str:
    """Return the answers with a `result` beside them, as JSON; `--answers` reads it again.

    Raises ValueError for an analysis without a screening.
    """
    screened = analysis.screened
    if screened is None:
        msg = "an analysis without a screening has no such document"
        raise ValueError(msg)
    answers = screened.answers.model_dump(mode="json", by_alias=True, exclude_none=True)
    result = {
        "software": {"name": "hipwise", "version": hipwise.__version__},
        **objects.screening(screened),
        "measurements": [
            objects.measurement(m, analysis.library) for m in screened.screening.measurements
        ],
        "symmetry": [objects.symmetry(s, analysis.library) for s in screened.screening.symmetries],
        "findings": [objects.finding(finding) for finding in analysis.findings],
        "session": (
            objects.session(analysis.session, analysis.library) if analysis.session else None
        ),
    }
    document = answers | {"result": result}
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False)
