"""The output folder: checked before long work, filled beside its place, moved in at the end."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
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


def write_whole(path: Path, content: str | bytes) -> None:
    """Write `content` so that `path` holds either the old or the new, whatever happens.

    Raises `UsageError` if its folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 (an open handle)
                file.write(content.encode() if isinstance(content, str) else content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _cannot_write(path.parent, error) from error


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
        _remove_empty(created)


def _make_parents(out_dir: Path) -> list[Path]:
    """Create the missing parents, outermost first, and return them."""
    created: list[Path] = []
    try:
        if _is_there(out_dir):
            _refuse_a_file(out_dir)
        for folder in [folder for folder in out_dir.parents if not _is_there(folder)][::-1]:
            folder.mkdir(exist_ok=True)
            created.append(folder)
    except OSError as error:
        _remove_empty(created)
        raise _cannot_write(out_dir, error) from error
    return created


def _is_there(path: Path) -> bool:
    """Tell whether `path` exists; raises OSError where its name is not allowed or not readable."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _refuse_a_file(out_dir: Path) -> None:
    if not out_dir.is_dir():
        raise UsageError(f"{out_dir} is a file: give a folder for the report with --out.")


def _remove_empty(folders: Sequence[Path]) -> None:
    """Remove folders, outermost first in the list, up to one that something else now uses."""
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


def _make_stage(out_dir: Path) -> Path:
    """Create the temporary folder, with the permissions of a new one, beside its place."""
    place = out_dir if out_dir.is_dir() else out_dir.parent
    stage = place / f"{_STAGE_PREFIX}{secrets.token_hex(8)}"
    try:
        stage.mkdir()
    except OSError as error:
        raise _cannot_write(out_dir, error) from error
    return stage


def _move_into_place(stage: Path, out_dir: Path) -> None:
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


def _cannot_write(out_dir: Path, error: OSError) -> UsageError:
    reason = (error.strerror or "unknown reason").lower()
    return UsageError(
        f"The folder {out_dir} cannot be written ({reason}): "
        "choose another with --out, or change its permissions."
    )
