"""Create the tables and the one runner."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    runners = op.create_table(
        "runners",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("profile", sa.JSON),
    )
    op.bulk_insert(runners, [{"id": 1}])
    op.create_table("drafts", _runner(), sa.Column("document", sa.Text, nullable=False))
    op.create_table(
        "screenings",
        _runner(),
        _key("id"),
        _text("taken_at"),
        _text("kept_at"),
        sa.Column("document", sa.Text, nullable=False),
    )
    _create_recordings_and_what_they_show()
    _create_plans_and_log()


def _create_recordings_and_what_they_show() -> None:
    op.create_table(
        "recordings",
        _runner(),
        _key("sha256"),
        _text("name"),
        sa.Column("size_bytes", sa.Integer, nullable=False),
        _text("added_at"),
    )
    op.create_table("analyses", _runner(), _key("id"), _text("made_at"), _json("recordings"))
    op.create_table(
        "measurements",
        _runner(),
        _key("id"),
        sa.Column("analysis_id", sa.String),
        _text("metric"),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("side", sa.String),
        sa.Column("sd", sa.Float),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("error", sa.Float),
        _text("method"),
        _text("taken_at"),
        _text("source"),
        sa.ForeignKeyConstraint(
            ["runner_id", "analysis_id"], ["analyses.runner_id", "analyses.id"], ondelete="CASCADE"
        ),
    )
    op.create_index("measurements_by_time", "measurements", ["runner_id", "metric", "taken_at"])


def _create_plans_and_log() -> None:
    op.create_table(
        "plans",
        _runner(),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("made_on", sa.Date, nullable=False),
        _text("kept_at"),
        _json("document"),
    )
    op.create_table("log", _runner(), _key("id"), _text("at"), _json("document"))
    op.create_index("log_by_time", "log", ["runner_id", "at"])
    op.create_table("settings", _runner(), _key("key"), _json("value"))


def _runner() -> sa.Column[int]:
    runner = sa.ForeignKey("runners.id", ondelete="CASCADE")
    return sa.Column("runner_id", sa.Integer, runner, primary_key=True)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, primary_key=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON, nullable=False)
