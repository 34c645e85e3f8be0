"""Say until when an entry of the log reaches.

Before, time off that had begun earlier was missed by who asked for the log since a later day.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add `until`: the end of its last day for an entry of days, otherwise its time."""
    with op.batch_alter_table("log") as log:
        log.add_column(sa.Column("until", sa.String, nullable=False, server_default=""))
    op.execute(
        """
        UPDATE log SET until = coalesce(
            coalesce(json_extract(document, '$.last'), json_extract(document, '$.day'))
            || 'T23:59:59.999999+00:00',
            at
        )
        """
    )
    with op.batch_alter_table("log") as log:
        log.alter_column("until", server_default=None)
