"""The safety questions, and the answers that stop everything. Nothing switches a red flag off."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from hipwise.knowledge.expressions import parse
from hipwise.knowledge.models import Claim, Fact, Grade, Record
from hipwise.knowledge.syntax import Expression


def _parseable(text: str) -> str:
    parse(text)
    return text


Expr = Annotated[str, AfterValidator(_parseable)]
"""An expression in the words of `expressions.py`, refused where it cannot be read."""


class IntakeQuestion(Record):
    """One safety question, asked before anything else, and `why` it is asked.

    `not_tried` is an answer to some.
    """

    id: str = Field(pattern=r"^q_[a-z_]+$")
    text: str = Field(min_length=10)
    why: str = Field(min_length=20)
    clinical: str
    answers: tuple[Literal["yes", "no", "not_tried"], ...] = ("yes", "no")
    only_if_no: tuple[str, ...] = ()
    note: str | None = None


class RedFlag(Fact):
    """Answers that may mean something serious: the programme stops and the runner is sent on.

    `expr` says when, over answers `q_*`, profile fields and tests taken at their plain value.
    `may_be` names what it may be, `stop` what to stop and do now, `whom_to_see` and `how_soon`
    where to go; `wording` is the sentence that is shown first.
    """

    id: str = Field(pattern=r"^rf_[a-z_]+$")
    grade: Grade
    when: str = Field(min_length=20)
    expr: Expr
    may_be: str
    stop: str
    whom_to_see: str
    how_soon: Literal["now", "today", "within days", "within two weeks", "before you start"]
    wording: str
    evidence: tuple[Claim, ...] = Field(min_length=1)
    against: tuple[Claim, ...] = ()

    @cached_property
    def holds_when(self) -> Expression:
        """The expression, read."""
        return parse(self.expr)
