"""The plan that holds, and all that held before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, or_, select

from hipwise.errors import Conflict
from hipwise.storage.documents import as_json
from hipwise.storage.repository import Repository
from hipwise.storage.tables import PlanRow


@dataclass(frozen=True)
class KeptPlan:
    """One version of the plan, as a JSON document; the first is version 1."""

    version: int
    made_on: date
    kept_at: datetime
    document: dict[str, Any]


class Plans(Repository):
    """The runner's plan and its history."""

    def current(self) -> KeptPlan | None:
        """Return the plan that holds, None before there is one."""
        query = select(PlanRow).filter_by(runner_id=self.runner_id).order_by(PlanRow.version.desc())
        with self.database.reading() as session:
            row = session.scalars(query.limit(1)).first()
            return None if row is None else plan_of(row)

    def history(self, since: date | None = None) -> tuple[KeptPlan, ...]:
        """Return every version, the oldest first.

        With `since` only those that were made on this day or later, and the one before them.
        """
        query = select(PlanRow).filter_by(runner_id=self.runner_id)
        if since is not None:
            before = select(func.max(PlanRow.version)).filter_by(runner_id=self.runner_id)
            before = before.where(PlanRow.made_on < since)
            query = query.where(
                or_(PlanRow.made_on >= since, PlanRow.version == before.scalar_subquery())
            )
        with self.database.reading() as session:
            rows = session.scalars(query.order_by(PlanRow.version))
            return tuple(plan_of(row) for row in rows)

    def put(self, document: Mapping[str, Any], made_on: date, *, based_on: int) -> int:
        """Keep a new version and return its number.

        `based_on` is the version it was made from, 0 for the first. Raises Conflict where another
        version was kept in the meantime, and UsageError for a document that is not JSON.
        """
        document = as_json(document, "The plan")
        query = select(func.max(PlanRow.version)).filter_by(runner_id=self.runner_id)
        with self.database.writing() as session:
            latest = session.scalar(query) or 0
            if latest != based_on:
                raise Conflict(
                    "The plan was changed in the meantime, perhaps in another window: load it "
                    "again, then repeat your change."
                )
            session.add(
                PlanRow(
                    runner_id=self.runner_id,
                    version=latest + 1,
                    made_on=made_on,
                    kept_at=datetime.now(UTC),
                    document=document,
                )
            )
        return latest + 1


def plan_of(row: PlanRow) -> KeptPlan:
    """Return the plan of a row."""
    return KeptPlan(row.version, row.made_on, row.kept_at, row.document)
