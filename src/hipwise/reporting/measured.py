"""Reads `measurements.json` again, as `files.py` writes it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from hipwise.errors import KnowledgeError, UnreadableFile
from hipwise.knowledge import Library
from hipwise.measurement import Measurement, Side, Symmetry, one
from hipwise.reporting.files import SCHEMA


class _Value(BaseModel):
    metric: str
    side: Side | None
    value: float | None
    sd: float | None
    n: int
    error: float | None
    method: str


class _Difference(BaseModel):
    metric: str
    error: float | None


class _Document(BaseModel):
    schema_: Literal["hipwise.measurements/1"]
    made_at: datetime
    measurements: tuple[_Value, ...]
    symmetry: tuple[_Difference, ...]


@dataclass(frozen=True)
class Measured:
    """What an analysis measured."""

    measurements: tuple[Measurement, ...]
    symmetries: tuple[Symmetry, ...]


def read_measured(path: str | Path, library: Library) -> Measured:
    """Read the measurements in a file; raises UnreadableFile where it is none of hipwise's."""
    path = Path(path)
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{path} cannot be read as measurements ({error}).") from None
    return measured_in(raw, path.name, library)


def measured_in(raw: Any, name: str, library: Library) -> Measured:
    """Return what a document called `name` holds; raises UnreadableFile."""
    if not isinstance(raw, dict) or raw.get("schema") != SCHEMA:
        raise UnreadableFile(f"{name} holds no measurements: its 'schema' must be '{SCHEMA}'.")
    try:
        document = _Document.model_validate(raw | {"schema_": raw["schema"]})
        values = [v for v in document.measurements if v.value is not None]
        measurements = tuple(
            Measurement(
                metric=library.metric(v.metric).id,
                value=v.value or 0.0,
                side=v.side,
                sd=v.sd,
                n=v.n,
                error=v.error,
                method=v.method,
                taken_at=document.made_at,
                source=name,
            )
            for v in values
        )
    except (ValidationError, KnowledgeError) as error:
        reason = str(error).splitlines()[0]
        raise UnreadableFile(f"{name} holds measurements that cannot be read: {reason}.") from None
    return Measured(measurements, tuple(_symmetries(document, measurements)))


def _symmetries(document: _Document, measurements: Sequence[Measurement]) -> list[Symmetry]:
    found = []
    for difference in document.symmetry:
        left, right = (one(measurements, difference.metric, side) for side in Side)
        if left is not None and right is not None:
            found.append(Symmetry(difference.metric, left, right, difference.error))
    return found
