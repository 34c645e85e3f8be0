"""Records of a made-up runner: some of every kind, all with one word to look for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from hipwise.measurement import Measurement, Side
from hipwise.planning.plan import SessionKind
from hipwise.progress.log import (
    Entry,
    ExerciseDone,
    Felt,
    MorningAfter,
    RunDone,
    SessionDone,
    TimeOff,
)
from hipwise.reporting.screening import to_json
from hipwise.services.screen import screen
from hipwise.storage import Store
from tests.screening.filled_in import answers

MARK = "Quizzaciously-7f3a"
"""Stands in every kind of record, and nowhere else."""
NOON = datetime(2026, 5, 31, 12, tzinfo=UTC)

ENTRIES: tuple[Entry, ...] = (
    TimeOff("off", "ill", date(2026, 5, 1), date(2026, 5, 20)),
    SessionDone(
        id="session",
        at=NOON,
        session=MARK,
        kind=SessionKind.STRENGTH,
        seconds=512.5,
        items=(ExerciseDone("bridge", 3, reps=8, felt=Felt.RIGHT, pain=1),),
    ),
    MorningAfter("morning", date(2026, 6, 1), pain=2),
    RunDone("run", datetime(2026, 6, 1, 18, 30, tzinfo=UTC), km=8.5),
)


def measurement(value: float = 170.5, day: int = 1) -> Measurement:
    """One value of a film."""
    taken_at = datetime(2026, 6, day, 9, tzinfo=UTC)
    return Measurement(
        "knee_to_wall", value, Side.LEFT, 0.5, 3, None, "self_test", taken_at, f"film {MARK}"
    )


def fill(store: Store, scratch: Path) -> None:
    """Keep some of every kind; files are made in `scratch`."""
    given = answers({"knee_to_wall": {"left": [9, 9, 9], "right": [6, 6, 6]}})
    store.runner.put(given.runner)
    store.settings.put("theme", {"name": MARK, "dark": True})
    store.draft.put({"taken_at": "2026-05-31T12:00:00+00:00", "note": MARK})
    store.screenings.add(to_json(screen(given)), given)
    film = scratch / f"{MARK}.mp4"
    film.write_bytes(MARK.encode() * 50_000)
    report = scratch / "report"
    report.mkdir()
    (report / "report.html").write_text(f"<p>{MARK}</p>", encoding="utf-8")
    fingerprint = store.recordings.add(film)
    store.analyses.add([fingerprint], f'{{"by": "{MARK}"}}', [measurement(day=2)], report)
    store.measurements.add([measurement()])
    store.plans.put({"weeks": [1]}, date(2026, 6, 1), based_on=0)
    store.plans.put({"weeks": [1, 2], "note": MARK}, date(2026, 6, 8), based_on=1)
    for entry in ENTRIES:
        store.log.append(entry)
