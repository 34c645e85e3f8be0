"""The log: what the runner wrote down, in the order of time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from hipwise.errors import Conflict
from hipwise.progress.log import Entry
from hipwise.storage.entries import document_of, entry_of, span_of
from hipwise.storage.repository import Repository
from hipwise.storage.tables import EntryRow


class Log(Repository):
    """The runner's log."""

    def append(self, entry: Entry) -> None:
        """Keep an entry; the same one again changes nothing.

        Raises Conflict where its id stands for an entry with another content.
        """
        row = row_of(entry, self.runner_id)
        with self.database.writing() as session:
            known = session.get(EntryRow, (self.runner_id, entry.id))
            if known is None:
                session.add(row)
            elif known.document != row.document:
                raise Conflict(
                    f"The log holds another entry with the id '{entry.id}': remove that one "
                    "first, or give this one an id of its own."
                )

    def entries(self, since: datetime | None = None) -> tuple[Entry, ...]:
        """Return the entries in the order in which they began.

        With `since` only those that reach to this time or beyond: time off counts up to its last
        day.
        """
        query = select(EntryRow.document).filter_by(runner_id=self.runner_id)
        if since is not None:
            query = query.where(EntryRow.until >= since)
        with self.database.reading() as session:
            documents = session.scalars(query.order_by(EntryRow.at, EntryRow.id)).all()
        return tuple(entry_of(document) for document in documents)

    def remove(self, id: str) -> None:
        """Remove the entry with this id, whether or not it is there."""
        with self.database.writing() as session:
            row = session.get(EntryRow, (self.runner_id, id))
            if row is not None:
                session.delete(row)


def row_of(entry: Entry, runner_id: int) -> EntryRow:
    """Return the row that keeps an entry; raises UsageError where a number is none."""
    at, until = span_of(entry)
    return EntryRow(
        runner_id=runner_id, id=entry.id, at=at, until=until, document=document_of(entry)
    )
