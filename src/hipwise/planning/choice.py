"""The best exercises and sets for the time: a small mixed-integer programme solved with HiGHS.

Each target gains worth x ln(1 + dose / scale), where the dose is the seconds of work weighted by
how strongly the exercise serves the target: the first seconds help most, so that time spreads over
what matters. The logarithm is taken piecewise linear, from below. HiGHS (Huangfu & Hall 2018)
proves the optimum.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hipwise.knowledge.exercises import Exercise, Position
from hipwise.knowledge.library import Library
from hipwise.planning.demand import Demand

_KNOTS = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Doses, in scales, between which the gain is taken as a straight line (chosen by us)."""

_TIE_BREAK = 1e-5
"""Cost of each set times its place in the list, so that equal choices have one winner."""


@dataclass(frozen=True)
class Choice:
    """How many sets of each chosen exercise, which get one more on a side, and what it is worth."""

    sets: Mapping[str, int]
    extra: frozenset[str]
    benefit: float


def choose(
    exercises: Sequence[Exercise], demand: Demand, library: Library, seconds: float
) -> Choice:
    """Choose sets of `exercises` worth most to `demand` within `seconds`, proven optimal.

    An exercise and its own progression are never both chosen. The same input gives the same
    choice.
    """
    return _Programme(exercises, demand, library, seconds).solve()


class _Programme:
    """The programme while it is built; one binary for each possible set."""

    def __init__(
        self, exercises: Sequence[Exercise], demand: Demand, library: Library, seconds: float
    ) -> None:
        import highspy

        self._exercises, self._demand, self._library = exercises, demand, library
        make_solver: Any = highspy.Highs
        self._solver = make_solver()
        for option, value in {
            "output_flag": False,
            "threads": 1,
            "random_seed": 0,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 1e-7,
        }.items():
            self._solver.setOptionValue(option, value)
        self._sets = {e.id: self._binaries(e.dose.sets) for e in exercises}
        self._extra = {
            e.id: self._solver.addBinary() for e in exercises if demand.extra_side(e) is not None
        }
        self._order_sets()
        # All times are whole seconds, so the solver's tolerance cannot hide an overrun.
        self._solver.addConstr(self._time_s() <= math.floor(seconds))

    def solve(self) -> Choice:
        self._solver.maximize(self._gain() - self._tie_break())
        on = {id: sum(self._solver.val(x) > 0.5 for x in sets) for id, sets in self._sets.items()}
        extra = frozenset(id for id, x in self._extra.items() if self._solver.val(x) > 0.5)
        benefit = float(self._solver.getObjectiveValue())
        return Choice({id: n for id, n in on.items() if n}, extra, benefit)

    def _binaries(self, count: int) -> list[Any]:
        return [self._solver.addBinary() for _ in range(count)]

    def _order_sets(self) -> None:
        """No set before the earlier one, no extra set alone, no exercise beside its harder form."""
        for exercise in self._exercises:
            sets = self._sets[exercise.id]
            for earlier, later in pairwise(sets):
                self._solver.addConstr(later <= earlier)
            if exercise.id in self._extra:
                self._solver.addConstr(self._extra[exercise.id] <= sets[0])
            if exercise.progression in self._sets:
                self._solver.addConstr(sets[0] + self._sets[exercise.progression][0] <= 1)

    def _time_s(self) -> Any:
        """Seconds of the whole session, with the changes between exercises and positions."""
        change_s = self._library.setting("change_exercise_s")
        change_position_s = self._library.setting("change_position_s") - change_s
        times = [change_position_s * self._used(position) for position in Position]
        for exercise in self._exercises:
            first, *others = self._sets[exercise.id]
            times.append((seconds_of(exercise, 1, self._library) + change_s) * first)
            more_s = exercise.seconds(2) - exercise.seconds(1)
            times.extend(more_s * x for x in others)
            if exercise.id in self._extra:
                times.append(extra_seconds(exercise) * self._extra[exercise.id])
        return self._solver.qsum(times)

    def _used(self, position: Position) -> Any:
        """One where any exercise in `position` is chosen."""
        used = self._solver.addBinary()
        for exercise in self._exercises:
            if exercise.position is position:
                self._solver.addConstr(used >= self._sets[exercise.id][0])
        return used

    def _gain(self) -> Any:
        scale_s = self._library.setting("dose_scale_s")
        gains = []
        for target, worth in self._demand.worth.items():
            pieces = []
            for low, high in pairwise(_KNOTS):
                piece = self._solver.addVariable(lb=0.0, ub=high - low)
                slope = (math.log1p(high) - math.log1p(low)) / (high - low)
                gains.append(worth * slope * piece)
                pieces.append(piece)
            dose = self._solver.qsum(self._doses_s(target))
            self._solver.addConstr(scale_s * self._solver.qsum(pieces) - dose <= 0)
        return self._solver.qsum(gains)

    def _doses_s(self, target: str) -> list[Any]:
        """Seconds of work for `target` on each side, times strength; later sets count less."""
        fade = self._library.setting("next_set_worth")
        extra_worth = self._library.setting("extra_side_weight")
        doses: list[Any] = []
        for exercise in self._exercises:
            worth_s = exercise.serves(target) * exercise.dose.set_s
            if worth_s == 0:
                continue
            sets = enumerate(self._sets[exercise.id])
            doses.extend(worth_s * fade**place * x for place, x in sets)
            if exercise.id in self._extra:
                doses.append(worth_s * extra_worth * self._extra[exercise.id])
        return doses

    def _tie_break(self) -> Any:
        return self._solver.qsum(
            [
                _TIE_BREAK * (place + 1) * x
                for place, exercise in enumerate(self._exercises)
                for x in self._sets[exercise.id]
            ]
        )


def seconds_of(exercise: Exercise, sets: int, library: Library) -> float:
    """Time of `sets` sets on both sides, with rests and the turn to the other side."""
    turn_s = library.setting("change_side_s") if exercise.unilateral else 0.0
    return exercise.seconds(sets) + turn_s


def extra_seconds(exercise: Exercise) -> float:
    """Time of one more set on one side, after a rest."""
    return exercise.dose.set_s + exercise.dose.rest_s
