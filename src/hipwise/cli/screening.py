"""What `hipwise screen` does: print a template, read answers, or ask for them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from hipwise.cli.asking import Paused, Terminal
from hipwise.cli.interview import interview
from hipwise.errors import HipwiseError, UsageError
from hipwise.knowledge import load
from hipwise.reporting.screening import FILE, Screened, ScreeningSummary, to_json
from hipwise.screening import Answers, read_answers, score
from hipwise.screening.template import template
from hipwise.services.drafts import Draft, finished_since, screenings_folder, write_whole
from hipwise.services.screen import in_time_order, screen, stopped

COUNTS_FOR = timedelta(days=28)
"""For so long an earlier screening counts as another day of the same state (chosen by us)."""
SETS = ("home", "full", "clinic")


def print_template(set: str | None) -> None:
    """Print an answers file to fill in."""
    sys.stdout.write(template(checked_set(set) or "home", load()))


def screen_files(paths: Sequence[Path], *, as_json: bool, out_dir: Path | None, phase: str) -> None:
    """Score answers files of one runner, the latest with the earlier ones as further days.

    Raises StoppedForSafety for a red flag.
    """
    *earlier, latest = in_time_order([read_answers(path) for path in paths])
    screened = screen(latest, earlier=earlier, phase=phase)
    file = None
    if out_dir is not None:
        file = out_dir / FILE
        write_whole(file, to_json(screened) + "\n")
    hand_over(screened, file, as_json=as_json)


def screen_by_asking(
    set: str | None, *, restart: bool, as_json: bool, out_dir: Path | None, phase: str
) -> None:
    """Ask in the terminal, going on where an unfinished screening stopped."""
    terminal = Terminal(Console(stderr=as_json))
    draft = Draft.open(screenings_folder(), checked_set(set), restart=restart)
    if not draft.is_new:
        terminal.say("Going on where you stopped; --restart begins anew.", "bold")
    try:
        answers = interview(draft, terminal, load())
    except Paused:
        if draft.is_new:
            msg = "There is nobody to answer: give a file with --answers, as --template prints it."
            raise UsageError(msg) from None
        terminal.say("\nYour answers are kept. 'hipwise screen' goes on from here.", "bold")
        return
    screened = screen(answers, earlier=_earlier(draft.folder, terminal), phase=phase)
    file = draft.finish(to_json(screened))
    if out_dir is not None:
        file = out_dir / FILE
        write_whole(file, to_json(screened) + "\n")
    hand_over(screened, file, as_json=as_json)


def _earlier(folder: Path, terminal: Terminal) -> list[Answers]:
    """Return the screenings that still count; one that no longer can be read is named."""
    kept: list[Answers] = []
    for path in finished_since(folder, datetime.now(UTC) - COUNTS_FOR):
        try:
            answers = read_answers(path)
            score(answers)
        except HipwiseError as fault:
            terminal.say(f"An earlier screening is passed over: {fault}", "yellow")
        else:
            kept.append(answers)
    return kept


def hand_over(screened: Screened, file: Path | None, *, as_json: bool) -> None:
    """Print the result; raises StoppedForSafety where a red flag stops the programme."""
    if as_json:
        sys.stdout.write(to_json(screened) + "\n")
        sys.stdout.flush()
    if screened.screening.verdict.stop:
        raise stopped(screened.screening.verdict)
    if not as_json:
        Console().print(ScreeningSummary(screened, file))


def checked_set(set: str | None) -> str | None:
    """Return the set; raises UsageError for an unknown one."""
    if set is not None and set not in SETS:
        raise UsageError(f"There is no set '{set}' of tests; use one of {', '.join(SETS)}.")
    return set
