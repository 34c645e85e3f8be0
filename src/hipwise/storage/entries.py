"""Entries of the log as JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from pydantic import TypeAdapter, ValidationError

from hipwise.errors import UnreadableFile, UsageError
from hipwise.progress.log import Entry, MorningAfter, RunDone, SessionDone, TimeOff
from hipwise.storage.documents import as_json

KINDS: Mapping[str, type[Entry]] = {
    "session": SessionDone,
    "morning_after": MorningAfter,
    "run": RunDone,
    "time_off": TimeOff,
}
"""How each kind of entry is called in its document."""
_ADAPTERS: Mapping[str, TypeAdapter[Entry]] = {
    kind: TypeAdapter(entry) for kind, entry in KINDS.items()
}
_KIND_OF = {entry: kind for kind, entry in KINDS.items()}


def document_of(entry: Entry) -> dict[str, Any]:
    """Return an entry as JSON, its kind first; raises UsageError where a number is none."""
    kind = _KIND_OF[type(entry)]
    document = {"entry": kind} | _ADAPTERS[kind].dump_python(entry, mode="json")
    return dict(as_json(document, f"The entry '{entry.id}'"))


def entry_of(document: Mapping[str, Any]) -> Entry:
    """Return the entry of a document; raises UnreadableFile where it cannot be one."""
    fields = dict(document)
    kind = fields.pop("entry", None)
    if kind not in _ADAPTERS:
        raise UnreadableFile(f"An entry of the log is of the kind '{kind}', which is not known.")
    try:
        return _ADAPTERS[kind].validate_python(fields)
    except ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(map(str, fault["loc"]))
        raise UnreadableFile(
            f"An entry of the log cannot be read: '{field}': {fault['msg']}."
        ) from None
    except UsageError as fault:
        raise UnreadableFile(f"An entry of the log cannot be: {fault}") from None


def span_of(entry: Entry) -> tuple[datetime, datetime]:
    """Return when an entry begins and ends; a day is that of UTC, a session or run its time."""
    if isinstance(entry, SessionDone | RunDone):
        return entry.at, entry.at
    if isinstance(entry, MorningAfter):
        return _day(entry.day, time.min), _day(entry.day, time.max)
    return _day(entry.first, time.min), _day(entry.last, time.max)


def _day(day: date, at: time) -> datetime:
    return datetime.combine(day, at, UTC)
