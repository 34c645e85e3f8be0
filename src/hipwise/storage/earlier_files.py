"""Screenings that an earlier hipwise kept as files, taken over into the database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hipwise.errors import UnreadableFile
from hipwise.screening.reading import parse_answers
from hipwise.storage.database import Database
from hipwise.storage.faults import in_words
from hipwise.storage.screenings import keep
from hipwise.storage.tables import DraftRow

FOLDER = "screenings"
_UNFINISHED = "unfinished.json"
_FINISHED = "[0-9]*.json"
_STAMP = "%Y-%m-%dT%H-%M-%S"
_TAKEN_OVER = ".taken-over"


def take_over(database: Database, runner_id: int) -> None:
    """Take over what lies in `screenings/`; its files stay, under a name that says so.

    Also what can no longer be read is taken over as it is. Raises as `in_words` does.
    """
    folder = database.path.parent / FOLDER
    finished = sorted(folder.glob(_FINISHED))
    unfinished = [file for file in (folder / _UNFINISHED,) if file.exists()]
    if not finished and not unfinished:
        return
    with database.writing() as session:
        for file in finished:
            text = _text_of(file)
            keep(session, runner_id, text, _time_of(text, file))
        for file in unfinished:
            session.merge(DraftRow(runner_id=runner_id, document=_text_of(file)))
    with in_words(database.path):
        for file in (*finished, *unfinished):
            file.replace(file.with_name(file.name + _TAKEN_OVER))


def _text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def _time_of(text: str, file: Path) -> datetime | None:
    """Return when a screening was taken: as its answers say, else as its file's name does."""
    try:
        return parse_answers(text.encode(), file.name).taken_at
    except UnreadableFile:
        pass
    try:
        return datetime.strptime(file.stem, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
