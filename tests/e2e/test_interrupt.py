"""Ctrl-C while the program works: it ends at once and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


@pytest.mark.skipif(os.name == "nt", reason="a process group is interrupted as a terminal does it")
@pytest.mark.parametrize(("after_s", "times"), [(0.0, 1), (1.0, 2)], ids=["once", "impatiently"])
def test_ctrl_c_ends_the_work_and_leaves_nothing(
    tmp_path: Path, after_s: float, times: int
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    program = subprocess.Popen(
        [sys.executable, "-m", "hipwise", "demo", "--out", str(tmp_path / "out"), "--no-open"],
        env=os.environ | {"TMPDIR": str(scratch)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for_a_film(scratch)
        time.sleep(after_s)
        for _ in range(times):
            os.killpg(program.pid, signal.SIGINT)
            time.sleep(0.02)
        assert program.wait(timeout=20) != 0
    finally:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
    assert not (tmp_path / "out").exists()
    assert list(tmp_path.rglob("*.mp4")) == []


def _wait_for_a_film(folder: Path) -> None:
    """Wait until the first picture is on its way into the film."""
    for _ in range(600):
        if any(film.stat().st_size for film in folder.rglob("*.mp4")):
            return
        time.sleep(0.1)
    pytest.fail("no film was begun within a minute")
