"""Which exercises a session may hold in one week, and why not the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hipwise.knowledge.exercises import Exercise, Movement, Phase
from hipwise.knowledge.library import Library
from hipwise.planning.circumstances import Circumstances
from hipwise.planning.history import Past
from hipwise.planning.phases import WeekRules
from hipwise.planning.plan import SessionKind

FITS: Mapping[SessionKind, frozenset[Phase]] = {
    SessionKind.PRE_RUN: frozenset({Phase.PRE_RUN}),
    SessionKind.POST_RUN: frozenset({Phase.POST_RUN}),
    SessionKind.STRENGTH: frozenset({Phase.STRENGTH}),
    SessionKind.DAILY: frozenset(Phase),
}
ENTRY_EFFORT = {Movement.DYNAMIC: 1, Movement.STATIC_HOLD: 1, Movement.STRENGTH: 2}
"""Up to this effort an exercise may be begun with; a harder one follows its easier form."""
SESSIONS_BEFORE_HARDER = 4
"""So many sessions of the easier form come before the harder one (chosen by us)."""
WITHOUT_EASIER_EFFORT = 3
"""Hardest exercise that may be begun with where its easier form cannot be done (chosen by us)."""


@dataclass(frozen=True)
class Selection:
    """Which exercises may be chosen for the sessions of one week.

    `past` includes the weeks of this plan that come before. `away` says that there is nothing but a
    floor and a wall; `hops_in` are the kinds of session whose days all allow hops. What serves a
    target in `gently` most is begun with in its easiest form. An easier form comes first only where
    it serves something `wanted` itself.
    """

    library: Library
    circumstances: Circumstances
    rules: WeekRules
    past: Past
    away: bool = False
    hops_in: frozenset[SessionKind] = frozenset()
    gently: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()

    def exercises(self, kind: SessionKind) -> tuple[Exercise, ...]:
        """Return what may be chosen for sessions of `kind`, in the order of the library."""
        return tuple(
            e
            for e in self.library.exercises.values()
            if self.fits(e, kind) and self.against(e) is None and not self._superseded(e, kind)
        )

    def fits(self, exercise: Exercise, kind: SessionKind) -> bool:
        """Whether an exercise belongs into sessions of `kind` at all."""
        if FITS[kind].isdisjoint(exercise.phases):
            return False
        if exercise.impact and kind not in self.hops_in:
            return False
        return kind is SessionKind.STRENGTH or not loads(exercise, self.library)

    def against(self, exercise: Exercise) -> str | None:
        """Say why this runner does not do the exercise in this week; None where nothing does."""
        return next(self._reasons(exercise), None)

    def _reasons(self, exercise: Exercise) -> Iterator[str]:
        yield from self._lasting_reasons(exercise)
        if exercise.effort > self.rules.effort:
            yield "It is too hard for this week of the plan."
        if self.past.steps.get(exercise.id, 0) < 0:
            yield "It was too hard; its easier form comes first."
        easier = self._easier_form(exercise)
        if easier is not None and not self._ready_for_harder(easier):
            yield f"Its easier form, {easier.name}, comes first."

    def _lasting_reasons(self, exercise: Exercise) -> Iterator[str]:
        """Yield what speaks against it in any week: pain, things, hops, missing tests."""
        resting = self.resting(exercise)
        if resting is not None:
            yield resting
        if not self.circumstances.has_things_for(exercise, away=self.away):
            things = " and ".join(thing.value.replace("_", " ") for thing in exercise.equipment)
            yield f"It needs {things}."
        if exercise.impact and self.circumstances.not_hopping is not None:
            yield self.circumstances.not_hopping
        hardest = self.library.setting("hardest_before_tests")
        if not self.circumstances.screened and exercise.effort > hardest:
            yield "The hardest exercises wait for the self-tests."

    def resting(self, exercise: Exercise) -> str | None:
        """Say why conditions or pain forbid the exercise; None where they do not."""
        for tag in exercise.contraindications:
            if tag in self.circumstances.conditions:
                return f"Not now: {self.library.contraindication(tag).meaning}."
        return self.past.resting.get(exercise.id)

    def _easier_form(self, exercise: Exercise) -> Exercise | None:
        """Return the form that must have been done before, None where it may be begun with."""
        begun = self.past.sessions.get(exercise.id, 0) > 0
        if exercise.regression is None or begun:
            return None
        if exercise.effort <= self._entry_effort(exercise):
            return None
        easier = self.library.exercise(exercise.regression)
        if not any(easier.serves(target) for target in self.wanted):
            return None
        cannot = next(self._lasting_reasons(easier), None) is not None
        return None if cannot and exercise.effort <= WITHOUT_EASIER_EFFORT else easier

    def _entry_effort(self, exercise: Exercise) -> int:
        """Return up to which effort the exercise may be begun with."""
        if self.circumstances.old or main_target(exercise) in self.gently:
            return min(ENTRY_EFFORT.values())
        return ENTRY_EFFORT[exercise.movement]

    def _ready_for_harder(self, easier: Exercise) -> bool:
        done = self.past.sessions.get(easier.id, 0) >= SESSIONS_BEFORE_HARDER
        return easier.id in self.past.mastered or (done and self.past.steps.get(easier.id, 0) >= 0)

    def _superseded(self, exercise: Exercise, kind: SessionKind) -> bool:
        """Whether the runner may do its harder form, which trains the same."""
        if exercise.progression is None:
            return False
        harder = self.library.exercise(exercise.progression)
        same = harder.serves(main_target(exercise)) >= self.library.setting("serves_partly")
        return same and self.fits(harder, kind) and self.against(harder) is None


def main_target(exercise: Exercise) -> str:
    """Return the target that an exercise serves most."""
    return max(exercise.targets, key=lambda served: served.strength).target


def loads(exercise: Exercise, library: Library) -> bool:
    """Whether it loads its muscles so that they need the next day to recover."""
    hard = exercise.effort >= library.setting("loading_effort")
    return hard and exercise.movement is Movement.STRENGTH
