"""Finished screenings, each with the document that was made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from hipwise.errors import UnreadableFile
from hipwise.screening import Answers
from hipwise.screening.reading import parse_answers
from hipwise.storage.documents import fingerprint
from hipwise.storage.repository import Repository
from hipwise.storage.tables import ScreeningRow


@dataclass(frozen=True)
class KeptScreening:
    """A finished screening: `document` is its `screening.json`, `id` that text's SHA-256."""

    id: str
    taken_at: datetime
    kept_at: datetime
    document: str

    def answers(self) -> Answers:
        """Return the answers; raises UnreadableFile where this hipwise no longer takes them."""
        return parse_answers(self.document.encode(), f"Your screening of {self.taken_at:%Y-%m-%d}")


class Screenings(Repository):
    """The runner's finished screenings."""

    def add(self, document: str, answers: Answers) -> str:
        """Keep a screening and return its id; the same document twice is one screening."""
        with self.database.writing() as session:
            return keep(session, self.runner_id, document, answers.taken_at)

    def kept(self, since: datetime | None = None) -> tuple[KeptScreening, ...]:
        """Return the screenings taken at `since` or later, oldest first, with their documents."""
        query = select(ScreeningRow).filter_by(runner_id=self.runner_id)
        if since is not None:
            query = query.where(ScreeningRow.taken_at >= since)
        query = query.order_by(ScreeningRow.taken_at, ScreeningRow.kept_at)
        with self.database.reading() as session:
            rows = session.scalars(query)
            return tuple(screening_of(row) for row in rows)

    def since(self, begin: datetime) -> tuple[Answers, ...]:
        """Return the answers given at `begin` or later, oldest first.

        Those that this hipwise no longer takes are passed over; `kept` has them too.
        """
        return tuple(_readable(self.kept(begin)))

    def latest(self) -> Answers | None:
        """Return the latest answers that can be read, None where there are none."""
        return next(_readable(reversed(self.kept())), None)


def keep(session: Session, runner_id: int, document: str, taken_at: datetime | None) -> str:
    """Add a screening to what `session` writes, and return its id."""
    document = document.rstrip("\n")
    id, now = fingerprint(document), datetime.now(UTC)
    if session.get(ScreeningRow, (runner_id, id)) is None:
        session.add(
            ScreeningRow(
                runner_id=runner_id,
                id=id,
                taken_at=taken_at or now,
                kept_at=now,
                document=document,
            )
        )
    return id


def screening_of(row: ScreeningRow) -> KeptScreening:
    """Return the screening of a row."""
    return KeptScreening(row.id, row.taken_at, row.kept_at, row.document)


def _readable(kept: Iterable[KeptScreening]) -> Iterator[Answers]:
    for screening in kept:
        with suppress(UnreadableFile):
            yield screening.answers()
