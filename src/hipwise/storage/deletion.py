"""Everything of the runner gone, down to the bytes."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import delete

from hipwise.errors import UsageError
from hipwise.storage import analyses, backups, earlier_files, files
from hipwise.storage.database import BUSY_S, Database
from hipwise.storage.faults import in_words
from hipwise.storage.importing import STAGE_PREFIX
from hipwise.storage.tables import RunnerRow

_FOLDERS = (files.FOLDER, analyses.FOLDER, backups.FOLDER, earlier_files.FOLDER)


def delete_everything(database: Database, runner_id: int) -> None:
    """Delete every record and file of the runner; what remains is an empty database.

    Raises UsageError where another program holds on to the records: then run it again.
    """
    with database.writing() as session:
        session.execute(delete(RunnerRow).filter_by(id=runner_id))
        session.add(RunnerRow(id=runner_id, profile=None))
    with in_words(database.path):
        folder = database.path.parent
        for place in (*(folder / name for name in _FOLDERS), *folder.glob(f"{STAGE_PREFIX}*")):
            if place.exists():
                shutil.rmtree(place)
        _wipe(database.path)


def _wipe(path: Path) -> None:
    """Write the database anew without what was deleted, and empty its write-ahead log."""
    with closing(sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("VACUUM")
        (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise UsageError(
            f"Another program still reads the records in {path.parent}: close it, then delete "
            "again."
        )
