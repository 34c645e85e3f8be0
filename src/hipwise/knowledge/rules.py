"""What a measurement may mean: rules with their condition, grade, wording and evidence."""

from __future__ import annotations

import string
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from hipwise.knowledge.models import Claim, Fact, Grade, Record, Status

PLACEHOLDERS = frozenset(
    {"side", "other", "value", "other_value", "difference", "error", "limit", "upper", "n"}
    | {"lower_side", "higher_side", "lower", "higher", "left", "right"}
    | {"norm_mean", "norm_sd", "norm_group"}
)
"""The words in braces that a rule's sentences may use; `findings.wording` fills them."""


def words_in_braces(text: str) -> frozenset[str]:
    """Return the words in braces of a sentence; raises `ValueError` for an unknown one."""
    used = frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    for name in sorted(used - PLACEHOLDERS):
        msg = f"a sentence uses the unknown word {{{name}}}"
        raise ValueError(msg)
    return used


class RuleKind(StrEnum):
    """What a rule gives: a kind of finding, or a statement that holds for every runner."""

    LIMIT = "limit"
    ASYMMETRY = "asymmetry"
    FINE = "fine"
    STATEMENT = "statement"


class Compare(StrEnum):
    """How a condition looks at its metric. 'Beyond' always means by more than the error."""

    SIDE_DIFFERENCE = "side_difference"
    SIDES_EVEN = "sides_even"
    ABOVE = "above"
    BELOW = "below"
    BETWEEN = "between"
    ABOVE_NORM = "above_norm"
    BELOW_NORM = "below_norm"


class Limit(Fact):
    """A threshold: in the metric's unit, in percent of the larger side, or in SDs of the norm."""

    value: float
    kind: Literal["absolute", "percent_of_larger", "norm_sds"] = "absolute"


class Condition(Record):
    """One comparison of one metric, evaluated without any program text.

    `side_difference`: left and right differ by more than the side error and more than `limit`,
    where one is given. `sides_even`: they differ by no more than the side error. `above`,
    `below`: beyond `limit`. `between`: from `limit` to `upper`. `above_norm`, `below_norm`:
    beyond the norm's mean by `limit` SDs.
    """

    metric: str
    compare: Compare
    limit: Limit | None = None
    upper: Limit | None = None

    @model_validator(mode="after")
    def _has_the_limits_it_needs(self) -> Condition:
        sides = self.compare in {Compare.SIDE_DIFFERENCE, Compare.SIDES_EVEN}
        if self.limit is None and not sides:
            msg = f"'{self.compare}' needs a limit"
            raise ValueError(msg)
        if (self.upper is not None) != (self.compare is Compare.BETWEEN):
            msg = "upper belongs to 'between', which needs it"
            raise ValueError(msg)
        if self.limit and self.upper and self.limit.value > self.upper.value:
            msg = "the range is upside down: " + f"{self.limit.value:g} > {self.upper.value:g}"
            raise ValueError(msg)
        self._limit_fits()
        return self

    def _limit_fits(self) -> None:
        norm = self.compare in {Compare.ABOVE_NORM, Compare.BELOW_NORM}
        percent = self.compare is Compare.SIDE_DIFFERENCE
        for limit in (self.limit, self.upper):
            if limit is None:
                continue
            fits = {"norm_sds": norm, "percent_of_larger": percent, "absolute": not norm}
            if not fits[limit.kind]:
                msg = f"a limit of kind '{limit.kind}' does not fit '{self.compare}'"
                raise ValueError(msg)


class Wording(Record):
    """The sentences of a finding; words in braces are filled from the measurements."""

    title: str
    seen: str
    compared_with: str

    @model_validator(mode="after")
    def _known_placeholders(self) -> Wording:
        for _, text in self:
            words_in_braces(text)
        return self


class Rule(Record):
    """One piece of reasoning.

    All `conditions` must hold; the first is the one that the wording tells. Where a rule named in
    `part_of` holds too, on the same side, this one only supports it: one phenomenon, one finding.
    `importance` (0..1, chosen by us) says how much a finding matters if it is true.
    """

    id: str
    kind: RuleKind
    grade: Grade
    status: Status
    when: str
    conditions: tuple[Condition, ...] = ()
    wording: Wording | None = None
    may_mean: str = Field(min_length=20)
    evidence: tuple[Claim, ...] = Field(min_length=1)
    against: tuple[Claim, ...] = ()
    targets: tuple[str, ...] = ()
    importance: float = Field(ge=0, le=1)
    part_of: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Rule:
        if (self.kind is RuleKind.STATEMENT) != (not self.conditions):
            msg = "a statement has no conditions, every other rule needs one"
            raise ValueError(msg)
        if (self.wording is None) != (not self.conditions):
            msg = "a rule with conditions needs its wording, a statement has none"
            raise ValueError(msg)
        if words_in_braces(self.may_mean) and self.wording is None:
            msg = "a statement is about nobody's measurements and has no words in braces"
            raise ValueError(msg)
        if not self.sources:
            msg = "the rule must name at least one source in evidence or against"
            raise ValueError(msg)
        return self

    @property
    def words(self) -> frozenset[str]:
        """The words in braces that its sentences use."""
        told = [text for _, text in self.wording] if self.wording else []
        return words_in_braces(" ".join([*told, self.may_mean]))

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of all sources of the evidence for and against, each once, in order."""
        claims = (*self.evidence, *self.against)
        limits = [x for c in self.conditions for x in (c.limit, c.upper) if x is not None]
        named = [fact.source for fact in (*claims, *limits) if fact.source is not None]
        return tuple(dict.fromkeys(named))
