from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hipwise.reporting import names
from hipwise.reporting.analysis import Analysis
from hipwise.reporting.files import (
    measurements_document,
    write_angles,
    write_curves,
    write_measurements,
    write_strides,
)


@pytest.fixture(scope="module")
def document(report_dir: Path) -> dict[str, Any]:
    text = (report_dir / names.MEASUREMENTS).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text, parse_constant=pytest.fail)
    return loaded


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_names_are_those_of_the_design(document: dict[str, Any]) -> None:
    assert document["schema"] == "hipwise.measurements/1"
    assert document["recording"] | {"name": "", "cutoff_hz": 0, "strides": 0} == {
        "name": "",
        "sha256": "ab" * 32,
        "kind": "video",
        "view": "left",
        "duration_s": 9.0,
        "sample_rate_hz": 30.0,
        "cutoff_hz": 0,
        "strides": 0,
    }
    assert {"code", "message"} <= set(document["warnings"][0])
    assert {"side", "kind", "time_s"} <= set(document["events"][0])
    assert list(document["measurements"][0]) == [
        "metric", "side", "value", "unit", "sd", "n", "error", "method",
    ]  # fmt: skip
    assert {"id", "grade", "targets"} <= set(document["findings"][0])


def test_the_other_camera_is_not_lost(document: dict[str, Any]) -> None:
    assert [r["view"] for r in document["more_recordings"]] == ["rear"]
    assert {e["view"] for e in document["events"]} == {"left", "rear"}
    assert {m["method"] for m in document["measurements"]} == {"video.side", "video.rear"}


def test_values_are_the_measured_ones(document: dict[str, Any], analysis: Analysis) -> None:
    measured = analysis.views[0].gait.measurements
    for row, m in zip(document["measurements"], measured, strict=False):
        assert row["metric"] == m.metric
        assert row["value"] == pytest.approx(m.value, abs=0.01)
        assert row["n"] == m.n


def test_symmetry_says_left_minus_right(document: dict[str, Any]) -> None:
    row = next(s for s in document["symmetry"] if s["metric"] == "peak_thigh_extension")
    assert row["difference"] == pytest.approx(row["left"] - row["right"], abs=0.011)
    assert row["beyond_error"] is True


def test_what_is_not_known_is_null(analysis_with_gaps: Analysis, tmp_path: Path) -> None:
    path = tmp_path / "measurements.json"
    write_measurements(path, analysis_with_gaps)
    text = path.read_text(encoding="utf-8")
    assert "NaN" not in text
    assert {m["sd"] for m in json.loads(text)["measurements"]} == {None}


def test_the_document_is_the_same_each_time(analysis: Analysis) -> None:
    assert json.dumps(measurements_document(analysis)) == json.dumps(
        measurements_document(analysis)
    )


def test_curves_come_back(analysis: Analysis, report_dir: Path) -> None:
    rows = _table(report_dir / names.CURVES)
    for curve in analysis.views[0].gait.curves:
        own = [r for r in rows if (r["angle"], r["side"]) == (curve.angle, curve.side)]
        assert [int(r["percent_gait_cycle"]) for r in own] == list(range(101))
        assert np.allclose([float(r["mean_deg"]) for r in own], curve.mean, atol=0.006)
        assert np.allclose([float(r["sd_deg"]) for r in own], curve.sd, atol=0.006)
        assert {int(r["n"]) for r in own} == {curve.n}


def test_angles_come_back_at_their_own_times(analysis: Analysis, report_dir: Path) -> None:
    motion = analysis.views[0].gait.motion
    rows = _table(report_dir / names.ANGLES)
    assert np.allclose([float(r["time_s"]) for r in rows], motion.time_s, atol=1e-4)
    for name, angle in motion.angles.items():
        read = [float(r[f"{name}_deg"] or "nan") for r in rows]
        assert np.allclose(read, angle, atol=0.006, equal_nan=True)


def test_an_unknown_cell_is_empty(analysis_with_gaps: Analysis, tmp_path: Path) -> None:
    gait = analysis_with_gaps.views[0].gait
    write_curves(tmp_path / "curves.csv", gait)
    write_angles(tmp_path / "angles.csv", gait)
    assert {r["sd_deg"] for r in _table(tmp_path / "curves.csv")} == {""}
    assert _table(tmp_path / "angles.csv")[0]["knee_flexion_left_deg"] == ""
    assert "nan" not in (tmp_path / "angles.csv").read_text(encoding="utf-8")


def test_strides_keep_every_column(analysis: Analysis, tmp_path: Path) -> None:
    gait = analysis.views[0].gait
    write_strides(tmp_path / "strides.csv", gait)
    rows = _table(tmp_path / "strides.csv")
    assert list(rows[0]) == list(gait.per_stride)
    assert len(rows) == len(gait.strides)
    assert [r["side"] for r in rows] == list(gait.per_stride["side"])
