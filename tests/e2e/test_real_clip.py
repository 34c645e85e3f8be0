"""`hipwise analyse` on a real running video: what a person who analyses runners would expect."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

MOST_MEMORY_MB = 700


@pytest.fixture(scope="module")
def analysed(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Any], float]:
    """The measurements of the clip, and the program's peak memory (MB)."""
    folder = tmp_path_factory.mktemp("real")
    clip = shared_data / "video" / "male_side.mp4"
    command = ["analyse", str(clip), "--height-cm", "175", "--out", str(folder / "out")]
    with subprocess.Popen(
        [sys.executable, "-m", "hipwise", *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    document = json.loads((folder / "out" / "measurements.json").read_text(encoding="utf-8"))
    per_mb = 1024 if sys.platform == "linux" else 1024**2
    return document, usage.ru_maxrss / per_mb


@pytest.mark.data
@pytest.mark.skipif(not hasattr(os, "wait4"), reason="only POSIX tells a child's peak memory")
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
@pytest.mark.skipif(not hasattr(os, "wait4"), reason="only POSIX tells a child's peak memory")
def test_the_analysis_stays_within_its_memory(analysed: tuple[dict[str, Any], float]) -> None:
    _, peak_mb = analysed
    assert peak_mb < MOST_MEMORY_MB
