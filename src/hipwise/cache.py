"""The user's cache: what can be made again, such as fetched weights and drawn figures."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

CACHE_VARIABLE = "HIPWISE_CACHE"


def user_cache() -> Path:
    """Where what can be made again is kept: `HIPWISE_CACHE`, else the platform's own folder."""
    from platformdirs import user_cache_path

    chosen = os.environ.get(CACHE_VARIABLE)
    return Path(chosen) if chosen else user_cache_path("hipwise", appauthor=False)


def keep(path: Path, content: bytes) -> None:
    """Write a file of the cache so that a reader never finds half of it; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(prefix=".partial-", dir=path.parent)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 (an open handle)
            file.write(content)
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
