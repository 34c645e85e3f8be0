"""What a plan rests on: the runner's screenings, their films, and what follows from both."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hipwise.errors import HipwiseError, NotEnoughData
from hipwise.findings.finding import Finding
from hipwise.knowledge import Library
from hipwise.planning import Circumstances
from hipwise.reporting.measured import Measured, measured_in, read_measured
from hipwise.screening import Answers, score
from hipwise.services.conclude import Tested, circumstances_of, findings_of, refuse_unsafe

if TYPE_CHECKING:
    from hipwise.storage import KeptScreening, Store

NOT_SCREENED = "not_screened"
"""The code of NotEnoughData before the first screening."""
COUNTS_FOR = timedelta(days=28)
"""So long before the latest one a screening or a film counts as the same state (chosen by us)."""
ASK_AGAIN_AFTER = timedelta(days=42)
"""Safety answers older than this are asked for again (chosen by us)."""


@dataclass(frozen=True)
class Basis:
    """Findings and circumstances of a screened runner; `notes` say what is old or left out."""

    findings: tuple[Finding, ...]
    circumstances: Circumstances
    notes: tuple[str, ...] = ()


def basis_of_files(
    answers: Sequence[Answers], measurements: Sequence[Path], library: Library
) -> Basis:
    """Take what files hold: answers in the order of time, and analyses of films.

    Raises StoppedForSafety for a red flag, UnreadableFile where a file is none of ours.
    """
    films = [read_measured(path, library) for path in measurements]
    *earlier, latest = answers
    return _basis(Tested.of(latest, earlier, library), films, (), library)


def basis_of_records(store: Store, now: datetime, library: Library) -> Basis:
    """Take the runner's latest screening, what counts with it, and the films they kept.

    Raises NotEnoughData before the first screening, StoppedForSafety for a red flag.
    """
    told = screenings_that_count(store, now)
    notes = list(told.notes)
    films = list(_latest_of_each_metric(store, now - COUNTS_FOR, library))
    if now - told.taken_at > ASK_AGAIN_AFTER:
        notes.append(
            f"Your screening is of {told.taken_at:%Y-%m-%d}: do it again with 'hipwise screen', so "
            "that the safety questions and the tests are of now."
        )
    return _basis(Tested.of(told.latest, told.earlier, library), films, notes, library)


@dataclass(frozen=True)
class Told:
    """The latest screening, of when it is, and those before it that count as the same state.

    `notes` say which kept ones no longer can be read.
    """

    latest: Answers
    taken_at: datetime
    earlier: tuple[Answers, ...]
    notes: tuple[str, ...]


def screenings_that_count(store: Store, now: datetime) -> Told:
    """Return what the runner's screenings tell; raises NotEnoughData before the first one."""
    counting: list[Answers] = []
    notes: list[str] = []
    since: datetime | None = None
    for kept in reversed(store.screenings.kept()):
        if since is not None and kept.taken_at < since:
            break
        answers, note = _read(kept)
        notes += note
        counting += answers
        since = since or (kept.taken_at - COUNTS_FOR if answers else None)
    if not counting:
        raise NotEnoughData(
            "There is no plan without the safety questions: answer them with 'hipwise screen', or "
            "give a file with --answers.",
            code=NOT_SCREENED,
        )
    latest, *earlier = counting
    return Told(latest, latest.taken_at or now, tuple(reversed(earlier)), tuple(reversed(notes)))


def readable_screenings(
    store: Store, since: datetime | None = None
) -> tuple[list[Answers], list[str]]:
    """Return the kept screenings, oldest first, and a note for each that no longer can be read."""
    read = [_read(kept) for kept in store.screenings.kept(since)]
    return [one for answers, _ in read for one in answers], [n for _, notes in read for n in notes]


def _read(kept: KeptScreening) -> tuple[list[Answers], list[str]]:
    """Return the answers of a kept screening, or the note that they no longer can be read."""
    try:
        answers = kept.answers()
        score(answers)
    except HipwiseError as fault:
        return [], [f"An earlier screening is passed over: {fault}"]
    return [answers], []


def _latest_of_each_metric(store: Store, since: datetime, library: Library) -> Iterator[Measured]:
    """Yield what kept films show, of each metric only what the latest film with it shows."""
    known: set[str] = set()
    for kept in reversed(store.analyses.list()):
        if kept.made_at < since:
            return
        measured = measured_in(json.loads(store.analyses.document(kept.id)), "a film", library)
        yield Measured(
            tuple(m for m in measured.measurements if m.metric not in known),
            tuple(s for s in measured.symmetries if s.metric not in known),
        )
        known |= {m.metric for m in measured.measurements}


def _basis(
    tested: Tested, films: Sequence[Measured], notes: Sequence[str], library: Library
) -> Basis:
    refuse_unsafe(tested.screened)
    return Basis(
        findings_of(films, tested, library),
        circumstances_of(tested.screened, library),
        tuple(notes),
    )
