"""Measurements over time, of films and of self-tests."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from hipwise.measurement import Measurement, Side
from hipwise.storage.documents import as_json, fingerprint
from hipwise.storage.repository import Repository
from hipwise.storage.tables import MeasurementRow, in_utc


@dataclass(frozen=True)
class KeptMeasurement:
    """A measurement, and the id of the analysis that it came with, if it came with one."""

    analysis_id: str | None
    measurement: Measurement


ADAPTER = TypeAdapter(KeptMeasurement)


class Measurements(Repository):
    """The runner's measurements."""

    def add(self, measurements: Iterable[Measurement]) -> None:
        """Keep measurements; the same one again changes nothing.

        Raises UsageError for a value that is no number.
        """
        with self.database.writing() as session:
            keep(session, self.runner_id, measurements, None)

    def list(
        self,
        metric: str | None = None,
        *,
        side: Side | None = None,
        since: datetime | None = None,
    ) -> tuple[Measurement, ...]:
        """Return the measurements, oldest first; what is not asked for does not count.

        Times are given in UTC.
        """
        query = select(MeasurementRow).filter_by(runner_id=self.runner_id)
        if metric is not None:
            query = query.filter_by(metric=metric)
        if side is not None:
            query = query.filter_by(side=side.value)
        if since is not None:
            query = query.where(MeasurementRow.taken_at >= since)
        with self.database.reading() as session:
            rows = session.scalars(query.order_by(MeasurementRow.taken_at, MeasurementRow.id))
            return tuple(dict.fromkeys(measurement_of(row) for row in rows))


def keep(
    session: Session,
    runner_id: int,
    measurements: Iterable[Measurement],
    analysis_id: str | None,
) -> None:
    """Add measurements, those of an analysis with its id, to what `session` writes."""
    for measurement in measurements:
        session.merge(row_of(KeptMeasurement(analysis_id, measurement), runner_id))


def row_of(kept: KeptMeasurement, runner_id: int) -> MeasurementRow:
    """Return the row of a measurement; raises UsageError for a value that is no number."""
    m = kept.measurement
    kept = replace(kept, measurement=replace(m, value=float(m.value), taken_at=in_utc(m.taken_at)))
    document = as_json(ADAPTER.dump_python(kept, mode="json"), f"The value of '{m.metric}'")
    return MeasurementRow(
        runner_id=runner_id,
        id=fingerprint(json.dumps(document)),
        analysis_id=kept.analysis_id,
        **vars(m) | {"side": m.side.value if m.side else None},
    )


def measurement_of(row: MeasurementRow) -> Measurement:
    """Return the measurement of a row."""
    return Measurement(
        metric=row.metric,
        value=row.value,
        side=None if row.side is None else Side(row.side),
        sd=row.sd,
        n=row.n,
        error=row.error,
        method=row.method,
        taken_at=row.taken_at,
        source=row.source,
    )
