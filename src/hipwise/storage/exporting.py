"""Everything that belongs to the runner, as one zip file."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

import hipwise
from hipwise.errors import UsageError
from hipwise.storage.analyses import FOLDER as REPORTS
from hipwise.storage.database import Database
from hipwise.storage.files import copy_hashed, place_of, whole_file
from hipwise.storage.layout import MANIFEST, SCHEMA, Manifest, Software
from hipwise.storage.parts import PARTS, RUNNER, RunnerDocument, in_place
from hipwise.storage.tables import AnalysisRow, DraftRow, RecordingRow, RunnerRow, SettingRow

_PACKED = {".mp4", ""}
"""Endings of files that are compressed already; recordings have none."""


def export(database: Database, runner_id: int, path: Path) -> None:
    """Write everything of the runner into a new zip file at `path`, whole or not at all.

    Raises UsageError where `path` is taken or cannot be written.
    """
    if path.exists():
        raise UsageError(f"{path} is there already: give the name of a new file.")
    with database.reading() as session:
        documents = _documents(session, runner_id)
        files = dict(_files(session, runner_id, database.path.parent))
    try:
        with whole_file(path) as target, ZipFile(target, "w", allowZip64=True) as archive:
            _write(archive, documents, files)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise UsageError(
            f"{path} cannot be written ({reason}): choose another place for it."
        ) from error


def rows_of(session: Session, table: Any, runner_id: int) -> list[Any]:
    """Return the rows of a table that belong to the runner, in the order of their keys."""
    keys = inspect(table).primary_key
    return list(session.scalars(select(table).filter_by(runner_id=runner_id).order_by(*keys)))


def _documents(session: Session, runner_id: int) -> dict[str, Any]:
    draft = session.get(DraftRow, runner_id)
    runner = RunnerDocument.model_validate(
        {
            "profile": session.get_one(RunnerRow, runner_id).profile,
            "settings": {r.key: r.value for r in rows_of(session, SettingRow, runner_id)},
            "unfinished_screening": None if draft is None else in_place(draft.document),
        }
    )
    parts = {
        part.file: [part.write(row) for row in rows_of(session, part.table, runner_id)]
        for part in PARTS.values()
    }
    return {RUNNER: runner.model_dump(mode="json"), **parts}


def _files(session: Session, runner_id: int, folder: Path) -> Iterator[tuple[str, Path]]:
    """Name every file that is kept and where it lies; one that is gone cannot be handed out."""
    places = [place_of(folder, r.sha256) for r in rows_of(session, RecordingRow, runner_id)]
    for analysis in rows_of(session, AnalysisRow, runner_id):
        places += sorted((folder / REPORTS / analysis.id).glob("*"))
    for place in places:
        if place.is_file():
            yield place.relative_to(folder).as_posix(), place


def _write(archive: ZipFile, documents: dict[str, Any], files: dict[str, Path]) -> None:
    listed = {}
    for name, document in documents.items():
        text = json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False)
        listed[name] = _add(archive, name, io.BytesIO(text.encode()))
    for name, place in files.items():
        with place.open("rb") as source:
            listed[name] = _add(archive, name, source)
    manifest = Manifest(
        schema=SCHEMA,
        software=Software(name="hipwise", version=hipwise.__version__),
        made_at=datetime.now(UTC),
        files=listed,
    )
    text = manifest.model_dump_json(by_alias=True, indent=1)
    _add(archive, MANIFEST, io.BytesIO(text.encode()))


def _add(archive: ZipFile, name: str, source: IO[bytes]) -> str:
    """Add a file to the archive as it is read, and return its SHA-256."""
    info = ZipInfo(name, date_time=time.localtime()[:6])
    info.compress_type = ZIP_STORED if Path(name).suffix in _PACKED else ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    with archive.open(info, "w", force_zip64=True) as target:
        return copy_hashed(source, target)
