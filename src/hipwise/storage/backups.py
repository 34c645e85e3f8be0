"""Copies of the whole database, made before it is changed from the ground up."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from hipwise.storage.files import make_folder, sync_folder

KEPT = 3
"""So many backups are kept (chosen by us)."""
FOLDER = "backups"


def back_up(path: Path, revision: str) -> Path:
    """Copy the database at `path` as of now into `backups/`, and drop the oldest copies.

    A copy has its name only when it is whole. Raises OSError and sqlite3.Error.
    """
    folder = path.parent / FOLDER
    make_folder(folder)
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S-%f")
    backup = folder / f"{stamp}-revision-{revision}.sqlite3"
    partial = backup.with_suffix(".partial")
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(partial)) as copy:
            source.backup(copy)
        partial.replace(backup)
        sync_folder(folder)
    finally:
        partial.unlink(missing_ok=True)
    for old in sorted(folder.glob("*.sqlite3"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return backup
