"""What a session is wanted for: findings turned into a worth for each training target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hipwise.findings.finding import Finding
from hipwise.knowledge.exercises import Exercise
from hipwise.knowledge.library import Library
from hipwise.measurement import Side


@dataclass(frozen=True)
class Demand:
    """Worth of each target (0 and up), and the findings that ask for training, weightiest first."""

    worth: Mapping[str, float]
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, findings: Iterable[Finding], library: Library) -> Demand:
        """Add what the findings ask for to what helps every runner's hips.

        A finding's first target counts with the finding's weight, each further one with
        `next_target_worth` of the one before. General care counts with `general_weight`.
        """
        asking = [f for f in findings if f.targets]
        asking.sort(key=lambda f: (-f.weight, f.id))
        general, fade = library.setting("general_weight"), library.setting("next_target_worth")
        worth = {id: general * target.general for id, target in library.targets.items()}
        for finding in asking:
            for place, target in enumerate(finding.targets):
                worth[library.target(target).id] += finding.weight * fade**place
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
        """Return the side that the weightiest finding served by `exercise` names, if any."""
        if not exercise.unilateral:
            return None
        return next((f.side for f in self.served_by(exercise) if f.side is not None), None)
