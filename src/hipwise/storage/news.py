"""Whether the records hold anything that a plan has not taken in."""

from __future__ import annotations

from sqlalchemy import select

from hipwise.storage.repository import Repository
from hipwise.storage.tables import RunnerRow


class News(Repository):
    """What the runner did, told and showed, in one word."""

    def state(self) -> str:
        """Return a word that changes with every screening, film and entry of the log.

        The database makes up a new one with each change, so it rests on no clock, and no way of
        writing can pass it by.
        """
        query = select(RunnerRow.news).filter_by(id=self.runner_id)
        with self.database.reading() as session:
            return session.scalar(query) or ""
