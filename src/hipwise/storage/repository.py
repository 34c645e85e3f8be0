"""What every repository is given: the database, and whose records these are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hipwise.storage.database import Database


@dataclass(frozen=True)
class Repository:
    """Records of one kind of one runner. It takes and gives types of the domain, never rows.

    What a method has written is on the disk when it returns. Every method raises UsageError where
    the disk is full, the folder cannot be written or another program keeps the records to itself,
    and UnreadableFile where they are damaged.
    """

    database: Database
    runner_id: int

    @property
    def folder(self) -> Path:
        """The folder in which everything lies."""
        return self.database.path.parent
