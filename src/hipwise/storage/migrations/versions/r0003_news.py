"""Tell in one word whether anything is new, instead of reading the whole log for it.

Triggers make up a new word whenever a screening, an analysis or an entry of the log is added,
changed or removed. A later migration that rebuilds one of these tables makes them anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = ("screenings", "analyses", "log")
CHANGES = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}


def upgrade() -> None:
    """Add the column and the triggers."""
    op.add_column("runners", sa.Column("news", sa.String, nullable=False, server_default=""))
    for table in TABLES:
        for change, row in CHANGES.items():
            op.execute(
                f"""
                CREATE TRIGGER {table}_{change.lower()}_is_news AFTER {change} ON {table}
                BEGIN
                    UPDATE runners SET news = lower(hex(randomblob(16)))
                    WHERE id = {row}.runner_id;
                END
                """
            )
