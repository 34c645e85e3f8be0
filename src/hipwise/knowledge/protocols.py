"""The self-tests: how each is done at home or in a clinic, and when it is not to be done."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, RootModel, model_validator

from hipwise.errors import KnowledgeError
from hipwise.knowledge.models import Claim, Metric, Record
from hipwise.knowledge.reading import checked, read_records, read_yaml
from hipwise.knowledge.recorded import Recorded


class Aspect(StrEnum):
    """What a test tells about."""

    MOBILITY = "mobility"
    STRENGTH = "strength"
    CONTROL = "control"
    BALANCE = "balance"
    FUNCTION = "function"


class Battery(StrEnum):
    """Which set of tests: ten minutes without equipment, everything at home, or in a clinic."""

    HOME = "home"
    FULL = "full"
    CLINIC = "clinic"


Equipment = Literal[
    "wall",
    "chair",
    "table",
    "step",
    "box",
    "cushion",
    "stick",
    "ruler",
    "tape",
    "phone",
    "goniometer",
    "dynamometer",
    "belt",
    "helper",
]


class Trials(Record):
    """How often a test is done on each side and what becomes of the tries.

    Where the tries lie further apart than `redo_if_spread_over` (in the test's unit), they are
    done again.
    """

    count: int = Field(ge=1, le=5)
    aggregate: Literal["mean", "best", "worst", "median"]
    redo_if_spread_over: float | None = Field(default=None, gt=0)
    rest_s: float = Field(ge=0, le=600)

    @model_validator(mode="after")
    def _spread_needs_tries(self) -> Trials:
        if self.redo_if_spread_over is not None and self.count == 1:
            msg = "one try has no spread: redo_if_spread_over needs a count of two or more"
            raise ValueError(msg)
        return self


class Timer(Record):
    """What runs beside the test: a countdown has `seconds`, a metronome `beats_per_min`."""

    kind: Literal["none", "stopwatch", "countdown", "counter", "metronome"]
    seconds: float | None = Field(default=None, gt=0, le=300)
    beats_per_min: float | None = Field(default=None, ge=20, le=200)

    @model_validator(mode="after")
    def _has_its_number(self) -> Timer:
        if self.kind == "countdown" and self.seconds is None:
            msg = "a countdown needs its seconds"
            raise ValueError(msg)
        if (self.kind == "metronome") != (self.beats_per_min is not None):
            msg = "beats_per_min belongs to a metronome, which needs it"
            raise ValueError(msg)
        return self


class NotFor(Record):
    """Who must not do the test, by contraindication tag and age; who must not do it alone."""

    tags: tuple[str, ...] = ()
    below_age: int | None = Field(default=None, ge=8, le=100)
    above_age: int | None = Field(default=None, ge=8, le=100)
    helper_from_age: int | None = Field(default=None, ge=18, le=100)

    @model_validator(mode="after")
    def _somebody_is_left(self) -> NotFor:
        youngest, oldest = self.below_age or 0, self.above_age or 200
        if youngest > oldest:
            msg = f"the ages are upside down: nobody is {youngest} to {oldest}"
            raise ValueError(msg)
        return self


class FilmReading(Record):
    """How a phone's film can measure it: the view, the joint angle, what of it is read and how."""

    view: Literal["side", "front", "rear"]
    angle: Literal[
        "thigh_below_horizontal",
        "leg_above_horizontal",
        "hip_flexion_to_trunk",
        "shank_forward_lean",
        "knee_valgus",
        "legs_apart",
        "body_bend",
        "other_foot_height",
    ]
    reads: Literal["peak", "hold", "repetitions"]
    how: str = Field(min_length=20)


class _StopRules(RootModel[tuple[str, ...]]):
    root: tuple[str, ...] = Field(min_length=3)


class Also(Recorded):
    """A further value of the same test, known as `<test>.<id>`."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")


class Protocol(Recorded):
    """One self-test, whole: what a person at home needs to do it well and safely.

    `value_needs` is equipment without which the test's own value is left out and only the values
    under `also` are recorded. `other_aspects` are what it tells about besides its own aspect.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    aspect: Aspect
    other_aspects: tuple[Aspect, ...] = ()
    muscles: str
    sets: tuple[Battery, ...] = Field(min_length=1)
    equipment: tuple[Equipment, ...] = ()
    value_needs: tuple[Equipment, ...] = ()
    minutes: float = Field(gt=0, le=20)
    steps: tuple[str, ...] = Field(min_length=3)
    trials: Trials
    timer: Timer
    stop_rules: tuple[str, ...] = ()
    invalid_if: tuple[str, ...] = Field(min_length=1)
    not_for: NotFor = NotFor()
    also: tuple[Also, ...] = ()
    camera: FilmReading | None = None
    evidence: tuple[Claim, ...] = ()
    cautions: tuple[Claim, ...] = ()

    @model_validator(mode="after")
    def _no_value_twice(self) -> Protocol:
        names = [also.id for also in self.also]
        if len(set(names)) < len(names):
            msg = "two values under 'also' have the same id"
            raise ValueError(msg)
        if self.value_needs and not self.also:
            msg = "without value_needs nothing would be recorded: give a value under 'also'"
            raise ValueError(msg)
        if self.trials.redo_if_spread_over is not None:
            reach = self.limits.high - self.limits.low
            if self.trials.redo_if_spread_over >= reach:
                msg = f"redo_if_spread_over must be less than the whole human range, {reach:g}"
                raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _can_be_measured_as_said(self) -> Protocol:
        methods = {e.method for value in (self, *self.also) for e in value.errors}
        if self.camera is not None and f"video.{self.camera.view}" not in methods:
            msg = f"a camera is given, but no error of the method video.{self.camera.view}"
            raise ValueError(msg)
        if "dynamometer" in methods and "dynamometer" not in self.equipment + self.value_needs:
            msg = "a method is the dynamometer, but it is not among the equipment"
            raise ValueError(msg)
        return self

    @cached_property
    def recorded(self) -> dict[str, Recorded]:
        """Every value of the test by its id: `<test>` itself first, then `<test>.<also>`."""
        return {self.id: self} | {f"{self.id}.{also.id}": also for also in self.also}

    @cached_property
    def metrics(self) -> dict[str, Metric]:
        """The same values, each as a metric of its own."""
        return {id: value.as_metric(id) for id, value in self.recorded.items()}


def read_protocols(folder: Path) -> dict[str, Protocol]:
    """Read every file of `protocols/` in `folder`, in the order of their names.

    The stop rules that hold for all tests are put before each test's own. Raises `KnowledgeError`
    for an id that stands twice.
    """
    for_all = checked(_StopRules, read_yaml(folder / "stop_rules.yaml"), "stop_rules.yaml", "list")
    protocols: dict[str, Protocol] = {}
    for file in sorted((folder / "protocols").glob("*.yaml")):
        for id, protocol in read_records(file, Protocol).items():
            if id in protocols:
                msg = f"{file.name}: the id '{id}' stands twice; every record needs its own."
                raise KnowledgeError(msg)
            stop_rules = for_all.root + protocol.stop_rules
            protocols[id] = protocol.model_copy(update={"stop_rules": stop_rules})
    return protocols
