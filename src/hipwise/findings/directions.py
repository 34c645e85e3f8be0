"""Strength against mobility: what is low, for each direction of the hip and each side."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hipwise.findings.results import Judged, Results
from hipwise.knowledge.protocols import Aspect
from hipwise.measurement import Side


class Balance(StrEnum):
    """How mobility and strength of one direction stand to each other."""

    STIFF = "stiff"
    WEAK = "weak"
    BOTH = "both"
    NEITHER = "neither"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class DirectionState:
    """Mobility and strength of one direction on one side; None where it cannot be told.

    It cannot be told without a test that has a limit for this runner, and where tests disagree.
    `mobility` and `strength` are the tests that were looked at.
    """

    direction: str
    side: Side
    mobility: tuple[Judged, ...]
    strength: tuple[Judged, ...]

    @property
    def stiff(self) -> bool | None:
        """Whether mobility is below its limit."""
        return _low(self.mobility)

    @property
    def weak(self) -> bool | None:
        """Whether strength is below its limit."""
        return _low(self.strength)

    @property
    def balance(self) -> Balance:
        """Stiff, weak, both, neither or unknown."""
        if self.stiff is None or self.weak is None:
            return Balance.UNKNOWN
        if self.stiff:
            return Balance.BOTH if self.weak else Balance.STIFF
        return Balance.WEAK if self.weak else Balance.NEITHER


def direction_states(results: Results) -> tuple[DirectionState, ...]:
    """Return the state of every direction that any test tells of, left before right."""
    states = []
    for direction in results.library.directions:
        tests = [metric for metric, r in results.tested() if r.direction == direction]
        for side in Side:
            mobility, strength = (_judged(results, tests, side, a) for a in _ASPECTS)
            if mobility or strength:
                states.append(DirectionState(direction, side, mobility, strength))
    return tuple(states)


_ASPECTS = (Aspect.MOBILITY, Aspect.STRENGTH)


def _judged(results: Results, tests: list[str], side: Side, aspect: Aspect) -> tuple[Judged, ...]:
    found = []
    for metric in tests:
        protocol = results.library.protocol(metric.partition(".")[0])
        if protocol.aspect is aspect:
            judged = results.judged(metric, side) or results.judged(metric, None)
            if judged is not None:
                found.append(judged)
    return tuple(found)


def _low(tests: tuple[Judged, ...]) -> bool | None:
    """What all tests say, None where there is none or they disagree."""
    said = {judged.raised for judged in tests}
    return said.pop() if len(said) == 1 else None
