"""Exercises: what they are for, how much, how, and when not."""

from __future__ import annotations

import math
from enum import StrEnum

from pydantic import Field, model_validator

from hipwise.knowledge.models import Claim, Fact, Record

DOSE_TOLERANCE = 0.05
"""Share by which the stated seconds of a dose may differ from sets x repetitions x tempo."""


class Phase(StrEnum):
    """When a session is done."""

    PRE_RUN = "pre_run"
    POST_RUN = "post_run"
    STRENGTH = "strength"


class Movement(StrEnum):
    """What the muscles do. Long static holds are never placed before a run."""

    DYNAMIC = "dynamic"
    STRENGTH = "strength"
    STATIC_HOLD = "static_hold"


class Position(StrEnum):
    """The body's position, listed from the floor up: the order within a session."""

    SUPINE = "supine"
    SIDE_LYING = "side_lying"
    PRONE = "prone"
    QUADRUPED = "quadruped"
    SEATED = "seated"
    HALF_KNEELING = "half_kneeling"
    STANDING = "standing"
    WALKING = "walking"

    @property
    def height(self) -> int:
        """Place in the order from the floor up."""
        return list(Position).index(self)


class Equipment(StrEnum):
    """What an exercise can need. A slider is a cloth or a sock on a smooth floor."""

    WALL = "wall"
    CUSHION = "cushion"
    CHAIR = "chair"
    STEP = "step"
    STRAP = "strap"
    TABLE = "table"
    BED = "bed"
    DOOR_FRAME = "door_frame"
    STICK = "stick"
    SLIDER = "slider"
    BALL = "ball"
    BENCH = "bench"
    MINI_BAND = "mini_band"
    BAND = "band"
    DUMBBELL = "dumbbell"
    ANKLE_WEIGHT = "ankle_weight"
    ANCHOR = "anchor"


HOUSEHOLD = frozenset(
    {
        Equipment.WALL,
        Equipment.CUSHION,
        Equipment.CHAIR,
        Equipment.STEP,
        Equipment.STRAP,
        Equipment.TABLE,
        Equipment.BED,
        Equipment.DOOR_FRAME,
        Equipment.STICK,
        Equipment.SLIDER,
    }
)
"""What stands in nearly every home (chosen by us); the rest is asked for before it is used."""


LOADED = frozenset(
    {Equipment.MINI_BAND, Equipment.BAND, Equipment.DUMBBELL, Equipment.ANKLE_WEIGHT}
)
"""What can be made heavier or stronger."""


class Served(Fact):
    """How strongly (0..1) an exercise serves a training target."""

    target: str
    strength: float = Field(gt=0, le=1)


class Dose(Fact):
    """One session's amount, for each side where the exercise has sides.

    `tempo` is seconds down, pause, up ('2-1-2'); an exercise that is held has `hold_s` instead.
    """

    sets: int = Field(ge=1, le=5)
    reps: int = Field(ge=1, le=30)
    tempo: str | None = Field(default=None, pattern=r"^\d-\d-\d$")
    hold_s: float | None = Field(default=None, gt=0)
    rest_s: float = Field(ge=0)
    set_s: float = Field(gt=0)
    total_s: float = Field(gt=0)

    @model_validator(mode="after")
    def _seconds_add_up(self) -> Dose:
        if (self.tempo is None) == (self.hold_s is None):
            msg = "give either tempo or hold_s"
            raise ValueError(msg)
        expected = self.reps * self.rep_s
        if not math.isclose(self.set_s, expected, rel_tol=DOSE_TOLERANCE):
            msg = f"set_s is {self.set_s:g} but {self.reps} repetitions take {expected:g} s"
            raise ValueError(msg)
        return self

    @property
    def rep_s(self) -> float:
        """Seconds of one repetition or hold."""
        if self.hold_s is not None:
            return self.hold_s
        return float(sum(int(part) for part in (self.tempo or "0").split("-")))


class Exercise(Record):
    """One exercise. `effort` runs from 1 (easy) to 5 (hard), chosen by us.

    `impact` marks hops and skips, which wait until the self-tests have cleared them.
    """

    id: str
    name: str
    purpose: str
    phases: tuple[Phase, ...] = Field(min_length=1)
    movement: Movement
    position: Position
    effort: int = Field(ge=1, le=5)
    equipment: tuple[Equipment, ...] = ()
    unilateral: bool
    impact: bool = False
    targets: tuple[Served, ...] = Field(min_length=1)
    dose: Dose
    cues: tuple[str, ...]
    faults: tuple[str, ...]
    contraindications: tuple[str, ...] = ()
    regression: str | None = None
    progression: str | None = None
    evidence: tuple[Claim, ...] = ()

    @model_validator(mode="after")
    def _can_be_taught(self) -> Exercise:
        if len(self.cues) < 3:
            msg = f"an exercise needs at least three cues, this one has {len(self.cues)}"
            raise ValueError(msg)
        if not self.faults:
            msg = "an exercise needs at least one fault to watch for"
            raise ValueError(msg)
        if Phase.PRE_RUN in self.phases and self.movement is Movement.STATIC_HOLD:
            msg = "a long static hold must not be placed before a run"
            raise ValueError(msg)
        expected = self.seconds(self.dose.sets)
        if not math.isclose(self.dose.total_s, expected, rel_tol=DOSE_TOLERANCE):
            msg = f"total_s is {self.dose.total_s:g} but sets, rests and sides take {expected:g} s"
            raise ValueError(msg)
        return self

    @property
    def household(self) -> bool:
        """Whether what stands in nearly every home is enough."""
        return HOUSEHOLD.issuperset(self.equipment)

    @property
    def loadable(self) -> bool:
        """Whether a heavier weight or a stronger band makes it harder."""
        return not LOADED.isdisjoint(self.equipment)

    @property
    def sides(self) -> int:
        """How many times a set is done: once for each side, or once."""
        return 2 if self.unilateral else 1

    def seconds(self, sets: int) -> float:
        """Whole time of `sets` sets, both sides, with the rests between the sets of a side."""
        return self.sides * (sets * self.dose.set_s + (sets - 1) * self.dose.rest_s)

    def serves(self, target: str) -> float:
        """Return the strength (0..1) with which this exercise serves `target`; 0 if not at all."""
        return max((s.strength for s in self.targets if s.target == target), default=0.0)


class WatchName(Record):
    """What a watch calls an exercise: category and name in the words of the FIT profile."""

    exercise: str
    category: str
    name: str


class Contraindication(Record):
    """When an exercise is not to be done, in plain words; `found` where the tests show it."""

    id: str
    meaning: str = Field(min_length=8)
    found: bool = False
