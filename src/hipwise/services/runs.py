"""Films of runs: kept first, measured after, and kept with what came of them."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hipwise.services.basis import screenings_that_count
from hipwise.services.conclude import Wishes

if TYPE_CHECKING:
    from hipwise.services.analyse import Progress
    from hipwise.storage import KeptAnalysis, KeptRecording, Store


@dataclass(frozen=True)
class Run:
    """A film of a run, and its latest analysis where it was measured."""

    film: KeptRecording
    analysis: KeptAnalysis | None


def runs_of(store: Store) -> tuple[Run, ...]:
    """Return the films that are kept, the newest first."""
    return tuple(Run(film, _latest(store, film.sha256)) for film in store.recordings.list()[::-1])


def run_of(store: Store, sha256: str) -> Run:
    """Return one film; raises UsageError where none has this SHA-256."""
    return Run(store.recordings.get(sha256), _latest(store, sha256))


def _latest(store: Store, sha256: str) -> KeptAnalysis | None:
    made = [each for each in store.analyses.list() if sha256 in each.recordings]
    return made[-1] if made else None


def measure_run(store: Store, sha256: str, now: datetime, progress: Progress) -> str:
    """Measure a kept film and keep what comes of it; return the id of the analysis.

    The report tells it together with the screening; what counts later is the film alone, since a
    screening counts by itself. Nothing is kept of a film that was removed in the meantime. Raises
    as `analyse_videos` does, and NotEnoughData before the first screening, since the safety
    questions come before everything.
    """
    from hipwise.reporting.files import to_json
    from hipwise.reporting.report import write_report
    from hipwise.services.analyse import analyse_videos

    told = screenings_that_count(store, now)
    with (
        store.recordings.named(sha256) as film,
        tempfile.TemporaryDirectory(prefix="hipwise-") as folder,
    ):
        answers = (*told.earlier, told.latest)
        analysis = analyse_videos([film], Wishes(), answers=answers, progress=progress)
        report = Path(folder) / "report"
        write_report(report, analysis, progress=progress)
        of_film = replace(analysis, screened=None)
        store.recordings.get(sha256)
        return store.analyses.add([sha256], to_json(of_film), of_film.measurements, report)


def remove_run(store: Store, sha256: str) -> None:
    """Remove a film with everything that came of it alone, whether or not it is there."""
    for each in store.analyses.list():
        if each.recordings == (sha256,):
            store.analyses.remove(each.id)
    store.recordings.remove(sha256)
