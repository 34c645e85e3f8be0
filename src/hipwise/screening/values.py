"""One try as written down to a number in the test's unit; what no human does is refused."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hipwise.errors import UnreadableFile
from hipwise.knowledge.models import Unit
from hipwise.knowledge.recorded import Recorded

NEWTON_PER_UNIT = {"N": 1.0, "kgf": 9.80665, "lbf": 4.4482216}
WEAKEST_N_PER_KG = 0.6
"""A whole test weaker than this was likelier written in another unit (chosen by us)."""
SHORTEST_CM = 0.5
"""A whole test shorter than this was likelier written in metres (chosen by us)."""
_OTHER_UNITS = {
    Unit.CM: (("metres", 100.0), ("millimetres", 0.1), ("inches", 2.54)),
    Unit.S: (("minutes", 60.0), ("milliseconds", 0.001)),
}
"""What a number may have been meant in, and what it is then worth in the test's unit."""


@dataclass(frozen=True)
class Sheet:
    """What must be known to read the tries of one value: it, where it stands, how it is written.

    `field` is the path in the answers file, such as `tests.knee_to_wall`; `mass_kg` turns a force
    into force for each kilogram of body.
    """

    value: Recorded
    field: str
    unit: str | None
    mass_kg: float
    checked: bool = False

    def __post_init__(self) -> None:
        """Refuse a unit that is not this test's, and a force without one; raises UnreadableFile."""
        allowed = self.units
        if self.unit is None and self.is_force:
            raise self.fault(f"has no unit; add 'unit: N' (or {', '.join(allowed[1:])})", "unit")
        if self.unit is not None and self.unit not in allowed:
            raise self.fault(f"is '{self.unit}', but must be {' or '.join(allowed)}", "unit")

    @property
    def is_force(self) -> bool:
        """Whether a dynamometer's reading is wanted, which knows several units."""
        return self.value.unit is Unit.N_PER_KG

    @property
    def units(self) -> tuple[str, ...]:
        """The units in which the tries may be written."""
        own = self.value.unit.value
        return (*NEWTON_PER_UNIT, own) if self.is_force else (own,)

    def fault(self, reason: str, part: str | None = None) -> UnreadableFile:
        """Return the error that names the field and says `reason`."""
        where = self.field if part is None else f"{self.field}.{part}"
        return UnreadableFile(f"'{where}' {reason}.")

    def number(self, written: bool | float | str, part: str) -> float:
        """Return one try in the value's own unit; raises UnreadableFile naming the field."""
        if self.value.unit is Unit.YES_NO:
            return self._yes_or_no(written, part)
        if isinstance(written, bool | str) or not math.isfinite(written):
            reason = "is not a number; write digits with a point and without a unit, such as 9.5"
            raise self.fault(f"is {written!r}, which {reason}", part)
        if self.is_force and self.unit in NEWTON_PER_UNIT:
            number = written * NEWTON_PER_UNIT[self.unit] / self.mass_kg
        else:
            number = written
        if self.value.unit in {Unit.COUNT, Unit.LEVEL} and number != round(number):
            raise self.fault(f"is {written:g}, but must be a whole number", part)
        if not self.value.limits.hold(number):
            raise self.fault(self._beyond(written, number), part)
        return number

    def _yes_or_no(self, written: bool | float | str, part: str) -> float:
        if not isinstance(written, bool):
            raise self.fault(f"is {written!r}, but must be yes or no", part)
        return float(written)

    def _beyond(self, written: float, number: float) -> str:
        """Say that a number is out of human range, and what it may have been meant in."""
        limits, unit = self.value.limits, self.value.unit
        if self.value.choices:
            levels = "; ".join(f"{c.value}: {c.says}" for c in self.value.choices)
            return f"is {written:g}, but must be one of {levels}"
        hint = "correct it"
        if self.is_force:
            hint = f"check the unit, which is said to be {self.unit}"
        for name, factor in _OTHER_UNITS.get(unit, ()):
            if limits.hold(number * factor):
                hint = f"if it is in {name}, write {number * factor:g}"
        return (
            f"is {written:g}, outside what people do in this test ({limits.low:g} to "
            f"{limits.high:g}{unit.suffix}); {hint}"
        )

    def question_the_whole(self, numbers: tuple[float, ...]) -> None:
        """Refuse tries that are all so small that they were likelier meant in another unit."""
        largest = max(numbers, default=0.0)
        if self.checked or largest <= 0:
            return
        if self.is_force and largest < WEAKEST_N_PER_KG:
            reason = f"is at most {largest:.2f} N for each kg of you, which looks like kilograms"
            hint = "write the unit it was read in (kgf or lbf)"
        elif self.value.unit is Unit.CM and self.value.limits.high > 1 and largest < SHORTEST_CM:
            reason = f"is at most {largest:g} cm, which looks like metres"
            hint = "write centimetres"
        else:
            return
        raise self.fault(f"{reason}; {hint}, or add 'checked: yes' if it is right")
