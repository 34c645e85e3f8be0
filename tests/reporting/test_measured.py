from __future__ import annotations

import json
from pathlib import Path

import pytest

from hipwise.errors import UnreadableFile
from hipwise.findings import explain
from hipwise.knowledge import load
from hipwise.reporting.analysis import Analysis
from hipwise.reporting.files import to_json
from hipwise.reporting.measured import read_measured


def test_what_was_measured_is_read_back(analysis: Analysis, tmp_path: Path) -> None:
    path = tmp_path / "measurements.json"
    path.write_text(to_json(analysis), encoding="utf-8")
    read = read_measured(path, load())
    assert len(read.measurements) == len(analysis.measurements)
    for written, again in zip(analysis.measurements, read.measurements, strict=True):
        assert (again.metric, again.side, again.n) == (written.metric, written.side, written.n)
        assert again.value == pytest.approx(written.value, abs=0.01)
    explained = explain(read.measurements, read.symmetries, load())
    assert {f.id for f in explained} == {f.id for f in analysis.findings}


@pytest.mark.parametrize(
    "document",
    ["", "[]", '{"schema": "hipwise.screening/1"}', '{"schema": "hipwise.measurements/1"}'],
)
def test_what_holds_no_measurements_is_refused(document: str, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(document, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"other\.json"):
        read_measured(path, load())


def test_an_unknown_measure_is_refused(analysis: Analysis, tmp_path: Path) -> None:
    document = json.loads(to_json(analysis))
    document["measurements"][0]["metric"] = "happiness"
    path = tmp_path / "odd.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(UnreadableFile, match="happiness"):
        read_measured(path, load())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="gone"):
        read_measured(tmp_path / "gone.json", load())
