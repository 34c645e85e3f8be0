"""The runner's life as far as a plan must fit it: days, minutes, things at hand, what is ahead."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hipwise.errors import UsageError
from hipwise.findings.finding import Finding
from hipwise.knowledge.exercises import HOUSEHOLD, Equipment, Exercise
from hipwise.knowledge.library import Library
from hipwise.screening.runner import RunnerProfile, Trains

OLD_FROM_YEARS = 65
"""From this age on a plan begins more gently (chosen by us)."""
WITH_NOTHING = frozenset({Equipment.WALL})
"""What is there where nothing is: a floor and a wall."""


@dataclass(frozen=True)
class TimeAway:
    """Days, the last one included, in which there is no equipment (`away`) or no training."""

    first: date
    last: date
    training: bool

    def covers(self, day: date) -> bool:
        """Whether `day` is one of them."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Move:
    """A session that the runner wants on the day `to` and not on the day `of`, of the same week.

    `loads` tells a strength session from the others: their kind follows from the day.
    """

    of: date
    to: date
    loads: bool


@dataclass(frozen=True)
class Circumstances:
    """What the plan must fit.

    `days` are sessions a week of at most `minutes` each. `runs_on` and `hard_on` are days of the
    week (0 is Monday). `not_hopping` says why hops and skips wait, None where they need not.
    `screened` tells whether safety questions and self-tests are behind the findings.
    """

    minutes: float
    days: int
    runs_on: frozenset[int] = frozenset()
    hard_on: frozenset[int] = frozenset()
    trains: Trains = Trains.BOTH
    equipment: frozenset[str] = frozenset(HOUSEHOLD)
    conditions: frozenset[str] = frozenset()
    old: bool = False
    screened: bool = False
    not_hopping: str | None = "Hops and skips wait until the self-tests have cleared them."
    race: date | None = None
    away: tuple[TimeAway, ...] = ()
    moves: tuple[Move, ...] = ()

    @classmethod
    def of(
        cls,
        runner: RunnerProfile,
        *,
        not_hopping: str | None = None,
        race: date | None = None,
        away: Sequence[TimeAway] = (),
    ) -> Circumstances:
        """Take what the runner told about themselves."""
        return cls(
            minutes=runner.minutes,
            days=runner.days,
            runs_on=frozenset(day.place for day in runner.runs_on),
            hard_on=frozenset(day.place for day in runner.hard_on),
            trains=runner.trains,
            equipment=frozenset(HOUSEHOLD) | frozenset(runner.equipment),
            conditions=frozenset(runner.conditions),
            old=runner.age_years >= OLD_FROM_YEARS,
            screened=True,
            not_hopping=not_hopping,
            race=race,
            away=tuple(away),
        )

    def with_found(self, findings: Iterable[Finding], library: Library) -> Circumstances:
        """Add the conditions that findings bring with them."""
        rules = [library.inferences.get(finding.rule) for finding in findings]
        found = {rule.rests for rule in rules if rule is not None and rule.rests is not None}
        return replace(self, conditions=self.conditions | found)

    def without_equipment(self, day: date) -> bool:
        """Whether the runner is away from their things on `day`."""
        return any(time.training and time.covers(day) for time in self.away)

    def pauses(self, day: date) -> bool:
        """Whether no training is to be planned on `day`."""
        return any(not time.training and time.covers(day) for time in self.away)

    def has_things_for(self, exercise: Exercise, *, away: bool = False) -> bool:
        """Whether everything that `exercise` needs is at hand."""
        there = WITH_NOTHING if away else self.equipment | WITH_NOTHING
        return set(exercise.equipment) <= there


def check_minutes(minutes: float, library: Library) -> None:
    """Raise UsageError for minutes in which no session can be planned."""
    longest_min = library.setting("longest_session_min")
    if not (math.isfinite(minutes) and 0 < minutes <= longest_min):
        msg = (
            f"A session of {minutes:g} minutes cannot be planned; "
            f"give a number above 0 and up to {longest_min:g}."
        )
        raise UsageError(msg)
