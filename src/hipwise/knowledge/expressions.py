"""The small language in which rules state when they hold; parsed here, nothing is ever executed.

```
q_night_pain and (q_groin_load or q_limp)          answers, yes or no
q_hop_pain == "yes"                                answers in words
age_years >= 60 and chair_stand_30s < 14           profile fields, tests and running measures
asym(hhd_abduction) >= 20                          how far this side is behind, % of the better side
heel_raise < 0.6 * norm(heel_raise)                arithmetic; the norm for this sex and age
flagged(hhd_abduction) or behind(hhd_abduction)    a test's own limits: of a value, of a gap
rule.weak_extension and has(knee_pain)             another rule; a condition of the runner
```

`or`, `and`, `not`, one comparison (`< <= > >= == !=`, `in (…)`), `+ - * /`, in rising order of
binding. `evaluation.py` says what an expression means for a runner.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

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
    parts_of,
)

NUMBERS = {"asym": (1, 1), "diff": (1, 1), "norm": (1, 1)}
TRUTHS = {"flagged": (1, 1), "behind": (1, 1), "has": (1, 9), "twice": (1, 1)}
FUNCTIONS = NUMBERS | TRUTHS
"""Functions with the fewest and most arguments; all but `twice` take bare names."""

DEEPEST = 40
"""Brackets and signs within each other that are still read (chosen by us)."""

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d+)?)(?![\w.])
    | (?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)
    | "(?P<text>[^"]*)"
    | (?P<sign><=|>=|==|!=|[-+*/<>(),])
    )""",
    re.VERBOSE | re.ASCII,
)
_COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
_WORDS = ("and", "or", "not", "in")


def parse(text: str) -> Expression:
    """Read an expression that is true or false; raises `ExpressionError` where it is none."""
    parser = _Parser(text)
    tree = parser.either()
    if parser.kind != "end":
        raise parser.error(f"'{parser.word}' is not expected")
    _must_be_true_or_false(tree)
    return tree


class _Parser:
    """Reads left to right; each method reads one level of binding."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.depth = 0
        self.advance()

    def advance(self) -> None:
        self.kind, self.word, self.place = next(self.tokens)

    def error(self, reason: str) -> ExpressionError:
        return ExpressionError(f"{reason} at character {self.place + 1} of '{self.text}'")

    def met(self, *words: str) -> str | None:
        """Step over the next word if it is one of `words`, and return it."""
        if self.kind not in {"sign", "word"} or self.word not in words:
            return None
        word = self.word
        self.advance()
        return word

    def expect(self, word: str) -> None:
        if self.met(word) is None:
            raise self.error(f"'{word}' is missing")

    def either(self) -> Expression:
        parts = [self.both()]
        while self.met("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def both(self) -> Expression:
        parts = [self.opposite()]
        while self.met("and"):
            parts.append(self.opposite())
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def opposite(self) -> Expression:
        if self.met("not"):
            return Not(self.deeper(self.opposite))
        return self.comparison()

    def comparison(self) -> Expression:
        left = self.sum()
        if sign := self.met(*_COMPARISONS):
            return Comparison(sign, left, self.sum())
        if self.met("in"):
            self.expect("(")
            return OneOf(left, self.listed(self.sum))
        return left

    def sum(self) -> Expression:
        tree = self.product()
        while sign := self.met("+", "-"):
            tree = Arithmetic(sign, tree, self.product())
        return tree

    def product(self) -> Expression:
        tree = self.signed()
        while sign := self.met("*", "/"):
            tree = Arithmetic(sign, tree, self.signed())
        return tree

    def signed(self) -> Expression:
        if self.met("-"):
            return Arithmetic("-", Number(0.0), self.deeper(self.signed))
        return self.single()

    def single(self) -> Expression:
        kind, word = self.kind, self.word
        if self.met("("):
            tree = self.deeper(self.either)
            self.expect(")")
            return tree
        if kind not in {"number", "text", "name"}:
            raise self.error("a value is missing" if kind == "end" else f"'{word}' is not expected")
        self.advance()
        if kind == "name" and self.met("("):
            return self.call(word)
        if kind == "number":
            return Number(float(word))
        return Text(word) if kind == "text" else Name(word)

    def call(self, function: str) -> Expression:
        if function not in FUNCTIONS:
            raise self.error(f"there is no function '{function}'")
        arguments = self.listed(self.either)
        fewest, most = FUNCTIONS[function]
        if not fewest <= len(arguments) <= most:
            raise self.error(f"'{function}' does not take {len(arguments)} arguments")
        if function != "twice" and not all(isinstance(a, Name) for a in arguments):
            raise self.error(f"'{function}' takes names only")
        if function == "twice":
            _must_be_true_or_false(arguments[0])
        return Call(function, arguments)

    def listed(self, one: Callable[[], Expression]) -> tuple[Expression, ...]:
        """Read what stands between brackets, the first of which is read already."""
        items = [self.deeper(one)]
        while self.met(","):
            items.append(self.deeper(one))
        self.expect(")")
        return tuple(items)

    def deeper(self, read: Callable[[], Expression]) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error("too many brackets within each other")
        tree = read()
        self.depth -= 1
        return tree


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield kind, word and place; ends with an endless 'end'."""
    place = 0
    stop = len(text.rstrip())
    while place < stop:
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            rest = text[place:].lstrip()
            msg = f"'{rest[0]}' cannot be read at character {text.index(rest, place) + 1}"
            raise ExpressionError(f"{msg} of '{text}'")
        kind, word = match.lastgroup, match[match.lastgroup]
        yield "word" if kind == "name" and word in _WORDS else kind, word, match.start(kind)
        place = match.end()
    while True:
        yield "end", "", len(text)


def _must_be_true_or_false(tree: Expression) -> None:
    """Refuse a number or a text where something true or false is wanted."""
    match tree:
        case Number() | Text() | Arithmetic():
            raise ExpressionError("a number or text stands where true or false is wanted")
        case Call(function, _) if function in NUMBERS:
            raise ExpressionError(f"'{function}' gives a number where true or false is wanted")
        case Not() | AllOf() | AnyOf():
            for part in parts_of(tree):
                _must_be_true_or_false(part)
        case Comparison() | OneOf():
            for part in parts_of(tree):
                _must_be_a_value(part)
        case _:
            pass


def _must_be_a_value(tree: Expression) -> None:
    """Refuse something true or false where a number or a text is wanted."""
    if isinstance(tree, Not | AllOf | AnyOf | Comparison | OneOf):
        raise ExpressionError("something true or false stands where a value is wanted")
    if isinstance(tree, Call) and tree.function in TRUTHS:
        raise ExpressionError(f"'{tree.function}' is true or false where a value is wanted")
    if isinstance(tree, Arithmetic):
        for part in (tree.left, tree.right):
            if isinstance(part, Text):
                raise ExpressionError("a text cannot be calculated with")
            _must_be_a_value(part)
