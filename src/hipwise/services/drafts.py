"""Where a runner's answers lie: a half-finished screening after every answer, and finished ones."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hipwise.errors import UnreadableFile, UsageError
from hipwise.screening.answers import SCHEMA

DATA_VARIABLE = "HIPWISE_DATA"
STALE_AFTER = timedelta(hours=24)
"""After this the safety questions and the tests are asked anew (chosen by us)."""
_FILE = "unfinished.json"
_STAMP = "%Y-%m-%dT%H-%M-%S"


def screenings_folder() -> Path:
    """Return the folder of this runner's screenings: `HIPWISE_DATA`, or the user-data folder."""
    from platformdirs import user_data_path

    named = os.environ.get(DATA_VARIABLE)
    return (Path(named) if named else user_data_path("hipwise")) / "screenings"


def write_whole(path: Path, text: str) -> None:
    """Write `text` so that `path` holds either the old or the new text, whatever happens.

    Raises UsageError where the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123 (an open handle)
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        msg = (
            f"The folder {path.parent} cannot be written ({reason}): name another in "
            f"{DATA_VARIABLE}, or with --out."
        )
        raise UsageError(msg) from error


def finished_since(folder: Path, begin: datetime) -> tuple[Path, ...]:
    """Return the finished screenings in `folder` from `begin` on, oldest first."""
    first = begin.astimezone(UTC).strftime(_STAMP)
    return tuple(sorted(path for path in folder.glob("[0-9]*.json") if path.stem >= first))


@dataclass
class Draft:
    """Answers in the making. Every change is on the disk before the next question."""

    folder: Path
    raw: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path, set: str | None = None, *, restart: bool = False) -> Draft:
        """Go on with the unfinished screening in `folder`, or begin one of `set`.

        After a day only who the runner is is kept. Raises UnreadableFile where what lies there is
        damaged, UsageError where another set is asked for than was begun.
        """
        draft = cls(folder)
        if not restart and draft.path.exists():
            draft.raw = _read(draft.path)
            draft._forget_what_is_stale()
        begun = draft.raw.get("set")
        if begun is not None and set is not None and begun != set:
            msg = f"A screening with the set '{begun}' is unfinished: finish it, or add --restart."
            raise UsageError(msg)
        if begun is None:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            kept = {"runner": draft.raw["runner"]} if "runner" in draft.raw else {}
            draft.raw = {"schema": SCHEMA, "taken_at": now, "set": set or "home", **kept}
        return draft

    @property
    def path(self) -> Path:
        """Where the unfinished answers lie."""
        return self.folder / _FILE

    @property
    def is_new(self) -> bool:
        """Whether nothing has been answered yet."""
        return not any(self.raw.get(part) for part in ("runner", "safety", "tests"))

    def get(self, *keys: str) -> Any:
        """Return what stands under `keys`, None where nothing does."""
        place: Any = self.raw
        for key in keys:
            if not isinstance(place, Mapping) or key not in place:
                return None
            place = place[key]
        return place

    def put(self, value: Any, *keys: str) -> None:
        """Set what stands under `keys`, for None remove it, and save."""
        place = self.raw
        for key in keys[:-1]:
            place = place.setdefault(key, {})
        if value is None:
            place.pop(keys[-1], None)
        else:
            place[keys[-1]] = value
        write_whole(self.path, json.dumps(self.raw, indent=1, ensure_ascii=False))

    def finish(self, document: str) -> Path:
        """Keep `document` as a finished screening, remove the draft, and return its path."""
        stamp = datetime.now(UTC).strftime(_STAMP)
        path = self.folder / f"{stamp}.json"
        write_whole(path, document + "\n")
        self.path.unlink(missing_ok=True)
        return path

    def _forget_what_is_stale(self) -> None:
        begun = datetime.fromisoformat(self.raw["taken_at"])
        if datetime.now(UTC) - begun > STALE_AFTER:
            self.raw = {"runner": self.raw.get("runner", {})}


def _read(path: Path) -> dict[str, Any]:
    """Read an unfinished screening; raises UnreadableFile where it is damaged."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        datetime.fromisoformat(raw["taken_at"])
    except (OSError, ValueError, KeyError, TypeError):
        msg = f"The unfinished screening in {path} is damaged: begin anew with --restart."
        raise UnreadableFile(msg) from None
    return dict(raw)
