"""Files beside the database: whole or not there, and known by the SHA-256 of their content."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, Annotated

from pydantic import StringConstraints

FOLDER = "files"
PARTIAL = ".partial-"
"""The names of what is not finished begin so."""
CHUNK_BYTES = 1 << 20

Sha256 = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
"""A SHA-256 in lower-case hexadecimal; what comes from outside is held to it."""


def place_of(folder: Path, fingerprint: str) -> Path:
    """Return where the content with this SHA-256 lies below `folder`."""
    return folder / FOLDER / fingerprint[:2] / fingerprint[2:]


def make_folder(folder: Path) -> None:
    """Create a folder, for the user alone, with its parents, and put their names on the disk.

    Raises OSError.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def new_folder(parent: Path) -> Path:
    """Create an empty folder in `parent` for what is not to stay; raises OSError."""
    make_folder(parent)
    return Path(tempfile.mkdtemp(prefix=PARTIAL, dir=parent))


def sweep(folder: Path, older_than_s: float = 86_400.0) -> None:
    """Remove what was left unfinished below `folder` when a program broke off (a day, by us)."""
    begun = time.time() - older_than_s
    for left in (*(folder / FOLDER).glob(f"{PARTIAL}*"), *(folder / FOLDER).glob(f"*/{PARTIAL}*")):
        with suppress(OSError):
            if left.stat().st_mtime > begun:
                continue
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write into, which becomes `path`, on the disk, when the block ends well.

    Otherwise nothing of it remains. Raises OSError.
    """
    make_folder(path.parent)
    handle, partial = tempfile.mkstemp(prefix=PARTIAL, dir=path.parent)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 (an open handle)
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(partial).replace(path)
    finally:
        Path(partial).unlink(missing_ok=True)
    sync_folder(path.parent)


def copy_hashed(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy all of `source` and return the SHA-256 of what was copied."""
    digest = sha256()
    while chunk := source.read(CHUNK_BYTES):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk, on systems where that takes a step of its own."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
