"""Which days of a week hold a session, and of which kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from hipwise.planning.circumstances import Circumstances
from hipwise.planning.phases import DAYS
from hipwise.planning.plan import SessionKind
from hipwise.screening.runner import Trains

Days = Mapping[int, SessionKind]
"""Day of the week (0 is Monday) to the kind of its session."""


@dataclass(frozen=True)
class Rhythm:
    """Days of one week that are free for training, and what is known of the week before.

    `closed` are days without any session. `last_strength` is the day of the last strength session,
    counted from this week's Monday, so below 0.
    """

    circumstances: Circumstances
    closed: frozenset[int] = frozenset()
    last_strength: int | None = None
    before: Days = field(default_factory=dict)

    def days(self, strength: int) -> Days | None:
        """Return the best days with exactly `strength` strength sessions, None where none fit.

        Never two strength days in a row, none on the day before a hard run. Then as few as can be
        on hard days, the days of the week before, days with a run, and even distances, in this
        order.
        """
        free = [day for day in range(DAYS) if day not in self.closed]
        wanted = min(self.circumstances.days, len(free))
        if strength > wanted:
            return None
        return min(self._choices(free, wanted, strength), key=self._cost, default=None)

    def _choices(self, free: list[int], wanted: int, strength: int) -> Iterator[Days]:
        for loaded in combinations(free, strength):
            if not self._recovers(loaded):
                continue
            rest = [day for day in free if day not in loaded]
            for light in combinations(rest, wanted - strength):
                kinds = dict.fromkeys(loaded, SessionKind.STRENGTH)
                kinds |= {day: self._kind(day) for day in light}
                yield dict(sorted(kinds.items()))

    def _recovers(self, loaded: tuple[int, ...]) -> bool:
        last = () if self.last_strength is None else (self.last_strength,)
        in_order = (*last, *loaded)
        apart = all(b - a > 1 for a, b in pairwise(in_order))
        hard = self.circumstances.hard_on
        return apart and not any((day + 1) % DAYS in hard for day in loaded)

    def _kind(self, day: int) -> SessionKind:
        """Return the kind of a session that is no strength session."""
        if day not in self.circumstances.runs_on:
            return SessionKind.DAILY
        before = {Trains.BEFORE: True, Trains.AFTER: False}.get(
            self.circumstances.trains, day in self.circumstances.hard_on
        )
        return SessionKind.PRE_RUN if before else SessionKind.POST_RUN

    def _cost(self, days: Days) -> tuple[object, ...]:
        loaded = [day for day, kind in days.items() if kind is SessionKind.STRENGTH]
        hard = sum(day in self.circumstances.hard_on for day in loaded)
        moved = sum(self.before.get(day) is not kind for day, kind in days.items())
        with_run = sum(day in self.circumstances.runs_on for day in days)
        even = (_gaps(loaded), _gaps(list(days)))
        return (hard, moved if self.before else 0, -with_run, *even, *days)


def _gaps(days: list[int]) -> int:
    """Sum of the squared distances between days of a week that comes again: even is smallest."""
    if not days:
        return 0
    following = [*days[1:], days[0] + DAYS]
    return sum((b - a) ** 2 for a, b in zip(days, following, strict=True))
