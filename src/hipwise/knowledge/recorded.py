"""One value that a self-test writes down: its unit, human range, norms, errors and limits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Literal

from pydantic import Field, model_validator

from hipwise.knowledge.models import Better, Fact, MethodError, Metric, Record, TypicalValue, Unit

Sex = Literal["female", "male"]

Direction = Literal[
    "hip_flexion",
    "hip_extension",
    "hip_abduction",
    "hip_adduction",
    "hip_internal_rotation",
    "hip_external_rotation",
    "ankle_dorsiflexion",
    "trunk",
    "whole_leg",
    "balance",
]


class Limits(Record):
    """The range no human leaves, in the value's unit: what lies outside was mistyped."""

    low: float
    high: float

    @model_validator(mode="after")
    def _right_way_up(self) -> Limits:
        if self.low >= self.high:
            msg = f"the range is upside down: low {self.low:g} is not below high {self.high:g}"
            raise ValueError(msg)
        return self

    def hold(self, value: float) -> bool:
        """Whether `value` lies in the range, its ends included."""
        return self.low <= value <= self.high


class Choice(Record):
    """One level of a test that is scored by looking: its number and when it is given."""

    value: int
    name: str
    says: str = Field(min_length=4)


class _Group(Fact):
    """Whom a fact is about. An age that is absent is not limited, or not told by the source."""

    sex: Literal["female", "male", "any"] = "any"
    age_low: int | None = Field(default=None, ge=5, le=110)
    age_high: int | None = Field(default=None, ge=5, le=110)

    @model_validator(mode="after")
    def _ages_ascend(self) -> _Group:
        if self._ages[0] > self._ages[1]:
            msg = f"the ages are upside down: {self.age_low} is above {self.age_high}"
            raise ValueError(msg)
        return self

    @property
    def _ages(self) -> tuple[int, int]:
        return self.age_low or 0, 200 if self.age_high is None else self.age_high

    def covers(self, sex: Sex | None, age_years: float) -> bool:
        """Whether a person belongs to the group; one without a sex belongs to no sexed group."""
        youngest, oldest = self._ages
        return self.sex in {"any", sex} and youngest <= age_years < oldest + 1

    def overlaps(self, other: _Group) -> bool:
        """Whether a person could belong to both groups."""
        same_sex = self.sex == other.sex or "any" in {self.sex, other.sex}
        (low, high), (low_other, high_other) = self._ages, other._ages
        return same_sex and low <= high_other and low_other <= high


class GroupNorm(_Group):
    """How people of one sex and age do in a test: a mean with or without SD, or low to high.

    `low_high` says what the range from low to high is.
    """

    mean: float | None = None
    sd: float | None = Field(default=None, gt=0)
    low: float | None = None
    high: float | None = None
    low_high: Literal["middle half", "middle 90 %", "authors' bands"] | None = None
    population: str
    n: int | None = Field(default=None, gt=1)

    @model_validator(mode="after")
    def _has_a_value(self) -> GroupNorm:
        ranged = self.low is not None and self.high is not None
        if self.mean is None and not ranged:
            msg = "give a mean, or both low and high"
            raise ValueError(msg)
        if ranged != (self.low_high is not None) or (self.low is None) != (self.high is None):
            msg = "low and high come together with low_high, which says what they are"
            raise ValueError(msg)
        if self.low is not None and self.high is not None and self.low >= self.high:
            msg = f"the range is upside down: low {self.low:g} is above high {self.high:g}"
            raise ValueError(msg)
        return self


class Flag(_Group):
    """When a result asks for attention, for whom. `against` says what `value` is compared with.

    `value`: the number itself. `norm_share`: so much of the norm's mean. `norm_sds`: so many SDs
    from the norm's mean. `norm_low`: the low end of the norm's range (no `value`).
    """

    op: Literal["below", "at_most", "above", "at_least", "equals"]
    value: float | None = None
    against: Literal["value", "norm_share", "norm_sds", "norm_low"] = "value"

    @model_validator(mode="after")
    def _has_its_value(self) -> Flag:
        if (self.value is None) != (self.against == "norm_low"):
            msg = "every flag but 'norm_low' needs a value"
            raise ValueError(msg)
        return self

    def threshold(self, norm: GroupNorm | None) -> float | None:
        """Return the number to compare with, in the test's unit; None without the norm needed."""
        if self.against == "value":
            return self.value
        if norm is None:
            return None
        if self.against == "norm_low":
            return norm.low
        if norm.mean is None or self.value is None:
            return None
        if self.against == "norm_share":
            return self.value * norm.mean
        return norm.mean + self.value * norm.sd if norm.sd is not None else None

    def raised(self, value: float, norm: GroupNorm | None) -> bool:
        """Whether `value` lies beyond the threshold."""
        limit = self.threshold(norm)
        if limit is None:
            return False
        return {
            "below": value < limit,
            "at_most": value <= limit,
            "above": value > limit,
            "at_least": value >= limit,
            "equals": value == limit,
        }[self.op]


class SideRule(Fact):
    """From which left-right difference to watch, and from which to act once it is seen twice."""

    kind: Literal["absolute", "percent"]
    watch: float = Field(gt=0)
    act: float = Field(gt=0)

    @model_validator(mode="after")
    def _acts_no_sooner_than_it_watches(self) -> SideRule:
        if self.watch > self.act:
            msg = f"the range is upside down: watch {self.watch:g} is above act {self.act:g}"
            raise ValueError(msg)
        return self


class Recorded(Record):
    """What stands on the score sheet for one number.

    `measures` and `positive` say what it is and what a larger number means. Without `norms` no
    norm is known. At most one norm answers for a person; what other groups show is `typical`.
    """

    name: str
    clinical_name: str
    direction: Direction
    measures: str = Field(min_length=8)
    positive: str
    unit: Unit
    digits: int = Field(ge=0, le=3)
    sided: bool
    better: Better
    better_note: str | None = None
    limits: Limits
    choices: tuple[Choice, ...] = ()
    pass_fail: str | None = None
    norms: tuple[GroupNorm, ...] = ()
    typical: tuple[TypicalValue, ...] = ()
    errors: tuple[MethodError, ...] = Field(min_length=1)
    side_rule: SideRule | None = None
    flags: tuple[Flag, ...] = ()

    @model_validator(mode="after")
    def _within_human_range(self) -> Recorded:
        for what, value in self._values():
            if not self.limits.hold(value):
                reach = f"{self.limits.low:g} to {self.limits.high:g}"
                msg = f"{what} {value:g} lies outside the limits, {reach}"
                raise ValueError(msg)
        return self

    def _values(self) -> Iterator[tuple[str, float]]:
        for norm in self.norms:
            for end in (norm.mean, norm.low, norm.high):
                if end is not None:
                    yield "the norm", end
        for flag in self.flags:
            if flag.against == "value" and flag.value is not None:
                yield "the flag", flag.value
        for choice in self.choices:
            yield "the choice", choice.value

    @model_validator(mode="after")
    def _errors_are_smaller_than_the_range(self) -> Recorded:
        reach = self.limits.high - self.limits.low
        for method in self.errors:
            worst = max(figure.value for figure in method.error.given)
            if worst >= reach:
                msg = f"an error of {worst:g} is as large as the whole human range, {reach:g}"
                raise ValueError(msg)
        if any(flag.against != "value" for flag in self.flags) and not self.norms:
            msg = "a flag is set against a norm, but there is no norm"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _one_norm_for_a_person(self) -> Recorded:
        for one, other in combinations(self.norms, 2):
            if one.overlaps(other):
                msg = f"two norms answer for the same person: '{one.population}' and another"
                raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _sides_can_be_judged(self) -> Recorded:
        if self.side_rule is not None and not self.sided:
            msg = "a test without sides cannot have a side_rule"
            raise ValueError(msg)
        for error in self.errors:
            told = error.side_error is not None or error.no_side_error is not None
            if told != self.sided:
                needs = "needs a side_error, or no_side_error saying why none is known"
                msg = f"a test with sides {needs}" if self.sided else "no sides, no side_error"
                raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _looked_at_in_levels(self) -> Recorded:
        values = [choice.value for choice in self.choices]
        levels = list(range(round(self.limits.low), round(self.limits.high) + 1))
        if self.choices and sorted(values) != levels:
            msg = f"there must be one choice for each level from {levels[0]} to {levels[-1]}"
            raise ValueError(msg)
        if (self.unit is Unit.YES_NO) != (self.pass_fail is not None):
            msg = "pass_fail says what counts as yes, for a value of unit yes/no and only there"
            raise ValueError(msg)
        return self

    def norm_for(self, sex: Sex | None, age_years: float) -> GroupNorm | None:
        """Return the norm of a person's sex and age, or None where no norm is known."""
        return next((norm for norm in self.norms if norm.covers(sex, age_years)), None)

    def flags_for(self, value: float, sex: Sex | None, age_years: float) -> tuple[Flag, ...]:
        """Return the flags that `value` raises for a person of this sex and age."""
        norm = self.norm_for(sex, age_years)
        own = (flag for flag in self.flags if flag.covers(sex, age_years))
        return tuple(flag for flag in own if flag.raised(value, norm))

    def as_metric(self, id: str) -> Metric:
        """Return the value as a metric of its own, so that measurements of it work everywhere."""
        return Metric(
            id=id,
            name=self.name,
            clinical_name=self.clinical_name,
            unit=self.unit,
            digits=self.digits,
            definition=self.measures,
            positive=self.positive,
            sided=self.sided,
            views=(),
            better=self.better,
            better_note=self.better_note,
            typical=self.typical,
            errors=self.errors,
        )
