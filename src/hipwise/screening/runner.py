"""Who the runner is: what tests, norms, red flags and the plan need to know, and no more."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

YOUNGEST_YEARS, OLDEST_YEARS = 10, 100
"""Ages that hipwise takes (chosen by us); under 16 the red flags hand over to a professional."""
SHORTEST_M, TALLEST_M = 1.2, 2.3
LIGHTEST_KG, HEAVIEST_KG = 25.0, 250.0
LOWEST_BMI, HIGHEST_BMI = 13.0, 40.0
"""Body-mass index (kg/m²) beyond which a slip or a wrong unit is likelier (chosen by us)."""
KG_PER_LB = 0.45359237


class Entered(BaseModel):
    """Base of everything that people write: frozen, and a key it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Sex(StrEnum):
    """Which norms fit; `unsaid` takes those of both together, where there are any."""

    FEMALE = "female"
    MALE = "male"
    UNSAID = "unsaid"


class Goal(StrEnum):
    """What the runner wants most."""

    STAY_WELL = "stay_well"
    START_RUNNING = "start_running"
    RACE = "race"
    COME_BACK = "come_back"
    MOVE_BETTER = "move_better"
    STEADIER = "steadier"


class Surface(StrEnum):
    """What the runner runs on."""

    ROAD = "road"
    TRAIL = "trail"
    TRACK = "track"
    TREADMILL = "treadmill"
    GRASS = "grass"
    HILLS = "hills"


class Weekday(StrEnum):
    """A day of the week, from Monday on."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def place(self) -> int:
        """0 for Monday to 6 for Sunday, as `date.weekday` counts."""
        return list(Weekday).index(self)


class Trains(StrEnum):
    """When the runner likes to train on a day with a run."""

    BEFORE = "before"
    AFTER = "after"
    BOTH = "both"


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        msg = f"{value!r} is not a number; write digits with a point, such as 1.75, without a unit"
        raise ValueError(msg)  # noqa: TRY004 (pydantic collects ValueErrors)
    return value


def _age(value: object) -> object:
    years = _number(value)
    if isinstance(years, int | float) and not YOUNGEST_YEARS <= years <= OLDEST_YEARS:
        msg = (
            f"{years:g} is outside the ages hipwise is made for ({YOUNGEST_YEARS} to "
            f"{OLDEST_YEARS}); correct it, or ask a professional for tests that fit that age"
        )
        raise ValueError(msg)
    return years


def _height(value: object) -> object:
    height_m = _number(value)
    if not isinstance(height_m, int | float) or SHORTEST_M <= height_m <= TALLEST_M:
        return height_m
    if SHORTEST_M <= height_m / 100 <= TALLEST_M:
        hint = f"{height_m:g} looks like centimetres; write metres: {height_m / 100:.2f}"
    elif SHORTEST_M <= height_m * 0.3048 <= TALLEST_M:
        hint = f"{height_m:g} looks like feet; write metres: {height_m * 0.3048:.2f}"
    else:
        hint = f"{height_m:g} m is nobody's height; write metres, such as 1.75"
    raise ValueError(hint)


def _mass(value: object) -> object:
    mass_kg = _number(value)
    if isinstance(mass_kg, int | float) and not LIGHTEST_KG <= mass_kg <= HEAVIEST_KG:
        msg = f"{mass_kg:g} kg is no runner's mass; write kilograms, such as 68"
        raise ValueError(msg)
    return mass_kg


class Experience(Entered):
    """How long and how much the runner has run: years, and kilometres in a usual week now."""

    years: Annotated[float, BeforeValidator(_number), Field(ge=0, le=80)]
    km_per_week: Annotated[float, BeforeValidator(_number), Field(ge=0, le=300)]


class RunnerProfile(Entered):
    """The runner, as told by the runner.

    `equipment` are things at hand, in the words of the tests' own lists. `conditions` are tags of
    `knowledge/content/contraindications.yaml`. `runs_on` are the days of a usual week with a run,
    `hard_on` those of them with a long or fast one, and `trains` says when on such a day the
    runner likes to train (`both`: before the hard runs, after the others). `checked` says that a
    height and mass which seem not to fit each other are right all the same.
    """

    age_years: Annotated[int, BeforeValidator(_age)]
    sex: Sex
    height_m: Annotated[float, BeforeValidator(_height)]
    mass_kg: Annotated[float, BeforeValidator(_mass)]
    experience: Experience
    goal: Goal
    equipment: tuple[str, ...] = ()
    minutes: Annotated[float, BeforeValidator(_number), Field(ge=2, le=180)]
    days: Annotated[int, BeforeValidator(_number), Field(ge=1, le=7)]
    surfaces: tuple[Surface, ...] = Field(min_length=1)
    conditions: tuple[str, ...] = ()
    runs_on: tuple[Weekday, ...] = ()
    hard_on: tuple[Weekday, ...] = ()
    trains: Trains = Trains.BOTH
    checked: bool = False

    @model_validator(mode="after")
    def _fits_together(self) -> RunnerProfile:
        if self.experience.years > self.age_years:
            msg = (
                f"experience.years: {self.experience.years:g} years of running do not fit an age "
                f"of {self.age_years}; correct one of them"
            )
            raise ValueError(msg)
        strange = [day for day in self.hard_on if day not in self.runs_on]
        if strange:
            msg = f"hard_on: {strange[0]} is not among the days in runs_on; add it there"
            raise ValueError(msg)
        if not self.checked and not LOWEST_BMI <= self.bmi <= HIGHEST_BMI:
            raise ValueError(self._mass_hint())
        return self

    def _mass_hint(self) -> str:
        in_kg = self.mass_kg * KG_PER_LB
        pounds = LOWEST_BMI <= in_kg / self.height_m**2 <= HIGHEST_BMI < self.bmi
        hint = f"; if it is in pounds, write {in_kg:.0f}" if pounds else ""
        return (
            f"mass_kg: {self.mass_kg:g} kg does not seem to fit a height of {self.height_m:g} m"
            f"{hint}; if both are right, add 'checked: yes' to the runner"
        )

    @property
    def bmi(self) -> float:
        """Body-mass index (kg/m²): used only to catch a wrong unit, never shown."""
        return self.mass_kg / self.height_m**2
