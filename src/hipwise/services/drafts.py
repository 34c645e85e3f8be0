"""A screening in the making: every change is on the disk before the next question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hipwise.errors import UnreadableFile, UsageError
from hipwise.screening import Answers
from hipwise.screening.answers import SCHEMA

if TYPE_CHECKING:
    from hipwise.storage import Store

STALE_AFTER = timedelta(hours=24)
"""After this the safety questions and the tests are asked anew (chosen by us)."""


@dataclass
class Draft:
    """Answers in the making, kept in the runner's records."""

    store: Store
    raw: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def open(cls, store: Store, set: str | None = None, *, restart: bool = False) -> Draft:
        """Go on with the unfinished screening in `store`, or begin one of `set`.

        After a day only who the runner is is kept. Raises UnreadableFile where what is kept is
        damaged, UsageError where another set is asked for than was begun.
        """
        draft = cls(store)
        unfinished = None if restart else store.draft.get()
        if unfinished is not None:
            draft.raw = unfinished
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
        self.store.draft.put(self.raw)

    def finish(self, document: str, answers: Answers) -> None:
        """Keep `document`, with the answers in it, as a finished screening; the draft is gone."""
        self.store.draft.finish(document, answers)

    def _forget_what_is_stale(self) -> None:
        try:
            begun = datetime.fromisoformat(self.raw["taken_at"])
        except (KeyError, TypeError, ValueError):
            msg = "The unfinished screening does not say its day: begin anew with --restart."
            raise UnreadableFile(msg) from None
        if datetime.now(UTC) - begun > STALE_AFTER:
            self.raw = {"runner": self.raw.get("runner", {})}
