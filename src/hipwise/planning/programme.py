"""The best exercises and sets for a week's sessions: a whole-number programme solved with HiGHS.

All sessions of one kind in a week hold the same routine, so that it can become a habit. Doses are
counted in parts of a week's full dose and times in `TICK_S`, both whole numbers, so that the
solver (HiGHS; Huangfu & Hall 2018) proves its optimum exactly: a better plan would have to be
better by a whole unit.

Wishes are met in order: first the doses, each target by its worth, the least dose counting double;
then variety, continuity with the week before, and the fewest minutes; last the order of the
library, so that equals have one winner.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from hipwise.knowledge.exercises import Exercise, Movement
from hipwise.knowledge.library import Library
from hipwise.planning.demand import Demand
from hipwise.planning.dose import FULL, extra_seconds, least_parts, parts_of_a_set, seconds_of
from hipwise.planning.plan import SessionKind

TICK_S = 5
"""Times are rounded up to this (s), so that a session never takes longer than allowed."""
_ALMOST_ONE = 0.99
"""What is worth whole units is proven once no more than this is open."""
_SLACK = 1e-6
"""Rounding of the solver."""


@dataclass(frozen=True)
class Candidate:
    """An exercise a session may hold, with the numbers of sets to choose from, ascending."""

    exercise: Exercise
    levels: tuple[int, ...]
    is_new: bool = False


@dataclass(frozen=True)
class Slot:
    """The sessions of one kind in a week: how many, how long, and what each may hold."""

    kind: SessionKind
    sessions: int
    seconds: float
    candidates: tuple[Candidate, ...]
    most: int


@dataclass(frozen=True)
class Solution:
    """Sets of each exercise for each kind of session, and which get one more on a side.

    `worth` is what the doses are worth; the solver proved that none is worth more.
    """

    sets: Mapping[tuple[SessionKind, str], int]
    extra: frozenset[tuple[SessionKind, str]]
    worth: int


@dataclass(frozen=True)
class Wishes:
    """What is wished besides the doses: the exercises of the week before, and few new ones."""

    last_week: frozenset[str] = frozenset()
    most_new: int = 99


@dataclass(frozen=True)
class _Step:
    """One more level of a candidate: the variable that takes it, and what it brings."""

    variable: Any
    candidate: Candidate
    slot: Slot
    sets: int
    ticks: int
    first: bool


class Programme:
    """Which exercises and sets serve a demand best in the time of a week's slots.

    The same input gives the same solution.
    """

    def __init__(
        self,
        slots: Sequence[Slot],
        demand: Demand,
        library: Library,
        wishes: Wishes | None = None,
    ) -> None:
        """Write the programme down."""
        import highspy

        self._demand, self._library, self._wishes = demand, library, wishes or Wishes()
        self._slots = slots
        make_solver: Any = highspy.Highs
        self._solver = make_solver()
        options = {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 0.0}
        for option, value in (options | {"mip_abs_gap": _ALMOST_ONE}).items():
            self._solver.setOptionValue(option, value)
        self._found: Any = None
        self._steps: list[_Step] = []
        self._extra: dict[tuple[SessionKind, str], Any] = {}
        for slot in slots:
            self._add(slot)
        self._used = self._whether_used()
        self._limit_new()
        self._doses = self._worth_of_doses()
        self._order = self._wishes_in_order()

    def bound(self) -> int:
        """Return what the doses cannot be worth more than, told quickly."""
        if not self._steps:
            return 0
        self._solver.setOptionValue("solve_relaxation", True)
        self._solver.maximize(self._doses)
        self._solver.setOptionValue("solve_relaxation", False)
        return math.floor(float(self._solver.getObjectiveValue()) + _SLACK)

    @cached_property
    def worth(self) -> int:
        """What the doses of the best choice are worth, proven."""
        if not self._steps:
            return 0
        worth = -self._least(-1 * self._doses)
        self._solver.addConstr(self._doses >= worth - 0.5)
        return worth

    def solve(self) -> Solution:
        """Return the best choice, proven so."""
        if not self._steps:
            return Solution({}, frozenset(), 0)
        solver, worth = self._solver, self.worth
        solver.addConstr(self._order <= self._least(self._order) + 0.5)
        self._least(self._sum((place, s.variable) for place, s in enumerate(self._steps, 1)))
        sets: dict[tuple[SessionKind, str], int] = {}
        for step in self._steps:
            if solver.val(step.variable) > 0.5:
                key = (step.slot.kind, step.candidate.exercise.id)
                sets[key] = sets.get(key, 0) + step.sets
        extra = frozenset(key for key, x in self._extra.items() if solver.val(x) > 0.5)
        return Solution(sets, extra, worth)

    def _least(self, wish: Any) -> int:
        """Return the least that `wish` can be, looked for from the best found so far."""
        import highspy

        solver = self._solver
        solver.setObjective(wish, highspy.ObjSense.kMinimize)
        if self._found is not None:
            solver.setSolution(self._found)
        solver.solve()
        self._found = highspy.HighsSolution()
        self._found.col_value = list(solver.getSolution().col_value)
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"The week was not solved: {solver.getModelStatus()}.")
        return round(float(solver.getObjectiveValue()))

    def _add(self, slot: Slot) -> None:
        """Add the steps of a slot, its time, and what must not come together in one session."""
        begun: dict[str, Any] = {}
        ticks: list[tuple[int, Any]] = []
        useful = [c for c in slot.candidates if self._serves(c.exercise, slot.kind)]
        for candidate in useful:
            steps = list(self._steps_of(candidate, slot))
            begun[candidate.exercise.id] = steps[0].variable
            for earlier, later in pairwise(steps):
                self._solver.addConstr(later.variable <= earlier.variable)
            self._steps += steps
            ticks += [(step.ticks, step.variable) for step in steps]
            ticks += self._extra_set(candidate, slot, steps[0].variable)
        for candidate in useful:
            if candidate.exercise.progression in begun:
                both = begun[candidate.exercise.id] + begun[candidate.exercise.progression]
                self._solver.addConstr(both <= 1)
        if ticks:
            self._solver.addConstr(self._sum(ticks) <= math.floor(slot.seconds / TICK_S))
            self._solver.addConstr(self._sum((1, x) for x in begun.values()) <= slot.most)
        self._limit_holding(slot)

    def _serves(self, exercise: Exercise, kind: SessionKind) -> bool:
        """Whether a set of it gives any wanted target a part of its dose."""
        wanted = (target for target, worth in self._demand.worth.items() if worth)
        return any(self._parts(exercise, target, kind) for target in wanted)

    def _parts(self, exercise: Exercise, target: str, kind: SessionKind) -> int:
        return parts_of_a_set(exercise, target, kind, self._library)

    def _steps_of(self, candidate: Candidate, slot: Slot) -> Iterable[_Step]:
        before, before_ticks = 0, 0
        for sets in candidate.levels:
            ticks = math.ceil(seconds_of(candidate.exercise, sets, self._library) / TICK_S)
            variable = self._solver.addBinary()
            more = sets - before
            yield _Step(variable, candidate, slot, more, ticks - before_ticks, before == 0)
            before, before_ticks = sets, ticks

    def _extra_set(self, candidate: Candidate, slot: Slot, begun: Any) -> list[tuple[int, Any]]:
        """Allow one more set on the side that the evidence asks to be given more."""
        exercise = candidate.exercise
        if self._demand.extra_side(exercise) is None:
            return []
        extra = self._solver.addBinary()
        self._solver.addConstr(extra <= begun)
        self._extra[slot.kind, exercise.id] = extra
        return [(math.ceil(extra_seconds(exercise) / TICK_S), extra)]

    def _limit_holding(self, slot: Slot) -> None:
        """No longer holds for one target in a session than are known to help."""
        most_s = self._library.setting("longest_stretch_s")
        for target in self._demand.worth:
            holds = [
                (round(step.sets * step.candidate.exercise.dose.set_s), step.variable)
                for step in self._steps
                if step.slot is slot
                and step.candidate.exercise.movement is Movement.STATIC_HOLD
                and step.candidate.exercise.serves(target) >= self._library.setting("serves_partly")
            ]
            if sum(seconds for seconds, _ in holds) > most_s:
                self._solver.addConstr(self._sum(holds) <= most_s)

    def _whether_used(self) -> dict[str, Any]:
        """One variable for each exercise: whether any session of the week holds it."""
        begun: dict[str, list[Any]] = {}
        for step in self._steps:
            if step.first:
                begun.setdefault(step.candidate.exercise.id, []).append(step.variable)
        used = {}
        for id, variables in begun.items():
            used[id] = self._solver.addVariable(lb=0.0, ub=1.0)
            self._solver.addConstr(used[id] <= self._sum((1, x) for x in variables))
            for variable in variables:
                self._solver.addConstr(used[id] >= variable)
        return used

    def _limit_new(self) -> None:
        """Few new exercises in a week, and few landings of hops."""
        new = {s.candidate.exercise.id for s in self._steps if s.candidate.is_new}
        if len(new) > self._wishes.most_new:
            self._solver.addConstr(
                self._sum((1, self._used[id]) for id in sorted(new)) <= self._wishes.most_new
            )
        landings = [
            (s.slot.sessions * s.sets * landings_of_a_set(s.candidate.exercise), s.variable)
            for s in self._steps
            if s.candidate.exercise.impact
        ]
        if landings:
            most = self._library.setting("most_hops")
            self._solver.addConstr(self._sum(landings) <= most)

    def _worth_of_doses(self) -> Any:
        """Worth of every target's dose: double up to the least one, single up to the full one."""
        gains: list[tuple[int, Any]] = []
        for target, worth in self._demand.worth.items():
            parts = [
                (s.slot.sessions * s.sets * each, s.variable)
                for s in self._steps
                if (each := self._parts(s.candidate.exercise, target, s.slot.kind))
            ]
            if not parts or not worth:
                continue
            least = least_parts(target, self._library)
            first = self._solver.addVariable(lb=0.0, ub=float(least))
            rest = self._solver.addVariable(lb=0.0, ub=float(FULL - least))
            self._solver.addConstr(first + rest - self._sum(parts) <= 0)
            gains += [(2 * worth, first), (worth, rest)]
        return self._sum([*gains, *self._worth_of_extra_sets()])

    def _worth_of_extra_sets(self) -> Iterable[tuple[int, Any]]:
        """A part of the dose for each session, at the worth of the finding that asks for it."""
        sessions = {slot.kind: slot.sessions for slot in self._slots}
        for (kind, id), extra in self._extra.items():
            exercise = self._library.exercise(id)
            target = next(
                t
                for f in self._demand.served_by(exercise)
                if f.side is self._demand.extra_side(exercise)
                for t in f.targets
                if exercise.serves(t)
            )
            yield sessions[kind] * self._demand.worth[target], extra

    def _wishes_in_order(self) -> Any:
        """Variety, then continuity, then time, each worth more than all that comes after it."""
        ticks = [(s.slot.sessions * s.ticks, s.variable) for s in self._steps]
        change = 1 + sum(math.floor(slot.sessions * slot.seconds / TICK_S) for slot in self._slots)
        last_week = self._wishes.last_week
        changes = [
            (-change if id in last_week else change, used)
            for id, used in self._used.items()
            if last_week
        ]
        variety = change * (2 * len(changes) + 1)
        missing = [(variety, short) for short in self._missing_variety()]
        return self._sum([*ticks, *changes, *missing])

    def _missing_variety(self) -> list[Any]:
        """One variable for each finding: how many different exercises it is short of."""
        wished, missing = int(self._library.setting("variety")), []
        for finding in self._demand.findings:
            main = finding.targets[0]
            serving = [
                self._used[id]
                for id in self._used
                if self._library.exercise(id).serves(main) >= self._library.setting("serves_partly")
            ]
            if len(serving) > 1:
                short = self._solver.addVariable(lb=0.0, ub=float(wished))
                total = self._sum((1, used) for used in serving)
                self._solver.addConstr(short + total >= min(wished, len(serving)))
                missing.append(short)
        return missing

    def _sum(self, terms: Iterable[tuple[int, Any]]) -> Any:
        return self._solver.qsum([factor * variable for factor, variable in terms])


def landings_of_a_set(exercise: Exercise) -> int:
    """Landings of one set on both sides."""
    return exercise.dose.reps * exercise.sides
