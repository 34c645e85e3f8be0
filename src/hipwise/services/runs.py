"""Films of runs: kept first, measured after, and kept with what came of them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hipwise.errors import UsageError
from hipwise.measurement import View
from hipwise.reporting import names
from hipwise.services.basis import screenings_that_count
from hipwise.services.conclude import Wishes

if TYPE_CHECKING:
    from hipwise.services.analyse import Progress
    from hipwise.storage import KeptAnalysis, KeptRecording, Store


@dataclass(frozen=True)
class Run:
    """A film of a run, and its latest analysis where it was measured, alone or with others."""

    film: KeptRecording
    analysis: KeptAnalysis | None

    @property
    def films(self) -> tuple[str, ...]:
        """The SHA-256 of the films it was measured with, its own among them."""
        return self.analysis.recordings if self.analysis else (self.film.sha256,)

    @property
    def place(self) -> int:
        """Which of these films it is, from 0."""
        return self.films.index(self.film.sha256)


def runs_of(store: Store) -> tuple[Run, ...]:
    """Return the films that are kept, the newest first."""
    return tuple(Run(film, _latest(store, film.sha256)) for film in store.recordings.list()[::-1])


def run_of(store: Store, sha256: str) -> Run:
    """Return one film; raises UsageError where none has this SHA-256."""
    return Run(store.recordings.get(sha256), _latest(store, sha256))


def _latest(store: Store, sha256: str) -> KeptAnalysis | None:
    made = [each for each in store.analyses.list() if sha256 in each.recordings]
    return made[-1] if made else None


def measure_run(store: Store, films: Sequence[str], now: datetime, progress: Progress) -> str:
    """Measure kept films of one run and keep what comes of them; return the id of the analysis.

    `films` are SHA-256, the main one first. The report tells them together with the screening; what
    counts later are the films alone, since a screening counts by itself. Nothing is kept of a film
    that was removed in the meantime. Raises as `analyse_videos` does, and NotEnoughData before the
    first screening, since the safety questions come before everything.
    """
    from hipwise.reporting.files import to_json
    from hipwise.reporting.report import write_report
    from hipwise.services.analyse import analyse_videos

    told = screenings_that_count(store, now)
    with ExitStack() as held, tempfile.TemporaryDirectory(prefix="hipwise-") as folder:
        paths = [held.enter_context(store.recordings.named(film)) for film in films]
        answers = (*told.earlier, told.latest)
        analysis = analyse_videos(paths, Wishes(), answers=answers, progress=progress)
        report = Path(folder) / "report"
        write_report(report, analysis, progress=progress)
        of_films = replace(analysis, screened=None)
        for film in films:
            store.recordings.get(film)
        return store.analyses.add(films, to_json(of_films), of_films.measurements, report)


def file_of(store: Store, run: Run, name: str) -> Path:
    """Return where a file of the run's report lies, of its own film where each film has one."""
    if name != names.REPORT:
        name = names.of_recording(name, run.place, _views(_document(store, run))[run.place])
    return store.analyses.report_of(_measured(run).id) / name


def events_of(store: Store, run: Run) -> list[dict[str, Any]]:
    """Return the events in a run's own film; none where another film has the same view."""
    document = _document(store, run)
    views = _views(document)
    own = views[run.place]
    if views.count(own) > 1:
        return []
    return [event for event in document["events"] if event["view"] == own]


def others_of(store: Store, run: Run) -> tuple[KeptRecording, ...]:
    """Return the other films that a run was measured with, those that are kept."""
    others = set(run.films) - {run.film.sha256}
    return tuple(film for film in store.recordings.list() if film.sha256 in others)


def _views(document: dict[str, Any]) -> list[View]:
    return [View(film["view"]) for film in (document["recording"], *document["more_recordings"])]


def _document(store: Store, run: Run) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(store.analyses.document(_measured(run).id))
    return document


def _measured(run: Run) -> KeptAnalysis:
    if run.analysis is None:
        raise UsageError(f"{run.film.name} is not measured: measure it first.")
    return run.analysis


def remove_run(store: Store, sha256: str) -> None:
    """Remove a film with everything that came of it, whether or not it is there.

    What was measured with it is no longer measured.
    """
    for each in store.analyses.list():
        if sha256 in each.recordings:
            store.analyses.remove(each.id)
    store.recordings.remove(sha256)
