"""Films that are sent: looked at by name and type, and written where they are wanted."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

from fastapi import UploadFile

from hipwise.errors import UsageError

ENDINGS = (".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".mts", ".3gp")
"""What the name of a film may end in (chosen by us); what is in it decides."""
LONGEST_NAME = 120
PIECE_BYTES = 2**20


def saved(film: UploadFile, folder: Path) -> Path:
    """Write what was sent into `folder`, under a name that leads nowhere, and return its path.

    Raises UsageError where neither name nor type is that of a film.
    """
    sent = PurePosixPath((film.filename or "").replace("\\", "/")).name
    name = "".join(c if c.isprintable() and c not in '<>:"|?*' else "_" for c in sent)
    if not name.lower().endswith(ENDINGS) or not (film.content_type or "").startswith("video/"):
        raise UsageError(
            f"'{name[:LONGEST_NAME]}' is no film that is taken here: give one that ends in "
            f"{', '.join(ENDINGS)}."
        )
    path = folder / name[-LONGEST_NAME:]
    with path.open("wb") as target:
        shutil.copyfileobj(film.file, target, PIECE_BYTES)
    return path
