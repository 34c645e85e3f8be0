"""What the evidence says about planning, and about what runners are told; data for later use."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from hipwise.knowledge.expressions import parse
from hipwise.knowledge.models import Claim, Fact, Grade, Record
from hipwise.knowledge.red_flags import Expr
from hipwise.knowledge.syntax import Expression


class Guidance(Fact):
    """One rule of planning: `when` it applies, what it `says`, and what to `do`.

    `expr`, where there is one, says the same as `when` in terms a plan and its log know
    (`names.PLAN_FIELDS`).
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    group: Literal["pain", "asymmetry", "dose", "prevention", "training_load"]
    grade: Grade
    when: str = Field(min_length=8)
    says: str = Field(min_length=15)
    do: str = Field(min_length=8)
    expr: Expr | None = None
    evidence: tuple[Claim, ...] = Field(min_length=1)
    against: tuple[Claim, ...] = ()

    @cached_property
    def holds_when(self) -> Expression | None:
        """The expression, read; None where it cannot be computed."""
        return parse(self.expr) if self.expr is not None else None


class Saying(Record):
    """Something runners are told, and what becomes of it when it is looked up."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    claim: str = Field(min_length=15)
    grade: Grade | None
    grade_note: str
    verdict: str = Field(min_length=15)
    evidence: tuple[Claim, ...] = Field(min_length=1)
