"""What is looked for in every self-test and every direction: gaps, contradictions, what is fine."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from hipwise.findings.directions import Balance, DirectionState, direction_states
from hipwise.findings.inferring import Held, merged
from hipwise.findings.results import Judged, Results
from hipwise.knowledge.inferences import Inference, Pattern
from hipwise.knowledge.protocols import Aspect
from hipwise.measurement import Measurement, Side


def patterns_that_hold(results: Results) -> Iterator[Held]:
    """Yield every pattern that the self-tests show."""
    rules = {r.pattern: r for r in results.library.inferences.values() if r.pattern is not None}
    for metric, recorded in results.tested():
        yield from _gap(rules, metric, results)
        yield from _methods(rules[Pattern.METHODS_DISAGREE], metric, results)
        if recorded.flags:
            yield from _fine(rules[Pattern.WITHIN_LIMITS], metric, results)
    states = direction_states(results)
    for direction in dict.fromkeys(s.direction for s in states):
        here = [s for s in states if s.direction == direction]
        yield from _balance(rules, here, results)
        yield from _disagreements(rules[Pattern.TESTS_DISAGREE], here, results)


def _gap(rules: dict[Pattern, Inference], metric: str, results: Results) -> Iterator[Held]:
    gap = results.gap(metric)
    if gap is None:
        return
    rule = rules[Pattern.UNEVEN if gap.acts else Pattern.WATCH]
    yield Held(
        rule,
        gap.side,
        (gap.symmetry.left, gap.symmetry.right),
        gaps=(gap,),
        margin=gap.margin,
        sure=results.days_of(metric) > 1,
        sided=True,
        key=metric,
        words={"test": results.library.metric(metric).name},
        targets=_served(metric, results) if gap.acts else (),
    )


def _served(metric: str, results: Results) -> tuple[str, ...]:
    """The training targets of a test's direction, for range or for strength."""
    recorded = results.recorded(metric)
    if recorded is None:
        return ()
    direction = results.library.directions[recorded.direction]
    aspect = results.library.protocol(metric.partition(".")[0]).aspect
    return direction.stiff_targets if aspect is Aspect.MOBILITY else direction.weak_targets


def _fine(rule: Inference, metric: str, results: Results) -> Iterator[Held]:
    """A test that is within its limit on all sides that were tested, without a gap."""
    sides = [side for side in (None, *Side) if (metric, side) in results.latest]
    judged = [j for side in sides if (j := results.judged(metric, side)) is not None]
    if len(judged) < len(sides) or any(j.raised for j in judged) or results.gap(metric):
        return
    yield Held(
        rule,
        None,
        tuple(j.measurement for j in judged),
        tuple(judged),
        margin=min(j.margin for j in judged),
        sure=all(j.margin >= 1 for j in judged),
        key=metric,
        words={"test": results.library.metric(metric).name},
    )


def _methods(rule: Inference, metric: str, results: Results) -> Iterator[Held]:
    """The same value taken in two ways on one day, further apart than their errors."""
    found: dict[Side | None, Held] = {}
    values = [m for m in results.measurements if m.metric == metric]
    for one, other in combinations(values, 2):
        if one.side is other.side and _contradict(one, other):
            words = {"test": results.library.metric(metric).name}
            found[one.side] = Held(
                rule, one.side, (one, other), margin=1.0, sided=True, key=metric, words=words
            )
    yield from found.values()


def _contradict(one: Measurement, other: Measurement) -> bool:
    if one.method == other.method or one.taken_at.date() != other.taken_at.date():
        return False
    errors = [m.error for m in (one, other) if m.error is not None]
    return len(errors) == 2 and abs(one.value - other.value) > max(errors)


def _balance(
    rules: dict[Pattern, Inference], states: list[DirectionState], results: Results
) -> Iterator[Held]:
    """Strength against mobility, once for both sides where they are alike."""
    for balance in Balance:
        if balance is Balance.UNKNOWN:
            continue
        rule = rules[Pattern(balance.value)]
        found: dict[Side | None, Held] = {
            s.side: _of_direction(rule, s, (*s.mobility, *s.strength), results)
            for s in states
            if s.balance is balance
        }
        yield from merged(found)


def _disagreements(
    rule: Inference, states: list[DirectionState], results: Results
) -> Iterator[Held]:
    for aspect in ("mobility", "strength"):
        found: dict[Side | None, Held] = {}
        for state in states:
            tests: tuple[Judged, ...] = getattr(state, aspect)
            if len({judged.raised for judged in tests}) > 1:
                found[state.side] = _of_direction(rule, state, tests, results)
        yield from merged(found)


def _of_direction(
    rule: Inference, state: DirectionState, tests: tuple[Judged, ...], results: Results
) -> Held:
    return Held(
        rule,
        state.side,
        tuple(dict.fromkeys(j.measurement for j in tests)),
        tests,
        margin=min(j.margin for j in tests),
        sure=all(j.margin >= 1 for j in tests),
        sided=True,
        key=state.direction,
        words={"direction": results.library.directions[state.direction].name},
    )
