"""The parts an expression is made of, and what can be asked of them without a runner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


class ExpressionError(ValueError):
    """The text is no expression; says what is wrong and where."""


@dataclass(frozen=True)
class Number:
    """A plain number."""

    value: float


@dataclass(frozen=True)
class Text:
    """Words in quotes."""

    value: str


@dataclass(frozen=True)
class Name:
    """Something known of the runner: an answer, a measurement, a field, another rule."""

    id: str


@dataclass(frozen=True)
class Call:
    """A function of names, or `twice` of an expression."""

    function: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class Not:
    """The opposite."""

    part: Expression


@dataclass(frozen=True)
class AllOf:
    """Every part holds (`and`)."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds (`or`)."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Comparison:
    """Two quantities compared."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class OneOf:
    """A value is one of several (`in`)."""

    value: Expression
    options: tuple[Expression, ...]


@dataclass(frozen=True)
class Arithmetic:
    """`+ - * /` of two quantities."""

    sign: str
    left: Expression
    right: Expression


Expression: TypeAlias = (
    Number | Text | Name | Call | Not | AllOf | AnyOf | Comparison | OneOf | Arithmetic
)


def parts_of(tree: Expression) -> tuple[Expression, ...]:
    """Return the expressions directly inside `tree`."""
    match tree:
        case Not(part):
            return (part,)
        case AllOf(parts) | AnyOf(parts):
            return parts
        case Comparison(_, left, right) | Arithmetic(_, left, right):
            return (left, right)
        case OneOf(value, options):
            return (value, *options)
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def names_in(tree: Expression) -> frozenset[str]:
    """Return every name of an answer, measurement, field or rule, also inside functions."""
    if isinstance(tree, Name):
        return frozenset({tree.id})
    if isinstance(tree, Call) and tree.function == "has":
        return frozenset()
    return frozenset().union(*(names_in(part) for part in parts_of(tree)))


def conditions_in(tree: Expression) -> frozenset[str]:
    """Return every condition of the runner (contraindication tag) that `has` asks for."""
    if isinstance(tree, Call) and tree.function == "has":
        return frozenset(a.id for a in tree.arguments if isinstance(a, Name))
    return frozenset().union(*(conditions_in(part) for part in parts_of(tree)))
