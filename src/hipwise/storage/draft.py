"""The unfinished screening."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hipwise.errors import UnreadableFile
from hipwise.screening import Answers
from hipwise.storage.repository import Repository
from hipwise.storage.screenings import keep
from hipwise.storage.tables import DraftRow


class Unfinished(Repository):
    """The screening that the runner has begun."""

    def get(self) -> dict[str, Any] | None:
        """Return what is answered so far, None where no screening is unfinished.

        Raises UnreadableFile where it is damaged.
        """
        with self.database.reading() as session:
            row = session.get(DraftRow, self.runner_id)
            text = None if row is None else row.document
        if text is None:
            return None
        try:
            return dict(json.loads(text))
        except (ValueError, TypeError):
            msg = "The unfinished screening is damaged: begin anew with --restart."
            raise UnreadableFile(msg) from None

    def put(self, document: Mapping[str, Any]) -> None:
        """Keep what is answered so far."""
        text = json.dumps(document, indent=1, ensure_ascii=False)
        with self.database.writing() as session:
            session.merge(DraftRow(runner_id=self.runner_id, document=text))

    def clear(self) -> None:
        """Forget it, whether or not there is one."""
        with self.database.writing() as session:
            row = session.get(DraftRow, self.runner_id)
            if row is not None:
                session.delete(row)

    def finish(self, document: str, answers: Answers) -> str:
        """Keep the finished screening in its place, both or neither; return the screening's id."""
        with self.database.writing() as session:
            row = session.get(DraftRow, self.runner_id)
            if row is not None:
                session.delete(row)
            return keep(session, self.runner_id, document, answers.taken_at)
