"""The files other programs read: measurements as JSON, curves, strides and angles as CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hipwise
from hipwise.measurement import Side
from hipwise.reporting import objects
from hipwise.reporting.analysis import Analysis, TruthRow, ViewAnalysis
from hipwise.reporting.objects import Json

if TYPE_CHECKING:
    from hipwise.gait.gait import Gait

SCHEMA = "hipwise.measurements/1"


def write_measurements(path: Path, analysis: Analysis) -> None:
    """Write `measurements.json`; a value that is not known is null, never NaN."""
    path.write_text(to_json(analysis) + "\n", encoding="utf-8")


def to_json(analysis: Analysis) -> str:
    """Return the text of `measurements.json`."""
    document = measurements_document(analysis)
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False)


def measurements_document(analysis: Analysis) -> Json:
    """Return the content of `measurements.json`, ready for `json.dumps`.

    `recording` is the main recording; what other cameras saw of the same runner stands in
    `more_recordings`, and each event and warning names its view.
    """
    library, views = analysis.library, analysis.views
    return {
        "schema": SCHEMA,
        "software": {"name": "hipwise", "version": hipwise.__version__},
        "made_at": analysis.made_at.isoformat(timespec="seconds"),
        "recording": _recording(views[0]) if views else None,
        "more_recordings": [_recording(view) for view in views[1:]],
        "warnings": [
            {"code": warning.code, "message": warning.message, "view": view.gait.view.value}
            for view in views
            for warning in view.gait.warnings
        ],
        "events": [
            {
                "side": event.side.value,
                "kind": event.kind.value,
                "time_s": round(event.time_s, 4),
                "view": view.gait.view.value,
            }
            for view in views
            for event in view.gait.events
        ],
        "measurements": [objects.measurement(m, library) for m in analysis.measurements],
        "symmetry": [objects.symmetry(s, library) for s in analysis.symmetries],
        "withheld": _withheld(gait for gait in (view.gait for view in views)),
        "findings": [objects.finding(finding) for finding in analysis.findings],
        "session": objects.session(analysis.session, library) if analysis.session else None,
        "screening": objects.screening(analysis.screened) if analysis.screened else None,
        **({"truth": [_truth(row) for row in analysis.truth]} if analysis.truth else {}),
    }


def _recording(view: ViewAnalysis) -> Json:
    info, gait = view.recording, view.gait
    return {
        "name": info.name,
        "sha256": info.sha256,
        "kind": info.kind,
        "view": gait.view.value,
        "duration_s": round(info.duration_s, 3),
        "sample_rate_hz": round(info.sample_rate_hz, 3),
        "cutoff_hz": objects.rounded(gait.motion.cutoff_hz, 2),
        "strides": {side.value: len(gait.strides_of(side)) for side in Side},
    }


def _withheld(gaits: Iterable[Gait]) -> list[Json]:
    return [
        {"metric": withheld.metric, "reason": withheld.reason, "view": gait.view.value}
        for gait in gaits
        for withheld in gait.withheld
    ]


def _truth(row: TruthRow) -> Json:
    return {
        "metric": row.metric,
        "side": row.side.value if row.side else None,
        "true": objects.rounded(row.true, 3),
        "measured": objects.rounded(row.measured, 3),
        "error": objects.rounded(row.error, 3),
        "unit": row.unit,
        "view": row.view.value,
        "within": row.within,
    }


def write_curves(path: Path, gait: Gait) -> None:
    """Write `curves.csv`: one row for each percent of the cycle, angle and side."""
    rows = (
        (
            curve.angle,
            curve.side.value,
            percent,
            _cell(curve.mean[percent], 2),
            _cell(curve.sd[percent], 2),
            curve.n,
        )
        for curve in gait.curves
        for percent in range(len(curve.mean))
    )
    head = ("angle", "side", "percent_gait_cycle", "mean_deg", "sd_deg", "n")
    _write_csv(path, head, rows)


def write_strides(path: Path, gait: Gait) -> None:
    """Write `strides.csv`: one row for each stride, the columns of `Gait.per_stride`."""
    columns = gait.per_stride
    rows = zip(*columns.values(), strict=True)
    _write_csv(
        path,
        tuple(columns),
        (tuple(_cell(v, 4) if isinstance(v, float) else v for v in row) for row in rows),
    )


def write_angles(path: Path, gait: Gait) -> None:
    """Write `angles.csv`: `time_s` and every angle (deg) at the recording's own times."""
    angles: Mapping[str, Any] = gait.motion.angles
    head = ("time_s", *(f"{name}_deg" for name in angles))
    columns = [gait.motion.time_s, *angles.values()]
    rows = (
        (_cell(time_s, 4), *(_cell(value, 2) for value in values))
        for time_s, *values in zip(*columns, strict=True)
    )
    _write_csv(path, head, rows)


def _cell(value: float, digits: int) -> str:
    """Write a number for a CSV cell; an unknown one stays empty."""
    rounded = objects.rounded(value, digits)
    return "" if rounded is None else f"{rounded:g}" if rounded == int(rounded) else str(rounded)


def _write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
