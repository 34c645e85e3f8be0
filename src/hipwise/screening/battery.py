"""Which tests this runner does: the chosen set, less what they must not or cannot do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from hipwise.knowledge.exercises import HOUSEHOLD
from hipwise.knowledge.exercises import Equipment as Things
from hipwise.knowledge.library import Library
from hipwise.knowledge.models import FILM
from hipwise.knowledge.protocols import Battery, Equipment, Protocol
from hipwise.knowledge.recorded import Recorded
from hipwise.screening.runner import RunnerProfile

EVERYWHERE = frozenset(thing.value for thing in HOUSEHOLD)
"""What every home is taken to have; the rest must stand in the runner's equipment."""
HELPER = "helper"
_TOOLS = {"goniometer": {"goniometer", "phone"}, "dynamometer": {"dynamometer"}}
"""What a way of taking a value needs, where it needs something."""
FOR_TESTS: tuple[str, ...] = get_args(Equipment)
ALL_EQUIPMENT = tuple(dict.fromkeys((*FOR_TESTS, *(thing.value for thing in Things))))
"""Everything that a test or an exercise can need, in the words of the evidence."""


@dataclass(frozen=True)
class PlannedTest:
    """A test to do, and the ids of the values that are written down on it."""

    protocol: Protocol
    values: tuple[str, ...]


@dataclass(frozen=True)
class LeftOutTest:
    """A test of the set that this runner does not do, and why."""

    test: str
    reason: str


@dataclass(frozen=True)
class TestPlan:
    """The tests of one set for one runner, in the order to do them."""

    __test__ = False

    tests: tuple[PlannedTest, ...]
    left_out: tuple[LeftOutTest, ...]

    @property
    def minutes(self) -> float:
        """How long the tests take together."""
        return sum(test.protocol.minutes for test in self.tests)


def battery_for(profile: RunnerProfile, set: str, library: Library) -> TestPlan:
    """Return the tests of `set` (`home`, `full` or `clinic`) that fit the runner.

    At home a test needs the equipment it names; a clinic is taken to have everything. Tests that a
    condition, the age or the want of a helper forbids are left out with the reason.
    """
    battery = Battery(set)
    wanted = [p for p in library.protocols.values() if battery in p.sets]
    reasons = {p.id: reason_against(p, profile, battery, library) for p in wanted}
    return TestPlan(
        tuple(
            PlannedTest(p, values_of(p, profile, battery)) for p in wanted if reasons[p.id] is None
        ),
        tuple(LeftOutTest(id, reason) for id, reason in reasons.items() if reason is not None),
    )


def reason_against(
    protocol: Protocol, profile: RunnerProfile, battery: Battery, library: Library
) -> str | None:
    """Say why this runner does not do the test, or return None where nothing speaks against it."""
    return next(_reasons(protocol, profile, battery, library), None)


def _reasons(
    protocol: Protocol, profile: RunnerProfile, battery: Battery, library: Library
) -> Iterator[str]:
    not_for, age = protocol.not_for, profile.age_years
    for tag in not_for.tags:
        if tag in profile.conditions:
            yield f"Not now: {library.contraindication(tag).meaning}."
    if not_for.below_age is not None and age < not_for.below_age:
        yield f"It is meant for people from {not_for.below_age} years on."
    if not_for.above_age is not None and age > not_for.above_age:
        yield f"It is meant for people up to {not_for.above_age} years."
    at_hand = _at_hand(profile, battery)
    alone = HELPER not in at_hand
    if not_for.helper_from_age is not None and age >= not_for.helper_from_age and alone:
        yield (
            f"From {not_for.helper_from_age} years on only with somebody beside you: add 'helper' "
            "to your equipment when there is."
        )
    missing = [thing for thing in _needed(protocol) if thing not in at_hand]
    if missing:
        yield f"It needs {' and '.join(missing)}: add that to your equipment when you have it."


def values_of(protocol: Protocol, profile: RunnerProfile, battery: Battery) -> tuple[str, ...]:
    """Return the ids of the values that can be written down with what is at hand."""
    at_hand = _at_hand(profile, battery)
    own = set(protocol.value_needs) <= at_hand
    return tuple(
        id
        for id in by_hand(protocol)
        if (own if id == protocol.id else _can_be_read(protocol.recorded[id], at_hand))
    )


def _can_be_read(value: Recorded, at_hand: frozenset[str]) -> bool:
    """Whether one of the ways to take a value needs nothing, or something that is at hand."""
    methods = (error.method for error in value.errors if not error.method.startswith(FILM))
    return any(m not in _TOOLS or _TOOLS[m] & at_hand for m in methods)


def by_hand(protocol: Protocol) -> tuple[str, ...]:
    """Return the ids of the values that need no film."""
    return tuple(
        id
        for id, value in protocol.recorded.items()
        if not all(error.method.startswith(FILM) for error in value.errors)
    )


def _needed(protocol: Protocol) -> tuple[str, ...]:
    return tuple(thing for thing in protocol.equipment if thing not in protocol.value_needs)


def _at_hand(profile: RunnerProfile, battery: Battery) -> frozenset[str]:
    """Return what the runner can use; in a clinic everything a test names is there."""
    if battery is Battery.CLINIC:
        return frozenset(FOR_TESTS)
    return EVERYWHERE | frozenset(profile.equipment)
