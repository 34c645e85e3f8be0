"""What `hipwise plan` and `hipwise today` do."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from rich.console import Console

from hipwise.errors import UnreadableFile
from hipwise.knowledge import load
from hipwise.planning import Session
from hipwise.planning.planner import USUAL_WEEKS
from hipwise.reporting.calendar import STARTS_AT, to_calendar
from hipwise.reporting.folder import write_whole
from hipwise.reporting.plan_json import day_document, plan_document
from hipwise.reporting.plan_page import render_plan
from hipwise.reporting.plan_report import PlanReport
from hipwise.reporting.sections.routine import PHASE_WORDS
from hipwise.reporting.sections.weeks import days_in_words
from hipwise.reporting.terminal.day import day_summary
from hipwise.reporting.terminal.plan import plan_summary
from hipwise.reporting.terminal.style import GOOD
from hipwise.screening import read_answers
from hipwise.services.basis import basis_of_files
from hipwise.services.changes import Changes
from hipwise.services.plans import keep_plan, plan_for
from hipwise.services.screen import in_time_order
from hipwise.services.today import Today, session_for, today_by_plan
from hipwise.storage import Store

PAGE, DOCUMENT, CALENDAR = "plan.html", "plan.json", "plan.ics"


def plan_from_files(
    answers: Sequence[Path],
    measurements: Sequence[Path],
    changes: Changes,
    *,
    start: date | None,
    weeks: int | None,
) -> PlanReport:
    """Plan from answers files and measured films; nothing is kept."""
    now = datetime.now().astimezone()
    library = load()
    basis = basis_of_files(
        in_time_order([read_answers(path) for path in answers]), measurements, library
    )
    return plan_for(
        basis,
        changes,
        start=start or now.date(),
        made_at=now,
        weeks=USUAL_WEEKS if weeks is None else weeks,
        library=library,
    )


def plan_from_records(
    changes: Changes, *, start: date | None, weeks: int | None, anew: bool
) -> PlanReport:
    """Plan from the runner's records, and keep the plan."""
    now = datetime.now().astimezone()
    with Store.open() as store:
        return keep_plan(store, changes, now=now, start=start, weeks=weeks, anew=anew)


def hand_over(
    report: PlanReport, out_dir: Path | None, *, at: time = STARTS_AT, as_json: bool
) -> None:
    """Write the page, the document and the calendar, and print the weeks."""
    files: list[Path] = []
    document = json.dumps(plan_document(report), indent=1, ensure_ascii=False, allow_nan=False)
    if out_dir is not None:
        files = [out_dir / name for name in (PAGE, DOCUMENT, CALENDAR)]
        calendar = to_calendar(report, at=at, earlier=_earlier(files[-1]))
        texts: tuple[str | bytes, ...] = (render_plan(report), document + "\n", calendar)
        for file, text in zip(files, texts, strict=True):
            write_whole(file, text)
    if as_json:
        sys.stdout.write(document + "\n")
    else:
        Console().print(plan_summary(report, *files))


def _earlier(file: Path) -> bytes | None:
    """Return the calendar that an earlier plan wrote there."""
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UnreadableFile(f"{file} cannot be read ({error.strerror}): move it away.") from None


def show_today(
    *, minutes: float | None, kind: str | None, no_equipment: bool, as_json: bool
) -> None:
    """Print what the plan has for today, or the best session for what there is today."""
    now = datetime.now().astimezone()
    with Store.open() as store:
        today = today_by_plan(store, now)
        if minutes is None and kind is None and not no_equipment:
            sessions = today.sessions
        else:
            sessions = (
                session_for(store, now, minutes=minutes, kind=kind, no_equipment=no_equipment),
            )
    if as_json:
        document = day_document(today.report, today.day, sessions)
        sys.stdout.write(json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        _print_day(today, sessions)


def _print_day(today: Today, sessions: Sequence[Session]) -> None:
    console, report = Console(), today.report
    for session in sessions:
        console.print(day_summary(session, report.findings, report.library))
        if session.id in today.done:
            console.print("It is done and written down.", style=GOOD)
    if not sessions:
        console.print(today.rest or ("Done for today." if today.done else "No session today."))
        if today.following is not None and today.following.day is not None:
            days = days_in_words((today.following.day,))
            console.print(f"Next: {days}, {PHASE_WORDS[today.following.kind]}.")
        if not today.rest:
            console.print("'hipwise today --minutes 4' gives the best four minutes all the same.")
    for warning in report.plan.notes:
        console.print(f"! {warning}", style="yellow")
