"""Runs the real program in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def hipwise(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `hipwise` in `folder`, where its data lie too unless HIPWISE_DATA says otherwise."""
    return subprocess.run(
        [sys.executable, "-m", "hipwise", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        env={"HIPWISE_DATA": str(folder / "data")}
        | os.environ
        | {"COLUMNS": "100", "NO_COLOR": "1"},
        check=False,
    )


def said(result: subprocess.CompletedProcess[str]) -> str:
    """What a person reads on stderr, in one line, without progress bars."""
    lines = [
        line
        for line in result.stderr.splitlines()
        if line.strip() and "━" not in line and not line.startswith("INFO:")
    ]
    return " ".join(" ".join(lines).split())
