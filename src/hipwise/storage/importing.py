"""An export taken into the records: all of it or nothing, and twice is the same as once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from hipwise.errors import HipwiseError, UnreadableFile
from hipwise.storage import analyses, files
from hipwise.storage.archive import Limits, unpack
from hipwise.storage.database import Database
from hipwise.storage.exporting import rows_of
from hipwise.storage.faults import in_words
from hipwise.storage.parts import PARTS, RUNNER, RunnerDocument, text_of
from hipwise.storage.tables import (
    AnalysisRow,
    DraftRow,
    MeasurementRow,
    PlanRow,
    RecordingRow,
    Row,
    RunnerRow,
    SettingRow,
)

STAGE_PREFIX = "incoming-"
_RECORDS = TypeAdapter(tuple[dict[str, Any], ...])


@dataclass
class Imported:
    """How many records were new, were here already, and stayed as they are here, being others."""

    added: int = 0
    known: int = 0
    kept_own: int = 0


def import_(
    database: Database, runner_id: int, path: Path, limits: Limits | None = None
) -> Imported:
    """Take the export at `path` into the records of the runner; what is here already stays.

    Raises UnreadableFile as `unpack` does and for a record that cannot be, UsageError where there
    is no room; then nothing has changed.
    """
    limits = limits or Limits()
    folder = database.path.parent
    with (
        in_words(database.path),
        tempfile.TemporaryDirectory(prefix=STAGE_PREFIX, dir=folder) as name,
    ):
        stage = Path(name)
        unpack(path, stage, limits)
        runner, rows = _read(stage, runner_id, path, limits)
        with _moved_in(stage, folder, rows), database.writing() as session:
            return _merge(session, runner_id, runner, rows)


def _read(
    stage: Path, runner_id: int, path: Path, limits: Limits
) -> tuple[RunnerDocument, list[Row]]:
    """Read every document; raises UnreadableFile, naming the one at fault."""
    rows: list[Row] = []
    name = RUNNER
    try:
        runner = RunnerDocument.model_validate_json(_content(stage / name, limits))
        for name, part in PARTS.items():
            records = _RECORDS.validate_json(_content(stage / name, limits))
            rows += [part.read(record, runner_id) for record in records]
    except ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(str(place) for place in fault["loc"])
        raise UnreadableFile(f"{path.name}: '{name}', '{field}': {fault['msg']}.") from None
    except HipwiseError as error:
        raise UnreadableFile(f"{path.name}: '{name}': {error}") from None
    known = {None} | {row.id for row in rows if isinstance(row, AnalysisRow)}
    for row in rows:
        if isinstance(row, MeasurementRow) and row.analysis_id not in known:
            raise UnreadableFile(f"{path.name}: a value of '{row.metric}' is of no analysis in it.")
    return runner, rows


def _content(file: Path, limits: Limits) -> bytes:
    if not file.is_file():
        raise UnreadableFile("This document is missing: export again.")
    if file.stat().st_size > limits.document_bytes:
        raise UnreadableFile("This document is larger than any of hipwise is.")
    return file.read_bytes()


@contextmanager
def _moved_in(stage: Path, folder: Path, rows: list[Row]) -> Iterator[None]:
    """Have the files of `rows` in their place; take them away again where the block raises."""
    moved: list[Path] = []
    try:
        for row in rows:
            place = _place_of(row, folder)
            if place is None or place.exists():
                continue
            staged = stage / place.relative_to(folder)
            if staged.exists():
                files.make_folder(place.parent)
                staged.rename(place)
                moved.append(place)
                files.sync_folder(place.parent)
        yield
    except BaseException:
        for place in moved:
            if place.is_dir():
                shutil.rmtree(place)
            else:
                place.unlink()
        raise


def _place_of(row: Row, folder: Path) -> Path | None:
    if isinstance(row, RecordingRow):
        return files.place_of(folder, row.sha256)
    return analyses.place_of(folder, row.id) if isinstance(row, AnalysisRow) else None


def _merge(session: Session, runner_id: int, document: RunnerDocument, rows: list[Row]) -> Imported:
    """Add what is not here yet to what `session` writes."""
    done = Imported()
    plan_differs = _plan_differs(session, runner_id, rows)
    for row in (*_singles(session, runner_id, document), *rows):
        known = session.get(type(row), inspect(type(row)).primary_key_from_instance(row))
        if known is not None and _content_of(known) == _content_of(row):
            done.known += 1
        elif known is not None or (isinstance(row, PlanRow) and plan_differs):
            done.kept_own += 1
        else:
            session.add(row)
            session.flush()
            done.added += 1
    return done


def _singles(session: Session, runner_id: int, document: RunnerDocument) -> Iterator[Row]:
    """Yield the rows of the runner's own document, and put the profile where there is none."""
    runner = session.get_one(RunnerRow, runner_id)
    if runner.profile is None and document.profile is not None:
        runner.profile = document.profile.model_dump(mode="json")
    for key, value in document.settings.items():
        yield SettingRow(runner_id=runner_id, key=key, value=value)
    if document.unfinished_screening is not None:
        yield DraftRow(runner_id=runner_id, document=text_of(document.unfinished_screening))


def _plan_differs(session: Session, runner_id: int, rows: list[Row]) -> bool:
    """Tell whether the plan took another way here: then later versions do not follow."""
    here = {row.version: row.document for row in rows_of(session, PlanRow, runner_id)}
    plans = [row for row in rows if isinstance(row, PlanRow)]
    return any(here.get(row.version, row.document) != row.document for row in plans)


def _content_of(row: Row) -> Any:
    """Return what may differ between two rows of one key; most are known by their content."""
    return getattr(row, "document", getattr(row, "value", None))
