"""Which days of a week hold a session, and of which kind."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from hipwise.planning.circumstances import Circumstances
from hipwise.planning.phases import DAYS
from hipwise.planning.plan import SessionKind
from hipwise.screening.runner import Trains

Days = Mapping[int, SessionKind]
"""Day of the week (0 is Monday) to the kind of its session."""


@dataclass(frozen=True)
class Rhythm:
    """Days of one week that are free for training, and what is known of the week before.

    `closed` are days without any further session. `done` are days with a session that is over,
    counted from this week's Monday, so below 0 in earlier weeks. `before` are the planned days of
    the week before. `moves` are what the runner moved in this week: from which day, to which, and
    whether it is a strength session.
    """

    circumstances: Circumstances
    closed: frozenset[int] = frozenset()
    done: Days = field(default_factory=dict)
    before: Days = field(default_factory=dict)
    moves: tuple[tuple[int, int, bool], ...] = ()

    @property
    def done_this_week(self) -> list[SessionKind]:
        """The kinds of the sessions of this week that are over."""
        return [kind for day, kind in self.done.items() if 0 <= day < DAYS]

    def days(self, strength: int) -> Days | None:
        """Return the best days for `strength` strength sessions in all, None where none fit.

        What is done this week already counts. Nothing piles up: where only a part of the week is
        free it holds that part of the sessions.

        Never two strength days in a row, none on the day before a hard run. Then what the runner
        moved, as few as can be on hard days, the days of the week before, days with a run, and
        even distances, in this order.
        """
        free = [day for day in range(DAYS) if day not in self.closed]
        this_week = self.done_this_week
        left = max(self.circumstances.days - len(this_week), 0)
        wanted = min(left, math.ceil(self.circumstances.days * len(free) / DAYS))
        more = max(strength - this_week.count(SessionKind.STRENGTH), 0)
        if more > wanted:
            return None
        return min(self._choices(free, wanted, more), key=self._cost, default=None)

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
        others = (*_loaded(self.done), *loaded)
        apart = all(abs(a - b) != 1 for a in loaded for b in others)
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
        loaded = _loaded(days)
        hard = sum(day in self.circumstances.hard_on for day in loaded)
        moved = sum(self.before.get(day) is not kind for day, kind in days.items())
        with_run = sum(day in self.circumstances.runs_on for day in days)
        even = (_gaps(loaded), _gaps(list(days)))
        unmet = sum(self._unmet(days, *move) for move in self.moves)
        return (unmet, hard, moved if self.before else 0, -with_run, *even, *days)

    def _unmet(self, days: Days, of: int, to: int, loads: bool) -> int:
        """Return how much of a move these days do not follow: 0 to 2."""
        there = to in days and (days[to] is SessionKind.STRENGTH) == loads
        return (not there) + (of in days)


def _loaded(days: Days) -> list[int]:
    return [day for day, kind in days.items() if kind is SessionKind.STRENGTH]


def _gaps(days: list[int]) -> int:
    """Sum of the squared distances between days of a week that comes again: even is smallest."""
    if not days:
        return 0
    following = [*days[1:], days[0] + DAYS]
    return sum((b - a) ** 2 for a, b in zip(days, following, strict=True))
