"""Small things to remember: a key, and a JSON value."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from hipwise.storage.documents import as_json
from hipwise.storage.repository import Repository
from hipwise.storage.tables import SettingRow


class Settings(Repository):
    """The runner's settings."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of `key`, `default` where there is none."""
        with self.database.reading() as session:
            row = session.get(SettingRow, (self.runner_id, key))
            return default if row is None else row.value

    def all(self) -> dict[str, Any]:
        """Return every setting."""
        with self.database.reading() as session:
            rows = session.scalars(select(SettingRow).filter_by(runner_id=self.runner_id))
            return {row.key: row.value for row in rows}

    def put(self, key: str, value: Any) -> None:
        """Set the value of `key`; raises UsageError for one that is not JSON."""
        value = as_json(value, f"The setting '{key}'")
        with self.database.writing() as session:
            session.merge(SettingRow(runner_id=self.runner_id, key=key, value=value))

    def remove(self, key: str) -> None:
        """Forget `key`, whether or not it is there."""
        with self.database.writing() as session:
            row = session.get(SettingRow, (self.runner_id, key))
            if row is not None:
                session.delete(row)
