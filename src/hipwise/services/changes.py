"""What a runner wants otherwise than their screening says."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Self

from hipwise.errors import UsageError
from hipwise.knowledge.exercises import HOUSEHOLD
from hipwise.planning import Circumstances, Move, TimeAway
from hipwise.screening.battery import ALL_EQUIPMENT
from hipwise.screening.runner import Trains, Weekday


@dataclass(frozen=True)
class Changes:
    """Wishes for the plan; None leaves what the screening says.

    `minutes` a session and `days` with one in a week; `runs_on` and `hard_on` days with a run, and
    with a long or fast one; `trains` whether before or after a run; `equipment` at hand beyond the
    household, where empty means nothing but a floor and a wall; `race` the day of the next one;
    `away` times without equipment or without training; `moves` sessions put on another day.
    """

    minutes: float | None = None
    days: int | None = None
    runs_on: tuple[Weekday, ...] | None = None
    hard_on: tuple[Weekday, ...] | None = None
    trains: Trains | None = None
    equipment: tuple[str, ...] | None = None
    race: date | None = None
    away: tuple[TimeAway, ...] | None = None
    moves: tuple[Move, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse things that no exercise uses."""
        for thing in self.equipment or ():
            if thing not in ALL_EQUIPMENT:
                known = ", ".join(ALL_EQUIPMENT)
                raise UsageError(f"There is no equipment '{thing}'; use one of {known}.")

    def after(self, earlier: Changes) -> Self:
        """Return these wishes, and where there is none the `earlier` one."""
        kept = {f.name: getattr(earlier, f.name) for f in fields(self)}
        return replace(self, **{**kept, **self._told()})

    def applied(self, life: Circumstances) -> Circumstances:
        """Return the circumstances with these wishes; raises UsageError for days at odds."""
        told: dict[str, Any] = self._told()
        for name in ("runs_on", "hard_on"):
            if name in told:
                told[name] = frozenset(day.place for day in told[name])
        if "equipment" in told:
            told["equipment"] = frozenset({*self.equipment, *HOUSEHOLD} if self.equipment else ())
        if "runs_on" in told and "hard_on" not in told:
            told["hard_on"] = life.hard_on & told["runs_on"]
        if "away" in told:
            told["away"] = (*life.away, *told["away"])
        changed = replace(life, **told)
        strange = sorted(changed.hard_on - changed.runs_on)
        if strange:
            day = list(Weekday)[strange[0]]
            raise UsageError(f"'{day}' cannot be a hard day without a run: add it to the runs.")
        return changed

    def _told(self) -> dict[str, Any]:
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: value for name, value in values.items() if value is not None}
