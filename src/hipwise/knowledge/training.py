"""How much training is wanted in a week: the dose from which on it helps, and the full one."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from hipwise.knowledge.models import Fact, Record

DoseKind = Literal["range", "strength", "steadiness"]


class Amount(Fact):
    """So much in a week, in the unit of its dose."""

    value: float = Field(gt=0)


class WeeklyDose(Record):
    """What a week should give one training target, on each side.

    `unit` is what is counted: sets, or seconds of work. `least` is the smallest dose taken to help,
    `full` the one beyond which no more is planned.
    """

    id: DoseKind
    unit: Literal["sets", "s"]
    meaning: str = Field(min_length=10)
    least: Amount
    full: Amount

    @model_validator(mode="after")
    def _ascends(self) -> WeeklyDose:
        if self.least.value > self.full.value:
            msg = f"the range is upside down: {self.least.value:g} is above {self.full.value:g}"
            raise ValueError(msg)
        return self
