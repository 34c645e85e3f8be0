"""SQLite through SQLAlchemy: every write is on the disk before its block has ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

from hipwise.storage.faults import in_words

BUSY_S = 15.0
"""How long one program waits for another that is writing (chosen by us)."""
_PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "secure_delete": "ON",
}


def engine_for(path: Path, *, foreign_keys: bool = True) -> Engine:
    """Return an engine whose connections keep hipwise's promises.

    Nothing is acknowledged before it is on the disk, what is deleted is overwritten, and what
    refers to something gone is refused; only a migration takes `foreign_keys` off.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": BUSY_S},
        json_serializer=partial(json.dumps, ensure_ascii=False, allow_nan=False),
    )
    pragmas = _PRAGMAS | {"foreign_keys": "ON" if foreign_keys else "OFF"}

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where `_begin` says, nowhere else
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name}={value}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        kind = connection.get_execution_options().get("begin", "")
        connection.exec_driver_sql(f"BEGIN {kind}")

    return engine


class Database:
    """The database of one file. It may be shared between threads."""

    def __init__(self, path: Path) -> None:
        """Use the database at `path`, which is there and up to date."""
        self.path = path
        self._engine = engine_for(path)
        # A write that began as a read could find that another program wrote in between.
        self._writer = self._engine.execution_options(begin="IMMEDIATE")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one state throughout; raises as `in_words` does."""
        with in_words(self.path), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session of which all or nothing is kept, on the disk when the block has ended.

        Raises as `in_words` does.
        """
        with in_words(self.path), Session(self._writer) as session, session.begin():
            yield session

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()
