"""Where the output goes is no reason to fail."""

from __future__ import annotations

import os
import subprocess
import sys


def test_a_pipe_that_holds_few_characters_gets_what_it_can_hold() -> None:
    """As on Windows, where a pipe is not UTF-8."""
    done = subprocess.run(
        [sys.executable, "-m", "hipwise", "doctor"],
        env=os.environ | {"PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert b"UnicodeEncodeError" not in done.stderr
    assert b"pose weights" in done.stdout
