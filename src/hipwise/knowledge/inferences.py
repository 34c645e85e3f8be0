"""What the self-tests may mean: rules with an expression, and patterns looked for everywhere."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from hipwise.knowledge.expressions import parse
from hipwise.knowledge.models import Claim, Fact, Grade, Record
from hipwise.knowledge.red_flags import Expr
from hipwise.knowledge.syntax import Expression


class Group(StrEnum):
    """What a rule is about."""

    FINDING_TO_TRAINING = "finding_to_training"
    BALANCE_STRENGTH_MOBILITY = "balance_strength_mobility"
    COMPENSATION = "compensation"
    ASYMMETRY = "asymmetry"
    AGE_AND_FALLS = "age_and_falls"
    TERRAIN = "terrain"
    FINE = "fine"
    CONTRADICTION = "contradiction"


class Pattern(StrEnum):
    """What is looked for in every test or in every direction of the hip, not by an expression."""

    UNEVEN = "uneven"
    WATCH = "watch"
    WITHIN_LIMITS = "within_limits"
    TESTS_DISAGREE = "tests_disagree"
    METHODS_DISAGREE = "methods_disagree"
    STIFF = "stiff"
    WEAK = "weak"
    BOTH = "both"
    NEITHER = "neither"


class Inference(Fact):
    """One rule over tests, running measures and the runner.

    Either `expr` says when it holds, on each side where it names something with sides, or
    `pattern` names what is looked for everywhere. `title` and `may_mean` may use `{side}`,
    `{other}`, `{test}`, `{direction}`; `todo` says what follows in plain words. Where a rule
    named in `part_of` holds on the same side, this one only supports it. While it holds, what the
    contraindication tag in `rests` rules out is not trained. `importance` (0..1) is chosen by us.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    group: Group
    kind: Literal["limit", "asymmetry", "compensation", "fine", "advice", "contradiction"]
    grade: Grade
    when: str = Field(min_length=15)
    expr: Expr | None = None
    pattern: Pattern | None = None
    title: str
    may_mean: str = Field(min_length=20)
    todo: str = Field(min_length=10)
    evidence: tuple[Claim, ...] = Field(min_length=1)
    against: tuple[Claim, ...] = ()
    targets: tuple[str, ...] = ()
    importance: float = Field(ge=0, le=1)
    part_of: tuple[str, ...] = ()
    rests: str | None = None

    @model_validator(mode="after")
    def _says_when(self) -> Inference:
        if (self.expr is None) == (self.pattern is None):
            msg = "give either expr or pattern"
            raise ValueError(msg)
        for text in (self.title, self.may_mean, self.todo):
            try:
                text.format_map(dict.fromkeys(("side", "other", "test", "direction"), ""))
            except (KeyError, ValueError) as error:
                msg = f"a sentence uses braces that nothing fills: {error}"
                raise ValueError(msg) from None
        return self

    @cached_property
    def holds_when(self) -> Expression | None:
        """The expression, read; None for a pattern."""
        return parse(self.expr) if self.expr is not None else None

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of all sources of the evidence for and against, each once, in order."""
        claims: tuple[Fact, ...] = (*self.evidence, *self.against, self)
        return tuple(dict.fromkeys(c.source for c in claims if c.source is not None))


class DirectionOfHip(Record):
    """One direction in which a leg moves: what serves it where it is stiff or weak (chosen)."""

    id: str
    name: str
    stiff_targets: tuple[str, ...] = ()
    weak_targets: tuple[str, ...] = ()
