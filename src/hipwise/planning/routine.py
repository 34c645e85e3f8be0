"""From a solution to sessions in order, each exercise with its dose and what it serves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hipwise.knowledge.exercises import Exercise
from hipwise.knowledge.library import Library
from hipwise.planning.demand import Demand
from hipwise.planning.dose import extra_seconds, seconds_of, stepped
from hipwise.planning.history import Past
from hipwise.planning.plan import Prescription, SessionKind
from hipwise.planning.programme import Solution

GENERAL = "general"
"""Reason of an exercise that serves no finding but helps every runner's hips."""


@dataclass(frozen=True)
class Routine:
    """The exercises of all sessions of one kind in a week."""

    solution: Solution
    demand: Demand
    library: Library
    past: Past

    def items(self, kind: SessionKind) -> tuple[Prescription, ...]:
        """Return the routine of `kind`: from the floor up and from easy to hard.

        After a run it goes the other way, from standing down to the floor.
        """
        chosen = [
            self.library.exercise(id) for of_kind, id in self.solution.sets if of_kind is kind
        ]
        downwards = -1 if kind is SessionKind.POST_RUN else 1
        chosen.sort(key=lambda e: (downwards * e.position.height, e.effort, e.id))
        return tuple(self._prescription(exercise, kind) for exercise in chosen)

    def _prescription(self, exercise: Exercise, kind: SessionKind) -> Prescription:
        key = (kind, exercise.id)
        sets, extra = self.solution.sets[key], key in self.solution.extra
        steps = max(self.past.steps.get(exercise.id, 0), 0)
        dosed = stepped(exercise, steps)
        served = self.demand.served_by(exercise)
        wanted = [s.target for s in exercise.targets if s.target in self.demand.wanted]
        names = [self.library.target(target).name for target in wanted]
        return Prescription(
            exercise=exercise.id,
            sets=sets,
            reps=dosed.dose.reps,
            hold_s=dosed.dose.hold_s,
            seconds=seconds_of(dosed, sets, self.library) + (extra_seconds(dosed) if extra else 0),
            serves=tuple(f.id for f in served),
            reason="; ".join(names) if served else GENERAL,
            extra_side=self.demand.extra_side(exercise) if extra else None,
            steps=steps,
            is_new=self.past.sessions.get(exercise.id, 0) == 0,
        )


def doses_of(
    sets: Mapping[tuple[SessionKind, str], int],
    sessions: Mapping[SessionKind, int],
    library: Library,
) -> Iterator[tuple[Exercise, int]]:
    """Yield each exercise of a week with its sets in the whole week."""
    for (kind, id), count in sets.items():
        yield library.exercise(id), count * sessions[kind]
