"""The output folder: checked before long work, filled beside its place, moved in at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hipwise.errors import UsageError
from hipwise.reporting.names import is_report_file

_STAGE_PREFIX = ".hipwise-"


def check_writable(out_dir: Path) -> None:
    """Make sure `out_dir` can be written, and leave no trace; call it before long work starts.

    Raises `UsageError` if it is a file, lies under a file, or may not be written.
    """
    with staged_folder(out_dir, keep=False):
        pass


@contextmanager
def staged_folder(out_dir: Path, *, keep: bool = True) -> Iterator[Path]:
    """Give a folder to write into, which becomes `out_dir` when the block ends well.

    If the block raises, nothing of it remains. Files of an earlier report in `out_dir` are
    replaced, or removed if the new report has no such file; everything else there is left alone.
    Raises `UsageError` if `out_dir` cannot be written.
    """
    out_dir = Path(out_dir).absolute()
    created = _make_parents(out_dir)
    try:
        stage = _make_stage(out_dir)
        try:
            yield stage
            if keep:
                _move_into_place(stage, out_dir)
                created = []
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    finally:
        for folder in reversed(created):
            folder.rmdir()


def _make_parents(out_dir: Path) -> list[Path]:
    """Create the missing parents, outermost first, and return them."""
    if out_dir.exists() and not out_dir.is_dir():
        raise UsageError(f"{out_dir} is a file: give a folder for the report with --out.")
    missing = [folder for folder in out_dir.parents if not folder.exists()][::-1]
    try:
        out_dir.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(out_dir, error) from error
    return missing


def _make_stage(out_dir: Path) -> Path:
    """Create the temporary folder on the same file system as `out_dir`."""
    place = out_dir if out_dir.is_dir() else out_dir.parent
    try:
        return Path(tempfile.mkdtemp(prefix=_STAGE_PREFIX, dir=place))
    except OSError as error:
        raise _cannot_write(out_dir, error) from error


def _move_into_place(stage: Path, out_dir: Path) -> None:
    stage.chmod(0o777 & ~_umask())
    try:
        if not out_dir.exists():
            stage.rename(out_dir)
            return
        new = {file.name for file in stage.iterdir()}
        for file in stage.iterdir():
            file.replace(out_dir / file.name)
        for old in out_dir.iterdir():
            if is_report_file(old.name) and old.name not in new:
                old.unlink()
    except OSError as error:
        raise _cannot_write(out_dir, error) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot_write(out_dir: Path, error: OSError) -> UsageError:
    reason = (error.strerror or "unknown reason").lower()
    return UsageError(
        f"The folder {out_dir} cannot be written ({reason}): "
        "choose another with --out, or change its permissions."
    )
