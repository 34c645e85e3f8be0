"""The tables as they are now. Rows stay in this room; every row belongs to one runner."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ONE_RUNNER = 1
"""The id of the runner as long as a database holds one."""


class Instant(TypeDecorator[datetime]):
    """A time as UTC text of fixed width, so that its order is the order of time.

    A time without a zone counts as UTC.
    """

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write a time."""
        del dialect
        return None if value is None else in_utc(value).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read a time."""
        del dialect
        return None if value is None else datetime.fromisoformat(value)


def in_utc(time: datetime) -> datetime:
    """Return the same time in UTC; one without a zone counts as UTC."""
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


class Row(DeclarativeBase):
    """Base of every row."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant,
        dict[str, Any]: JSON,
        list[str]: JSON,
    }


class RunnerRow(Row):
    """The runner; `profile` is null until it is told, `news` is set by triggers alone."""

    __tablename__ = "runners"
    id: Mapped[int] = mapped_column(primary_key=True)
    profile: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    news: Mapped[str] = mapped_column(server_default="")


class OfRunner:
    """Columns of everything that belongs to a runner; with the runner it goes."""

    runner_id: Mapped[int] = mapped_column(
        ForeignKey("runners.id", ondelete="CASCADE"), primary_key=True, sort_order=-1
    )


class DraftRow(OfRunner, Row):
    """The unfinished screening, as text: also a damaged one can be named and begun anew."""

    __tablename__ = "drafts"
    document: Mapped[str] = mapped_column(Text)


class ScreeningRow(OfRunner, Row):
    """A finished screening; `id` is the SHA-256 of its document."""

    __tablename__ = "screenings"
    id: Mapped[str] = mapped_column(primary_key=True)
    taken_at: Mapped[datetime]
    kept_at: Mapped[datetime]
    document: Mapped[str] = mapped_column(Text)


class RecordingRow(OfRunner, Row):
    """A recording; its content lies in a file."""

    __tablename__ = "recordings"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    size_bytes: Mapped[int]
    added_at: Mapped[datetime]


class AnalysisRow(OfRunner, Row):
    """An analysis; its documents lie in a folder. `recordings` need not be kept themselves."""

    __tablename__ = "analyses"
    id: Mapped[str] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    recordings: Mapped[list[str]]


class MeasurementRow(OfRunner, Row):
    """One measurement; `id` is the SHA-256 of all the others, so that none stands here twice."""

    __tablename__ = "measurements"
    __table_args__ = (
        ForeignKeyConstraint(
            ["runner_id", "analysis_id"], ["analyses.runner_id", "analyses.id"], ondelete="CASCADE"
        ),
        Index("measurements_by_time", "runner_id", "metric", "taken_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    analysis_id: Mapped[str | None]
    metric: Mapped[str]
    value: Mapped[float]
    side: Mapped[str | None]
    sd: Mapped[float | None]
    n: Mapped[int]
    error: Mapped[float | None]
    method: Mapped[str]
    taken_at: Mapped[datetime]
    source: Mapped[str]


class PlanRow(OfRunner, Row):
    """One version of the plan; the highest is the one that holds."""

    __tablename__ = "plans"
    version: Mapped[int] = mapped_column(primary_key=True)
    made_on: Mapped[date]
    kept_at: Mapped[datetime]
    document: Mapped[dict[str, Any]]


class EntryRow(OfRunner, Row):
    """One entry of the log, from `at` to `until`."""

    __tablename__ = "log"
    __table_args__ = (Index("log_by_time", "runner_id", "at"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    until: Mapped[datetime]
    document: Mapped[dict[str, Any]]


class SettingRow(OfRunner, Row):
    """One setting."""

    __tablename__ = "settings"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
