"""What the evidence says about metrics: sources, facts with their status, errors, norms.

Pydantic models of the YAML under `content/`. Every fact names its source and how it was obtained
(`Status`); a value without a source says that it was chosen by us.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Record(BaseModel):
    """Base of all content: frozen, and a key it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Status(StrEnum):
    """How a fact came to stand here; shown to the reader beside the fact."""

    READ = "read"
    COMPUTED = "computed"
    DERIVED = "derived"
    RECALLED = "recalled"
    CHOSEN = "chosen"

    @property
    def in_words(self) -> str:
        """The words a report uses for this status."""
        return {
            Status.READ: "read at the source",
            Status.COMPUTED: "computed from raw data",
            Status.DERIVED: "worked out from a fact that was read",
            Status.RECALLED: "recalled, not read again",
            Status.CHOSEN: "chosen by us",
        }[self]


class Grade(StrEnum):
    """How strong the evidence for a statement is, A (strongest) to D."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"

    @property
    def in_words(self) -> str:
        """What the letter stands for."""
        return {
            Grade.A: "several trials or pooled studies agree",
            Grade.B: "one good trial, a large cohort, or steady smaller studies",
            Grade.C: "small, indirect or mixed studies",
            Grade.D: "expert custom, one small study, or studies that disagree",
        }[self]


class Unit(StrEnum):
    """The closed list of units a metric may have."""

    DEG = "deg"
    PER_MIN = "1/min"
    S = "s"
    MS = "ms"
    PERCENT = "%"
    CM = "cm"
    HIP_WIDTHS = "hip widths"
    N_PER_KG = "N/kg"
    N = "N"
    COUNT = "count"
    LEVEL = "level"
    YES_NO = "yes/no"

    @property
    def suffix(self) -> str:
        """What is written straight after a number: `12°`, `250 ms`."""
        return {
            Unit.DEG: "°",
            Unit.PERCENT: " %",
            Unit.PER_MIN: " steps a minute",
            Unit.COUNT: " repetitions",
            Unit.LEVEL: " points",
            Unit.YES_NO: "",
        }.get(self, f" {self.value}")


Method = Literal[
    "video.side", "video.rear", "video.front", "self_test", "dynamometer", "goniometer"
]
"""How a value came about; a goniometer may be a phone laid on the limb."""
FILM = "video."
"""How the name of every method begins that reads a film."""


class Better(StrEnum):
    """Which of two uneven sides moves more freely; no target value is implied."""

    HIGHER = "higher"
    LOWER = "lower"
    NEAR_ZERO = "near_zero"
    NONE = "none"


class Fact(Record):
    """Anything stated: with its source, or chosen by us."""

    status: Status
    source: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _names_its_source(self) -> Fact:
        if self.source is None and self.status is not Status.CHOSEN:
            msg = f"a fact with status '{self.status}' must name its source"
            raise ValueError(msg)
        return self


class Claim(Fact):
    """One sentence of evidence, in our words."""

    says: str = Field(min_length=8)


class Source(Record):
    """A paper, a data set or a check of our own. `seen` tells how much of it was read."""

    id: str
    authors: str
    year: int | None = None
    title: str
    journal: str
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None
    status: Literal["read", "recalled", "computed"]
    seen: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _says_what_was_seen(self) -> Source:
        if self.status != "recalled" and self.seen is None:
            msg = "a source that was read must say what was seen of it"
            raise ValueError(msg)
        return self

    @property
    def short(self) -> str:
        """First author and year, as cited in running text."""
        first = self.authors.split(",", maxsplit=1)[0]
        words = first.split()
        surname = " ".join(words[:-1]) if len(words) > 1 and words[-1].isupper() else first
        return f"{surname} {self.year}" if self.year else surname


class Target(Record):
    """Something training can change; `dose` is the id of how much of it a week should give."""

    id: str
    name: str
    clinical_name: str
    meaning: str
    general: float = Field(ge=0, le=1, description="worth in a routine without findings (chosen)")
    dose: str


class Setting(Fact):
    """One number of the reasoning or of the routine that belongs to no metric or exercise."""

    id: str
    value: float
    unit: str
    meaning: str


class TypicalValue(Fact):
    """What a stated group of runners shows: a mean with SD, or a range."""

    population: str
    speed_mps: float | None = None
    measured_with: str
    n: int | None = Field(default=None, gt=0)
    mean: float | None = None
    sd: float | None = Field(default=None, ge=0)
    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def _has_a_value(self) -> TypicalValue:
        if self.mean is None and (self.low is None or self.high is None):
            msg = "give a mean, or both low and high"
            raise ValueError(msg)
        if self.low is not None and self.high is not None and self.low > self.high:
            msg = f"the range is upside down: low {self.low:g} is above high {self.high:g}"
            raise ValueError(msg)
        return self


class ErrorFigure(Fact):
    """One statement of how far a value may be off, in the metric's unit."""

    value: float = Field(gt=0)


class ErrorFigures(Record):
    """What is known about one error, each figure from another way of finding out.

    `published`: from a paper. `accuracy_on_drawn_runner`: measured against known truth.
    `two_networks_on_film`: how far two pose networks disagree on one real film. `chosen`: by us.
    `frames`: the film's own coarseness, for times: no less than so many frames.
    `percent_of_value`: an error that grows with the value (%); the others are then its floor.
    """

    published: ErrorFigure | None = None
    accuracy_on_drawn_runner: ErrorFigure | None = None
    two_networks_on_film: ErrorFigure | None = None
    chosen: ErrorFigure | None = None
    frames: float | None = Field(default=None, gt=0)
    percent_of_value: ErrorFigure | None = None

    @property
    def given(self) -> tuple[ErrorFigure, ...]:
        """The figures that are known."""
        ways = ("published", "accuracy_on_drawn_runner", "two_networks_on_film", "chosen")
        figures = (getattr(self, way) for way in ways)
        return tuple(figure for figure in figures if figure is not None)

    def deciding(
        self, unit: Unit, sample_rate_hz: float, value: float | None = None
    ) -> float | None:
        """Return the largest figure: the one that findings must exceed, in `unit`.

        An error that grows with the value is counted where the `value` is told.
        """
        values = [figure.value for figure in self.given]
        if self.percent_of_value is not None and value is not None:
            values.append(self.percent_of_value.value / 100 * abs(value))
        if self.frames is not None:
            frame_s = 1 / sample_rate_hz
            values.append(self.frames * frame_s * (1000 if unit is Unit.MS else 1))
        return max(values, default=None)


class MethodError(Record):
    """The errors of one metric by one method: of a value, and of a left-right difference.

    Where no error of a difference is known, `no_side_error` says why; then sides are not judged.
    """

    method: Method
    error: ErrorFigures
    side_error: ErrorFigures | None = None
    no_side_error: str | None = None

    @model_validator(mode="after")
    def _gives_a_figure(self) -> MethodError:
        for figures in (self.error, self.side_error):
            if figures is not None and not figures.given:
                msg = "give at least one figure: published, measured or chosen"
                raise ValueError(msg)
        if self.side_error is not None and self.no_side_error is not None:
            msg = "side_error is given and said to be unknown: keep one of the two"
            raise ValueError(msg)
        return self


class Metric(Record):
    """One quantity hipwise can report, or says why it does not.

    `better` tells which of two uneven sides moves more freely. `norm` names the row of the norms
    table that holds the same quantity; where the table holds only a similar one, `norm` is absent
    and `norm_note` says why the two must not be compared.
    """

    id: str
    name: str
    clinical_name: str
    unit: Unit
    digits: int = Field(ge=0, le=3)
    definition: str
    positive: str
    sided: bool
    views: tuple[Literal["side", "rear", "front", "3d"], ...]
    better: Better
    better_note: str | None = None
    norm: str | None = None
    norm_note: str | None = None
    typical: tuple[TypicalValue, ...] = ()
    errors: tuple[MethodError, ...] = ()
    withheld: str | None = None
    cautions: tuple[Claim, ...] = ()

    @model_validator(mode="after")
    def _can_be_judged(self) -> Metric:
        if self.withheld is None and not self.errors:
            msg = "a metric that is shown needs the error of at least one method"
            raise ValueError(msg)
        if self.unit not in {Unit.S, Unit.MS} and any(
            figures.frames
            for method in self.errors
            for figures in (method.error, method.side_error)
            if figures is not None
        ):
            msg = "only the error of a time can be given in frames"
            raise ValueError(msg)
        if not self.sided and any(e.side_error for e in self.errors):
            msg = "a metric without sides cannot have a side_error"
            raise ValueError(msg)
        if self.sided and any(e.side_error is None and not e.no_side_error for e in self.errors):
            msg = (
                "a sided metric needs a side_error for each method, or no_side_error saying why not"
            )
            raise ValueError(msg)
        return self

    def figures(self, method: str) -> MethodError | None:
        """Return all error figures of `method`, or None where the method is not known."""
        return next((e for e in self.errors if e.method == method), None)

    def error(
        self, method: str, sample_rate_hz: float = 30.0, value: float | None = None
    ) -> float | None:
        """Smallest detectable change of a value by `method`; None where it is not known.

        Times cannot be told closer than the film's frames allow; the sample rate (Hz) is taken as
        a phone's slowest usual one unless it is told. Some errors grow with the `value`.
        """
        figures = self.figures(method)
        return figures.error.deciding(self.unit, sample_rate_hz, value) if figures else None

    def side_error(
        self, method: str, sample_rate_hz: float = 30.0, value: float | None = None
    ) -> float | None:
        """Smallest left-right difference `method` can tell from none; None where not known.

        `value` is the larger side's, for errors that grow with it.
        """
        figures = self.figures(method)
        side = figures.side_error if figures else None
        return side.deciding(self.unit, sample_rate_hz, value) if side else None
