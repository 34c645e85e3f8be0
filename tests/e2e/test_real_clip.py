"""`hipwise analyse` on a real running video: what a person who analyses runners would expect."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

MOST_MEMORY_MB = 700


WATCHED = """
import atexit, sys
from pathlib import Path

peak = Path(sys.argv[1])
sys.argv = ["hipwise", *sys.argv[2:]]

@atexit.register
def tell():
    lines = Path("/proc/self/status").read_text().splitlines()
    peak.write_text(next(line.split()[1] for line in lines if line.startswith("VmHWM")))

from hipwise.cli import app
app()
"""
"""Runs the program and writes its peak memory (kB). What the system tells of a child that has ended
may be the peak of the process that started it."""


@pytest.fixture(scope="module")
def analysed(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Any], float]:
    """The measurements of the clip, and the program's peak memory (MB)."""
    folder = tmp_path_factory.mktemp("real")
    clip, peak = shared_data / "video" / "male_side.mp4", folder / "peak.txt"
    command = ["analyse", str(clip), "--height-cm", "175", "--out", str(folder / "out")]
    subprocess.run(
        [sys.executable, "-c", WATCHED, str(peak), *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    document = json.loads((folder / "out" / "measurements.json").read_text(encoding="utf-8"))
    return document, int(peak.read_text()) / 1024


@pytest.mark.data
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process' peak memory")
def test_the_clip_is_read_as_a_runner_seen_from_the_left(
    analysed: tuple[dict[str, Any], float],
) -> None:
    document, _ = analysed
    assert document["recording"]["view"] == "left"
    assert len([e for e in document["events"] if e["kind"] == "foot_strike"]) >= 30
    cadence = {m["side"]: m["value"] for m in document["measurements"] if m["metric"] == "cadence"}
    assert cadence["left"] == pytest.approx(cadence["right"], abs=3)
    assert 160 < cadence[None] < 180


@pytest.mark.data
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process' peak memory")
def test_the_analysis_stays_within_its_memory(analysed: tuple[dict[str, Any], float]) -> None:
    _, peak_mb = analysed
    assert peak_mb < MOST_MEMORY_MB
