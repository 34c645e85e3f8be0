"""Sphinx extension: writes the commands and their options, as the program itself knows them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any


def setup(app: Any) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("builder-inited", lambda app: write(Path(app.srcdir) / "_generated"))
    return {"parallel_read_safe": True}


def write(folder: Path) -> None:
    """Write `commands.md` into `folder`."""
    folder.mkdir(exist_ok=True)
    options = [
        "--name",
        "hipwise",
        "--title",
        "The commands",
        "--output",
        str(folder / "commands.md"),
    ]
    subprocess.run(
        [sys.executable, "-m", "typer", "hipwise.cli", "utils", "docs", *options],
        check=True,
        stdout=subprocess.DEVNULL,
    )
