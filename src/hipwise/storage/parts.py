"""Every kind of record as JSON that people can read, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter

from hipwise.errors import UnreadableFile
from hipwise.screening import RunnerProfile
from hipwise.storage import log, measurements
from hipwise.storage.analyses import KeptAnalysis, analysis_of
from hipwise.storage.documents import fingerprint
from hipwise.storage.entries import entry_of
from hipwise.storage.measurements import KeptMeasurement, measurement_of
from hipwise.storage.plans import KeptPlan, plan_of
from hipwise.storage.recordings import KeptRecording, recording_of
from hipwise.storage.screenings import KeptScreening, screening_of
from hipwise.storage.tables import (
    AnalysisRow,
    EntryRow,
    MeasurementRow,
    OfRunner,
    PlanRow,
    RecordingRow,
    Row,
    ScreeningRow,
)

Json = dict[str, Any]
RUNNER = "runner.json"


class RunnerDocument(BaseModel):
    """What there is of a runner but once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    profile: RunnerProfile | None
    settings: dict[str, JsonValue]
    unfinished_screening: JsonValue


@dataclass(frozen=True)
class Part:
    """One kind of record: its document in an export is a list of what `write` gives.

    `read` gives the row again for a runner; it raises UnreadableFile, UsageError or pydantic's
    ValidationError for what cannot be.
    """

    file: str
    table: type[OfRunner]
    write: Callable[[Any], Json]
    read: Callable[[Json, int], Row]


def in_place(text: str) -> JsonValue:
    """Return a document to stand in another one: as JSON where that gives the same text again."""
    try:
        value: JsonValue = json.loads(text)
    except ValueError:
        return text
    return value if not isinstance(value, str) and text_of(value) == text else text


def text_of(value: JsonValue) -> str:
    """Return the text of a document that stands in another one."""
    return value if isinstance(value, str) else json.dumps(value, indent=1, ensure_ascii=False)


_SCREENING = TypeAdapter(KeptScreening)
_ANALYSIS = TypeAdapter(KeptAnalysis)
_RECORDING = TypeAdapter(KeptRecording)
_PLAN = TypeAdapter(KeptPlan)


def _write_screening(row: ScreeningRow) -> Json:
    written: Json = _SCREENING.dump_python(screening_of(row), mode="json")
    return written | {"document": in_place(row.document)}


def _read_screening(written: Json, runner_id: int) -> Row:
    text = text_of(written.get("document"))
    kept = _SCREENING.validate_python(written | {"document": text})
    if kept.id != fingerprint(text):
        raise UnreadableFile(f"The screening {kept.id} is not what its id says.")
    return ScreeningRow(runner_id=runner_id, **vars(kept))


def _write_measurement(row: MeasurementRow) -> Json:
    kept = KeptMeasurement(row.analysis_id, measurement_of(row))
    written: Json = measurements.ADAPTER.dump_python(kept, mode="json")
    return written


def _read_analysis(written: Json, runner_id: int) -> Row:
    kept = _ANALYSIS.validate_python(written)
    return AnalysisRow(
        runner_id=runner_id, id=kept.id, made_at=kept.made_at, recordings=list(kept.recordings)
    )


PARTS: Mapping[str, Part] = {
    part.file: part
    for part in (
        Part("screenings.json", ScreeningRow, _write_screening, _read_screening),
        Part(
            "recordings.json",
            RecordingRow,
            lambda row: _RECORDING.dump_python(recording_of(row), mode="json"),
            lambda written, runner: RecordingRow(
                runner_id=runner, **vars(_RECORDING.validate_python(written))
            ),
        ),
        Part(
            "analyses.json",
            AnalysisRow,
            lambda row: _ANALYSIS.dump_python(analysis_of(row), mode="json"),
            _read_analysis,
        ),
        Part(
            "measurements.json",
            MeasurementRow,
            _write_measurement,
            lambda written, runner: measurements.row_of(
                measurements.ADAPTER.validate_python(written), runner
            ),
        ),
        Part(
            "plans.json",
            PlanRow,
            lambda row: _PLAN.dump_python(plan_of(row), mode="json"),
            lambda written, runner: PlanRow(
                runner_id=runner, **vars(_PLAN.validate_python(written))
            ),
        ),
        Part(
            "log.json",
            EntryRow,
            lambda row: row.document,
            lambda written, runner: log.row_of(entry_of(written), runner),
        ),
    )
}
"""In the order in which they may be written into a database: what is referred to comes first."""
