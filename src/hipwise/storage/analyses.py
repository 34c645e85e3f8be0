"""Analyses: what was measured in recordings, with the documents of the report."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import uuid4

from pydantic import StringConstraints
from sqlalchemy import select

from hipwise.errors import UnreadableFile, UsageError
from hipwise.measurement import Measurement
from hipwise.storage.faults import in_words
from hipwise.storage.files import Sha256, copy_hashed, new_folder, sync_folder, whole_file
from hipwise.storage.measurements import keep
from hipwise.storage.repository import Repository
from hipwise.storage.tables import AnalysisRow

FOLDER = "reports"
DOCUMENT = "measurements.json"
FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
"""What a file of a report may be called."""


@dataclass(frozen=True)
class KeptAnalysis:
    """An analysis that is kept; `recordings` are the SHA-256 of what was analysed."""

    id: Annotated[str, StringConstraints(pattern="^[0-9a-f]{32}$")]
    made_at: datetime
    recordings: tuple[Sha256, ...]


class Analyses(Repository):
    """The runner's analyses. The files of each lie in `reports/<id>/`."""

    def add(
        self,
        recordings: Sequence[str],
        document: str,
        measurements: Iterable[Measurement],
        report: Path | None = None,
    ) -> str:
        """Keep an analysis and return its new id.

        `recordings` are SHA-256, `document` is the text of `measurements.json`, and `report` a
        folder whose files are copied. Raises UsageError for a folder that is no report's.
        """
        id = uuid4().hex
        place = place_of(self.folder, id)
        with in_words(self.database.path), _new_folder(place) as folder:
            for file in _files_of(report):
                with file.open("rb") as source, whole_file(folder / file.name) as target:
                    copy_hashed(source, target)
            with whole_file(folder / DOCUMENT) as target:
                target.write(document.encode())
        try:
            with self.database.writing() as session:
                row = AnalysisRow(
                    runner_id=self.runner_id,
                    id=id,
                    made_at=datetime.now(UTC),
                    recordings=list(recordings),
                )
                session.add(row)
                session.flush()
                keep(session, self.runner_id, measurements, id)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        return id

    def list(self) -> tuple[KeptAnalysis, ...]:
        """Return every analysis, the oldest first."""
        query = select(AnalysisRow).filter_by(runner_id=self.runner_id)
        with self.database.reading() as session:
            rows = session.scalars(query.order_by(AnalysisRow.made_at))
            return tuple(analysis_of(row) for row in rows)

    def document(self, id: str) -> str:
        """Return the text of an analysis' `measurements.json`.

        Raises UsageError where there is no such analysis, UnreadableFile where its file is gone.
        """
        file = self.report_of(id) / DOCUMENT
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, ValueError):
            raise UnreadableFile(f"{file} is gone or damaged: analyse the film again.") from None

    def report_of(self, id: str) -> Path:
        """Return the folder of an analysis' files; raises UsageError where there is none."""
        with self.database.reading() as session:
            known = session.get(AnalysisRow, (self.runner_id, id)) is not None
        if not known:
            raise UsageError(f"There is no analysis '{id}': list them to see which there are.")
        return place_of(self.folder, id)

    def remove(self, id: str) -> None:
        """Remove an analysis with its measurements and files, whether or not it is there."""
        with self.database.writing() as session:
            row = session.get(AnalysisRow, (self.runner_id, id))
            if row is None:
                return
            session.delete(row)
        with in_words(self.database.path):
            shutil.rmtree(place_of(self.folder, id))


def place_of(folder: Path, id: str) -> Path:
    """Return where the files of an analysis lie below `folder`."""
    return folder / FOLDER / id


def analysis_of(row: AnalysisRow) -> KeptAnalysis:
    """Return the analysis of a row."""
    return KeptAnalysis(row.id, row.made_at, tuple(row.recordings))


@contextmanager
def _new_folder(place: Path) -> Iterator[Path]:
    """Give a folder to fill, which becomes `place` when the block ends well."""
    stage = new_folder(place.parent)
    try:
        yield stage
        stage.rename(place)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    sync_folder(place.parent)


def _files_of(report: Path | None) -> list[Path]:
    files = [] if report is None else sorted(report.iterdir())
    for file in files:
        if not file.is_file() or not FILE_NAME.fullmatch(file.name):
            raise UsageError(f"{file} is no file of a report: give a folder that hipwise wrote.")
    return files
