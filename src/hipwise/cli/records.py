"""What `hipwise export`, `import` and `delete` do with the runner's records."""

from __future__ import annotations

from pathlib import Path

import typer

from hipwise.errors import UsageError
from hipwise.storage import Store

CONFIRMATION = "delete"


def export_records(file: Path) -> None:
    """Write everything into `file`; raises as `Store.export` does."""
    with Store.open() as store:
        store.export(file)
    typer.echo(f"Everything that is kept of you is in {file}.")


def import_records(file: Path) -> None:
    """Take in what is in `file`; raises as `Store.import_` does."""
    with Store.open() as store:
        done = store.import_(file)
    typer.echo(f"New: {done.added}. Here already: {done.known}.")
    if done.kept_own:
        typer.echo(f"Different here, and left as they are here: {done.kept_own}.")


def delete_records(*, yes: bool) -> None:
    """Delete everything once the runner has confirmed it; raises UsageError where they do not."""
    with Store.open() as store:
        if not yes:
            typer.echo(
                f"This deletes everything hipwise keeps of you in {store.folder}: screenings, "
                "recordings, analyses, plans, the log, and all backups. Nothing brings it back."
            )
            _confirm()
        store.delete()
    typer.echo("Everything is deleted. Reports in folders that you named yourself are still there.")


def _confirm() -> None:
    try:
        typed = input(f"Type the word {CONFIRMATION} to go on: ")
    except EOFError:
        typed = ""
    if typed.strip().lower() != CONFIRMATION:
        raise UsageError(
            f"Nothing was deleted: type the word {CONFIRMATION}, or add --yes, to delete it all."
        )
