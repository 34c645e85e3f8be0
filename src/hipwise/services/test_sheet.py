"""One self-test in the making: which sides are open, which tries count, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hipwise.knowledge.models import FILM
from hipwise.knowledge.protocols import Protocol
from hipwise.measurement import Side
from hipwise.screening import RunnerProfile
from hipwise.screening.battery import PlannedTest
from hipwise.screening.tries import are_complete, spread_too_wide
from hipwise.screening.values import Sheet
from hipwise.services.drafts import Draft


@dataclass(frozen=True)
class TestSheet:
    """What the draft holds of one planned test."""

    __test__ = False

    planned: PlannedTest
    runner: RunnerProfile
    draft: Draft

    @property
    def protocol(self) -> Protocol:
        """How the test is done."""
        return self.planned.protocol

    @property
    def is_open(self) -> bool:
        """Whether a side of a value is not finished yet."""
        return any(self.open_sides(id) for id in self.planned.values)

    def part(self, side: Side | None) -> str:
        """Return where the tries of a side stand in the answers."""
        return "tries" if side is None else side.value

    def sides(self, id: str) -> tuple[Side | None, ...]:
        """Return the sides of a value."""
        return tuple(Side) if self.protocol.recorded[id].sided else (None,)

    def open_sides(self, id: str) -> list[Side | None]:
        """Return the sides of a value that are not finished."""
        return [side for side in self.sides(id) if not self.is_done(id, side)]

    def tries(self, id: str, side: Side | None) -> list[float | bool] | str:
        """Return what the draft holds: the tries so far, or that they are left out."""
        held: Any = self.draft.get("tests", id, self.part(side)) or []
        return held if isinstance(held, str) else list(held)

    def is_done(self, id: str, side: Side | None) -> bool:
        """Whether a side is finished or left out."""
        if isinstance(self.tries(id, side), str):
            return True
        numbers = self.numbers(id, side)
        complete = are_complete(numbers, self.protocol, filmed=self.filmed(id))
        return complete and not self.again(id, side)

    def filmed(self, id: str) -> bool:
        """Whether the other side, or a further try, was read from a film."""
        return str(self.draft.get("tests", id, "method")).startswith(FILM)

    def numbers(self, id: str, side: Side | None) -> tuple[float, ...]:
        """Return the tries so far in the value's own unit."""
        tries = self.tries(id, side)
        if not tries or isinstance(tries, str):
            return ()
        sheet = self.sheet(id)
        return tuple(sheet.number(written, self.part(side)) for written in tries)

    def again(self, id: str, side: Side | None) -> bool:
        """Whether the tries lie too far apart and were not done again yet."""
        numbers, count = self.numbers(id, side), self.protocol.trials.count
        apart = id == self.protocol.id and spread_too_wide(numbers[:count], self.protocol)
        return bool(apart) and len(numbers) < 2 * count

    def sheet(self, id: str) -> Sheet:
        """Return how the tries of a value are read; raises UnreadableFile for an unknown unit."""
        unit = self.draft.get("tests", id, "unit")
        return Sheet(self.protocol.recorded[id], f"tests.{id}", unit, self.runner.mass_kg)
