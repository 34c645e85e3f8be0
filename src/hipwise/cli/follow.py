"""What `hipwise video` and `hipwise workout` do."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import typer
from rich.console import Console

from hipwise.cli.delivery import progress_bars
from hipwise.errors import UsageError
from hipwise.planning import Session
from hipwise.reporting.folder import write_whole
from hipwise.services.follow import (
    film_of,
    mobility_for_runners,
    session_of_today,
    workout_of,
)
from hipwise.storage import Store

WHAT = ("today", "mobility")


def make_film(what: str, out: Path | None, minutes: float | None) -> None:
    """Write the film of today's session, or of general hip care."""
    session = _session(what, minutes)
    path = out or Path(f"{what}.mp4")
    if path.suffix.lower() != ".mp4":
        raise UsageError(f"{path} is no name for a film: end it in .mp4.")
    with progress_bars(Console(stderr=True)) as bars:
        task = bars.add_task(f"Filming {session.seconds / 60:.0f} minutes", total=None)
        film, captions = film_of(
            session, path, lambda done, total: bars.update(task, completed=done, total=total)
        )
    typer.echo(f"{film}, with its captions in {captions}.")


def make_workout(what: str, out: Path | None, minutes: float | None) -> None:
    """Write the FIT workout of today's session, or of general hip care."""
    path = out or Path(f"{what}.fit")
    write_whole(path, workout_of(_session(what, minutes), datetime.now().astimezone()))
    typer.echo(f"{path}: copy it into the folder GARMIN/NewFiles of your watch.")


def _session(what: str, minutes: float | None) -> Session:
    if what not in WHAT:
        raise UsageError(f"There is nothing called '{what}': use one of {', '.join(WHAT)}.")
    if what == "mobility":
        return mobility_for_runners() if minutes is None else mobility_for_runners(minutes)
    with Store.open() as store:
        return session_of_today(store, datetime.now().astimezone(), minutes)
