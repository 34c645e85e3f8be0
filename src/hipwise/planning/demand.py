"""What training is wanted for: findings turned into a whole-number worth for each target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hipwise.findings.finding import Finding
from hipwise.knowledge.exercises import Exercise
from hipwise.knowledge.library import Library
from hipwise.measurement import Side

GENERAL_FROM = 0.7
"""Targets of general worth from here on are trained whatever the findings (chosen by us)."""
GENERAL_STEPS = 10


@dataclass(frozen=True)
class Demand:
    """Worth of each wanted target, and the findings that ask for training, weightiest first.

    The first finding is worth `ranked_findings`, the next one less, and so on down to one; its
    second target is worth half of it, its third a third. What helps every runner's hips is worth
    one besides. Without findings that alone counts, by its own worth.
    """

    worth: Mapping[str, int]
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, findings: Iterable[Finding], library: Library) -> Demand:
        """Rank what the findings ask for."""
        asking = sorted((f for f in findings if f.targets), key=lambda f: (-f.weight, f.id))
        general = {id: target.general for id, target in library.targets.items()}
        if not asking:
            return cls({id: round(GENERAL_STEPS * worth) for id, worth in general.items()}, ())
        worth = {id: 1 for id, share in general.items() if share >= GENERAL_FROM}
        highest = int(library.setting("ranked_findings"))
        for place, finding in enumerate(asking):
            of_finding = max(highest - place, 1)
            for order, target in enumerate(finding.targets, 1):
                known = library.target(target).id
                worth[known] = worth.get(known, 0) + max(of_finding // order, 1)
        return cls(worth, tuple(asking))

    @property
    def wanted(self) -> tuple[str, ...]:
        """Targets that findings ask for; all targets where there is no finding."""
        asked = dict.fromkeys(t for f in self.findings for t in f.targets)
        return tuple(asked or self.worth)

    def served_by(self, exercise: Exercise) -> tuple[Finding, ...]:
        """Return the findings one of whose targets `exercise` serves, weightiest first."""
        return tuple(
            f for f in self.findings if any(exercise.serves(target) > 0 for target in f.targets)
        )

    def extra_side(self, exercise: Exercise) -> Side | None:
        """Return the side that may get one set more, if any.

        It is the side of the weightiest finding served by `exercise` that was seen on two days
        (`knowledge/content/guidance.yaml`, asym_train).
        """
        if not exercise.unilateral:
            return None
        seen_twice = (f for f in self.served_by(exercise) if f.days > 1)
        return next((f.side for f in seen_twice if f.side is not None), None)
