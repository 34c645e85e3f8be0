"""A database that is there, whole and up to date, before anything is asked of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from hipwise.errors import UnreadableFile
from hipwise.storage.backups import back_up
from hipwise.storage.database import BUSY_S, engine_for
from hipwise.storage.faults import damaged, in_words
from hipwise.storage.files import make_folder

REVISIONS = ("0001", "0002", "0003")
"""Every revision of `migrations/`, the newest last: told here too, so that opening an up-to-date
database need not load Alembic."""


def prepare(path: Path) -> None:
    """Create the database at `path`, or bring it up to date, with a backup made before.

    Raises UnreadableFile where it is damaged, not hipwise's, or of a newer hipwise; UsageError
    where the folder cannot be written. Whatever is raised, the database is as it was.
    """
    with in_words(path):
        make_folder(path.parent)
        revision = revision_of(path)
        if revision == REVISIONS[-1]:
            return
        if revision is not None and revision not in REVISIONS:
            raise UnreadableFile(
                f"The records in {path} were written by a newer hipwise: bring hipwise up to date."
            )
        if revision is not None:
            back_up(path, revision)
        migrate(path)


def revision_of(path: Path) -> str | None:
    """Return the revision of a database, None of one that is still empty or not there.

    Raises UnreadableFile where it is damaged or not hipwise's.
    """
    if not path.exists():
        return None
    with closing(sqlite3.connect(path, timeout=BUSY_S)) as connection:
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise damaged(path)
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise UnreadableFile(f"{path} is another program's database: move it elsewhere.")
        query = "SELECT coalesce(max(version_num), '') FROM alembic_version"
        return str(connection.execute(query).fetchone()[0])


def migrate(path: Path, to: str = REVISIONS[-1]) -> None:
    """Take the database at `path` to a revision: all of the way, or not at all.

    Whoever comes second, while another program is at it, finds nothing left to do.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "hipwise.storage:migrations")
    engine = engine_for(path, foreign_keys=False).execution_options(begin="IMMEDIATE")
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, to)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise damaged(path)
    finally:
        engine.dispose()
