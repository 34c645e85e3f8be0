"""Norms: how runners spread, as curves over the gait cycle and as single values."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, model_validator

from hipwise.errors import KnowledgeError
from hipwise.knowledge.models import Fact, Record, Unit
from hipwise.knowledge.reading import checked, read_table, read_yaml


class Norm(Fact):
    """How a group of runners spreads in one quantity (mean and SD between runners)."""

    id: str
    unit: Unit
    n: int = Field(gt=1)
    mean: float
    sd: float = Field(gt=0)
    low: float
    p25: float
    p50: float
    p75: float
    high: float
    population: str
    speed_mps: float

    @model_validator(mode="after")
    def _ascends(self) -> Norm:
        spread = [self.low, self.p25, self.p50, self.p75, self.high]
        if spread != sorted(spread):
            msg = f"the range is upside down: {spread} does not ascend"
            raise ValueError(msg)
        return self


class NormCurve(Fact):
    """One angle over the gait cycle: mean and SD between runners at 0, 1, … 100 %."""

    angle: str
    mean_deg: tuple[float, ...] = Field(min_length=101, max_length=101)
    sd_deg: tuple[float, ...] = Field(min_length=101, max_length=101)
    n: int = Field(gt=1)
    population: str
    speed_mps: float


class _Group(Fact):
    population: str
    speed_mps: float
    n: int


class _Curves(Record):
    file: str
    angles: tuple[str, ...]
    note: str | None = None


class _Peak(Record):
    id: str
    unit: Unit
    mean: float
    sd: float
    low: float
    p25: float
    p50: float
    p75: float
    high: float


class _Norms(Record):
    group: _Group
    curves: _Curves
    peaks: tuple[_Peak, ...]


def read_norms(folder: Path) -> tuple[dict[str, Norm], dict[str, NormCurve]]:
    """Read `norms.yaml` and its table of curves from `folder`.

    Returns the single values by id and the curves by angle name (degrees, 101 points each).
    Raises `KnowledgeError` for a doubled id, a missing column or a range upside down.
    """
    raw = checked(_Norms, read_yaml(folder / "norms.yaml"), "norms.yaml", "norms")
    about = raw.group.model_dump()
    peaks: dict[str, Norm] = {}
    for peak in raw.peaks:
        if peak.id in peaks:
            msg = f"norms.yaml: the id '{peak.id}' stands twice; every record needs its own."
            raise KnowledgeError(msg)
        peaks[peak.id] = checked(Norm, about | peak.model_dump(), "norms.yaml", peak.id)
    table = read_table(folder / raw.curves.file)
    about["note"] = raw.curves.note
    curves = {
        angle: checked(NormCurve, about | _columns(table, angle), raw.curves.file, angle)
        for angle in raw.curves.angles
    }
    return peaks, curves


def _columns(table: dict[str, tuple[float, ...]], angle: str) -> dict[str, object]:
    wanted = {f"{kind}_deg": f"{angle}_{kind}_deg" for kind in ("mean", "sd")}
    return {"angle": angle} | {
        field: table[column] for field, column in wanted.items() if column in table
    }
