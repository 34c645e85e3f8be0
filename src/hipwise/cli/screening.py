"""What `hipwise screen` does: print a template, read answers, or ask for them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from hipwise.cli.asking import Paused, Terminal
from hipwise.cli.interview import interview
from hipwise.errors import UsageError
from hipwise.knowledge import load
from hipwise.reporting.analysis import Analysis
from hipwise.reporting.folder import write_whole
from hipwise.reporting.html import render
from hipwise.reporting.names import REPORT
from hipwise.reporting.screening import FILE, to_json
from hipwise.reporting.terminal import summary
from hipwise.screening import Answers, read_answers
from hipwise.screening.template import template
from hipwise.services.basis import COUNTS_FOR, readable_screenings
from hipwise.services.conclude import Wishes, refuse_unsafe
from hipwise.services.drafts import Draft
from hipwise.services.screen import in_time_order, screen

SETS = ("home", "full", "clinic")


def print_template(set: str | None) -> None:
    """Print an answers file to fill in."""
    sys.stdout.write(template(checked_set(set) or "home", load()))


def screen_files(
    paths: Sequence[Path], *, keep: bool, as_json: bool, out_dir: Path | None, wishes: Wishes
) -> None:
    """Score answers files of one runner, the latest with the earlier ones as further days.

    With `keep` they are put into the runner's records. Raises StoppedForSafety for a red flag.
    """
    answers = in_time_order([read_answers(path) for path in paths])
    analyses = [screen(one, wishes, earlier=answers[:place]) for place, one in enumerate(answers)]
    if keep:
        _keep(analyses)
    hand_over(analyses[-1], out_dir, as_json=as_json)


def _keep(analyses: Sequence[Analysis]) -> None:
    from hipwise.storage import Store

    with Store.open() as store:
        for analysis in analyses:
            if analysis.screened is not None:
                store.screenings.add(to_json(analysis), analysis.screened.answers)


def screen_by_asking(
    set: str | None, *, restart: bool, as_json: bool, out_dir: Path | None, wishes: Wishes
) -> None:
    """Ask in the terminal, going on where an unfinished screening stopped."""
    from hipwise.storage import Store

    terminal = Terminal(Console(stderr=as_json))
    with Store.open() as store:
        draft = Draft.open(store, checked_set(set), restart=restart)
        analysis = _analysis_of(draft, terminal, wishes)
    if analysis is not None:
        hand_over(analysis, out_dir, as_json=as_json)
        if not as_json:
            terminal.say("Your answers are kept: 'hipwise export FILE' hands them to you.")


def _analysis_of(draft: Draft, terminal: Terminal, wishes: Wishes) -> Analysis | None:
    """Ask what is open, keep the screening when it is finished, and return what it shows.

    None where the runner pauses; raises UsageError where nobody is there to answer.
    """
    if not draft.is_new:
        terminal.say("Going on where you stopped; --restart begins anew.", "bold")
    try:
        answers = interview(draft, terminal, load())
    except Paused:
        if draft.is_new:
            msg = "There is nobody to answer: give a file with --answers, as --template prints it."
            raise UsageError(msg) from None
        terminal.say("\nYour answers are kept. 'hipwise screen' goes on from here.", "bold")
        return None
    analysis = screen(answers, wishes, earlier=_earlier(draft, terminal))
    draft.finish(to_json(analysis), answers)
    return analysis


def _earlier(draft: Draft, terminal: Terminal) -> list[Answers]:
    """Return the screenings that still count; one that no longer can be read is named."""
    kept, notes = readable_screenings(draft.store, datetime.now(UTC) - COUNTS_FOR)
    for note in notes:
        terminal.say(note, "yellow")
    return kept


def hand_over(analysis: Analysis, out_dir: Path | None, *, as_json: bool) -> None:
    """Write the result, with a report where the runner may go on, and print it.

    Raises StoppedForSafety where a red flag stops the programme.
    """
    document = to_json(analysis) + "\n"
    if out_dir is not None:
        write_whole(out_dir / FILE, document)
    if as_json:
        sys.stdout.write(document)
        sys.stdout.flush()
    refuse_unsafe(analysis.screened)
    report = None if out_dir is None else out_dir / REPORT
    if report is not None:
        write_whole(report, render(analysis))
    if not as_json:
        Console().print(summary(analysis, report))


def checked_set(set: str | None) -> str | None:
    """Return the set; raises UsageError for an unknown one."""
    if set is not None and set not in SETS:
        raise UsageError(f"There is no set '{set}' of tests; use one of {', '.join(SETS)}.")
    return set
