"""Files that are sent: looked at by name and type, and written where they are wanted."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

from fastapi import UploadFile

from hipwise.errors import UsageError

ENDINGS = (".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".mts", ".3gp")
"""What the name of a film may end in (chosen by us); what is in it decides."""
LONGEST_NAME_BYTES = 120
"""So much of a name is kept, from its end (chosen by us)."""
PIECE_BYTES = 2**20


def saved(film: UploadFile, folder: Path) -> Path:
    """Write a film that was sent into `folder`, and return its path.

    Raises UsageError where neither name nor type is that of a film.
    """
    name = name_of(film)
    if not name.lower().endswith(ENDINGS) or not (film.content_type or "").startswith("video/"):
        raise UsageError(
            f"'{name}' is no film that is taken here: give one that ends in {', '.join(ENDINGS)}."
        )
    return written(film, folder)


def written(sent: UploadFile, folder: Path) -> Path:
    """Write what was sent into `folder`, under a name that leads nowhere, and return its path."""
    path = folder / (name_of(sent).strip(". ") or "file")
    with path.open("wb") as target:
        shutil.copyfileobj(sent.file, target, PIECE_BYTES)
    return path


def name_of(sent: UploadFile) -> str:
    """Return the name with which a file was sent, without folders and what no name may hold."""
    name = PurePosixPath((sent.filename or "").replace("\\", "/")).name
    known = "".join(c if c.isprintable() and c not in '<>:"|?*' else "_" for c in name)
    return known.encode()[-LONGEST_NAME_BYTES:].decode(errors="ignore")
