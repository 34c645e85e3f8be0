"""Recordings that the runner wants kept: files beside the database, known by their content."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

from sqlalchemy import select

from hipwise.errors import UnreadableFile, UsageError
from hipwise.storage.faults import in_words
from hipwise.storage.files import PARTIAL, Sha256, copy_hashed, place_of, whole_file
from hipwise.storage.repository import Repository
from hipwise.storage.tables import RecordingRow


@dataclass(frozen=True)
class KeptRecording:
    """A recording that is kept; `name` is the file's name as it came."""

    sha256: Sha256
    name: str
    size_bytes: int
    added_at: datetime


class Recordings(Repository):
    """The runner's recordings."""

    def add(self, path: str | Path) -> str:
        """Copy a recording and return its SHA-256; the same content twice is one recording.

        Raises UnreadableFile for a file that cannot be read.
        """
        path = Path(path)
        fingerprint = _fingerprint(path)
        place = place_of(self.folder, fingerprint)
        if not place.exists():
            with in_words(self.database.path):
                _copy(path, place, fingerprint)
        with self.database.writing() as session:
            if session.get(RecordingRow, (self.runner_id, fingerprint)) is None:
                session.add(
                    RecordingRow(
                        runner_id=self.runner_id,
                        sha256=fingerprint,
                        name=path.name,
                        size_bytes=place.stat().st_size,
                        added_at=datetime.now(UTC),
                    )
                )
        return fingerprint

    def list(self) -> tuple[KeptRecording, ...]:
        """Return every recording, in the order in which they were added."""
        query = select(RecordingRow).filter_by(runner_id=self.runner_id)
        with self.database.reading() as session:
            rows = session.scalars(query.order_by(RecordingRow.added_at))
            return tuple(recording_of(row) for row in rows)

    def path_of(self, sha256: str) -> Path:
        """Return where a recording lies.

        Raises UsageError where none has this SHA-256, UnreadableFile where its file is gone.
        """
        recording, place = self.get(sha256), place_of(self.folder, sha256)
        if not place.is_file():
            raise UnreadableFile(
                f"The file of the recording {recording.name} is gone: add it again."
            )
        return place

    def get(self, sha256: str) -> KeptRecording:
        """Return a recording; raises UsageError where none has this SHA-256."""
        with self.database.reading() as session:
            row = session.get(RecordingRow, (self.runner_id, sha256))
            if row is not None:
                return recording_of(row)
        raise UsageError(f"No recording with the SHA-256 {sha256} is kept: add it first.")

    @contextmanager
    def named(self, sha256: str) -> Iterator[Path]:
        """Give a recording under the name it came with, for as long as the block lasts.

        Raises as `path_of` does.
        """
        place, name = self.path_of(sha256), self.get(sha256).name
        with tempfile.TemporaryDirectory(prefix=PARTIAL, dir=place.parent) as folder:
            path = Path(folder) / name
            try:
                os.link(place, path)
            except OSError:  # a file system without links
                shutil.copyfile(place, path)
            yield path

    def remove(self, sha256: str) -> None:
        """Remove a recording with its file, whether or not it is there."""
        with self.database.writing() as session:
            row = session.get(RecordingRow, (self.runner_id, sha256))
            if row is None:
                return
            session.delete(row)
        with in_words(self.database.path):
            place_of(self.folder, sha256).unlink(missing_ok=True)


def recording_of(row: RecordingRow) -> KeptRecording:
    """Return the recording of a row."""
    return KeptRecording(row.sha256, row.name, row.size_bytes, row.added_at)


def _fingerprint(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise UnreadableFile(f"{path} cannot be read ({reason}): give a recording.") from None


def _copy(path: Path, place: Path, fingerprint: str) -> None:
    """Copy a file to `place`; raises UnreadableFile where it changed since it was looked at."""
    with path.open("rb") as source, whole_file(place) as target:
        if copy_hashed(source, target) != fingerprint:
            raise UnreadableFile(f"{path} changes while it is read: wait until it is complete.")
