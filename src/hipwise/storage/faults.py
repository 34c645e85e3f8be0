"""What SQLite and the disk refuse, in one sentence that says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from hipwise.errors import HipwiseError, UnreadableFile, UsageError
from hipwise.storage.folder import DATA_VARIABLE

_PRIMARY = 0xFF
"""SQLite's extended codes carry the plain one in their last byte."""
_NOT_WRITABLE = {sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
_IN_USE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what is refused while the database at `path` is used into a HipwiseError.

    UnreadableFile where it is damaged; UsageError where the folder cannot be written, the disk is
    full, or another program keeps it to itself. Anything else is a defect and passes through.
    """
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        said = _in_words(error.orig if isinstance(error, DBAPIError) else error, path)
        if said is None:
            raise
        raise said from error
    except OSError as error:
        raise cannot_write(path.parent, error) from error


def cannot_write(folder: Path, error: OSError) -> UsageError:
    """Return the error for a folder that does not take what is written into it."""
    reason = (error.strerror or "unknown reason").lower()
    return UsageError(
        f"The folder {folder} cannot be written ({reason}): make room there, change its "
        f"permissions, or name another in {DATA_VARIABLE}."
    )


def damaged(path: Path) -> UnreadableFile:
    """Return the error for a database that cannot be read."""
    backups = path.parent / "backups"
    mend = f"put the latest of {backups} in its place, or " if backups.is_dir() else ""
    return UnreadableFile(
        f"The records in {path} are damaged: {mend}move the file away to begin anew."
    )


def _in_words(error: BaseException | None, path: Path) -> HipwiseError | None:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & _PRIMARY
    if code in _DAMAGED:
        return damaged(path)
    if code == sqlite3.SQLITE_FULL:
        return UsageError(f"The disk with {path} is full: make room; nothing of this was kept.")
    if code == sqlite3.SQLITE_IOERR:
        return UsageError(
            f"The disk with {path} does not take what is written: see whether it is full or "
            "failing; nothing of this was kept."
        )
    if code in _NOT_WRITABLE:
        return cannot_write(path.parent, OSError(0, str(error)))
    if code in _IN_USE:
        return UsageError(
            f"Another program keeps the records in {path} to itself: close it, then try again."
        )
    return None
