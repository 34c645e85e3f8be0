"""What an expression means for one runner: true, false, or not known; nothing is guessed.

Not known (None) is passed on as in Kleene's logic (1938): an `or` is true as soon as one part is,
an `and` false as soon as one part is; otherwise what is not known leaves the whole not known. A
measured value counts with its error: a comparison that could go either way inside the error is
not known.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Protocol, TypeAlias

from hipwise.knowledge.syntax import (
    AllOf,
    AnyOf,
    Arithmetic,
    Call,
    Comparison,
    Expression,
    ExpressionError,
    Name,
    Not,
    Number,
    OneOf,
    Text,
)


@dataclass(frozen=True)
class Measured:
    """A number that may be off by `error` either way, in the same unit."""

    value: float
    error: float = 0.0

    @property
    def corners(self) -> tuple[float, float]:
        """The lowest and the highest it may be."""
        return self.value - self.error, self.value + self.error


Value: TypeAlias = bool | float | str | Measured | None


class Scope(Protocol):
    """What is known of a runner, on one side where something has sides."""

    def value(self, name: str) -> Value:
        """Return what `name` stands for, None where it is not known."""

    def call(self, function: str, names: tuple[str, ...]) -> Value:
        """Return a function of `names` (all but `twice`), None where it is not known."""

    def days(self) -> tuple[Scope, ...]:
        """Return the same for each day on which something was measured."""


@dataclass(frozen=True)
class Facts:
    """The simplest scope: values by name, of a single day, and no functions but `has`."""

    values: Mapping[str, Value]
    conditions: frozenset[str] | None = None

    def value(self, name: str) -> Value:
        """Return the value of `name`, None where there is none."""
        return self.values.get(name)

    def call(self, function: str, names: tuple[str, ...]) -> Value:
        """Tell whether the runner has one of the conditions; no other function is known."""
        if function != "has" or self.conditions is None:
            return None
        return not self.conditions.isdisjoint(names)

    def days(self) -> tuple[Scope, ...]:
        """One day only."""
        return (self,)


@dataclass(frozen=True)
class Reason:
    """A part of an expression that decided: what it says, and how far beyond the error it lies.

    `margin` counts in errors from the threshold outwards; infinite where nothing was measured.
    """

    part: Expression
    margin: float = math.inf


@dataclass(frozen=True)
class Verdict:
    """Whether an expression holds, and the parts that made it so. None: it cannot be told."""

    holds: bool | None
    because: tuple[Reason, ...] = field(default=())


_UNKNOWN = Verdict(None)

_CALCULATE: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def evaluate(tree: Expression, scope: Scope) -> Verdict:
    """Tell whether `tree` holds in `scope`.

    Raises `ExpressionError` where a value is of the wrong kind, such as a text where a number is
    wanted.
    """
    match tree:
        case Not(part):
            inner = evaluate(part, scope)
            return Verdict(None if inner.holds is None else not inner.holds, inner.because)
        case AllOf(parts) | AnyOf(parts):
            each = [evaluate(part, scope) for part in parts]
            return _joined(each, decisive=isinstance(tree, AnyOf))
        case Comparison(sign, left, right):
            return _compared(tree, sign, _worth(left, scope), _worth(right, scope))
        case OneOf(value, options):
            each = [_compared(tree, "==", _worth(value, scope), _worth(o, scope)) for o in options]
            return _joined(each, decisive=True)
        case Call("twice", (inner_tree,)):
            return _on_two_days(tree, inner_tree, scope)
        case _:
            return _as_truth(tree, _worth(tree, scope))


def _joined(verdicts: list[Verdict], *, decisive: bool) -> Verdict:
    """One part that is `decisive` decides; else one not known leaves all not known."""
    deciding = [v for v in verdicts if v.holds is decisive]
    if deciding:
        return Verdict(decisive, tuple(r for v in deciding for r in v.because))
    if any(v.holds is None for v in verdicts):
        return _UNKNOWN
    return Verdict(not decisive, tuple(r for v in verdicts for r in v.because))


def _on_two_days(tree: Expression, inner: Expression, scope: Scope) -> Verdict:
    """True once it held on two days; false only if all days, two at least, say no."""
    verdicts = [evaluate(inner, day) for day in scope.days()]
    if sum(v.holds is True for v in verdicts) > 1:
        held = [v for v in verdicts if v.holds]
        return Verdict(True, tuple(r for v in held for r in v.because))
    if len(verdicts) > 1 and all(v.holds is False for v in verdicts):
        return Verdict(False, (Reason(tree),))
    return _UNKNOWN


def _as_truth(tree: Expression, value: Value) -> Verdict:
    if value is None:
        return _UNKNOWN
    if not isinstance(value, bool):
        msg = f"{value!r} stands where true or false is wanted"
        raise ExpressionError(msg)
    return Verdict(value, (Reason(tree),))


def _worth(tree: Expression, scope: Scope) -> Value:
    match tree:
        case Number(value):
            return Measured(value)
        case Text(text):
            return text
        case Name(id):
            return _tidy(scope.value(id))
        case Call(function, arguments):
            names = tuple(a.id for a in arguments if isinstance(a, Name))
            return _tidy(scope.call(function, names))
        case Arithmetic(sign, left, right):
            return _calculated(sign, _worth(left, scope), _worth(right, scope))
        case _:
            msg = "something true or false stands where a value is wanted"
            raise ExpressionError(msg)


def _tidy(value: Value) -> Value:
    """Take plain numbers as measured without error, and what is no number as not known."""
    if isinstance(value, bool | str) or value is None:
        return value
    measured = value if isinstance(value, Measured) else Measured(float(value))
    finite = math.isfinite(measured.value) and math.isfinite(measured.error)
    return measured if finite and measured.error >= 0 else None


def _calculated(sign: str, left: Value, right: Value) -> Value:
    """Calculate with the error that the errors of both sides leave at worst."""
    if left is None or right is None:
        return None
    if not (isinstance(left, Measured) and isinstance(right, Measured)):
        msg = f"'{sign}' needs two numbers, not {left!r} and {right!r}"
        raise ExpressionError(msg)
    if sign == "/" and right.corners[0] <= 0 <= right.corners[1]:
        return None
    calculate = _CALCULATE[sign]
    value = calculate(left.value, right.value)
    worst = (calculate(a, b) for a, b in product(left.corners, right.corners))
    return _tidy(Measured(value, max(abs(corner - value) for corner in worst)))


def _compared(tree: Expression, sign: str, left: Value, right: Value) -> Verdict:
    if left is None or right is None:
        return _UNKNOWN
    if isinstance(left, Measured) and isinstance(right, Measured):
        return _numbers_compared(tree, sign, left, right)
    left, right = _in_words(left), _in_words(right)
    if type(left) is not type(right) or sign not in {"==", "!="}:
        msg = f"{left!r} and {right!r} cannot be compared by '{sign}'"
        raise ExpressionError(msg)
    return Verdict((left == right) == (sign == "=="), (Reason(tree),))


def _in_words(value: Value) -> Value:
    """Let an answer of yes or no be compared with the words."""
    return ("yes" if value else "no") if isinstance(value, bool) else value


def _numbers_compared(tree: Expression, sign: str, left: Measured, right: Measured) -> Verdict:
    (low, high), (low2, high2) = left.corners, right.corners
    below, above = high < low2, low > high2
    at_most, at_least = high <= low2, low >= high2
    surely = {"<": below, ">": above, "<=": at_most, ">=": at_least}
    surely |= {"==": low == high == low2 == high2, "!=": below or above}
    never = {"<": at_least, ">": at_most, "<=": above, ">=": below}
    never |= {"==": surely["!="], "!=": surely["=="]}
    if not surely[sign] and not never[sign]:
        return _UNKNOWN
    error = left.error + right.error
    margin = abs(left.value - right.value) / error if error > 0 else math.inf
    return Verdict(surely[sign], (Reason(tree, margin),))
