"""The plan in the terminal, as JSON and as a page: every exercise and finding is named."""

from __future__ import annotations

import io
import json
import re

import pytest
from rich.console import Console

from hipwise.planning import TimeAway
from hipwise.planning.document import from_document
from hipwise.reporting.plan_json import day_document, plan_document
from hipwise.reporting.plan_page import render_plan
from hipwise.reporting.plan_report import PlanReport
from hipwise.reporting.sections.reasons import findings_served, shortfall_lines
from hipwise.reporting.sections.weeks import days_in_words, weeks_of
from hipwise.reporting.terminal.day import day_summary
from hipwise.reporting.terminal.plan import plan_summary
from hipwise.services.changes import Changes
from tests.reporting.made_plans import KNEE, MADE_AT, made, nothing_found, stiff_ankle


def printed(shown: object, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=False)
    console.print(shown)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def exercises_of(report: PlanReport) -> set[str]:
    return {
        report.library.exercise(item.exercise).name
        for week in report.plan.weeks
        for session in week.sessions
        for item in session.items
    }


@pytest.mark.parametrize("width", [100, 80, 44])
def test_the_terminal_names_everything_at_any_width(width: int) -> None:
    report = stiff_ankle()
    text = printed(plan_summary(report), width)
    assert all(len(line) <= width for line in text.splitlines())
    words = " ".join(text.split())
    for name in exercises_of(report):
        assert name in words
    for served in findings_served(report):
        assert served.finding.title in words
    for told in ("Week 3", "Test again", "Pain is your guide", "5 minutes more", "no diagnosis"):
        assert told in words


def test_a_routine_that_comes_again_is_told_once() -> None:
    report = stiff_ankle(6)
    weeks = weeks_of(report.plan)
    first = {}
    for lines in weeks:
        for routine in lines.routines:
            if routine.as_in is None:
                first[routine.letter] = routine
            else:
                assert routine.as_in < lines.week.number
                assert [i.exercise for i in routine.items] == [
                    i.exercise for i in first[routine.letter].items
                ]
    assert any(r.as_in for lines in weeks for r in lines.routines)
    assert sum(len(r.days) for lines in weeks for r in lines.routines) == sum(
        len(week.sessions) for week in report.plan.weeks
    )


def test_json_is_the_plan_and_explains_it() -> None:
    report = stiff_ankle()
    document = json.loads(json.dumps(plan_document(report), allow_nan=False))
    assert from_document(document) == report.plan
    assert {e["name"] for e in document["exercises"]} == exercises_of(report)
    assert all(e["why"] and e["sources"] is not None for e in document["exercises"])
    served = {s["finding"] for w in document["plan"]["weeks"] for s in w["services"]}
    assert served <= {f["id"] for f in document["findings"]}


def test_the_page_names_everything_and_loads_nothing() -> None:
    report = stiff_ankle()
    page = render_plan(report)
    for name in exercises_of(report):
        assert name in page
    for served in findings_served(report):
        assert served.finding.title in page
    assert not re.search(r'(?:src|srcset|href)="(?!data:|#|https://doi.org/|https?://)', page)
    assert "<script" not in page
    assert page.count('class="card exercise unnumbered"') == len(exercises_of(report))
    for link in set(re.findall(r'href="#([^"]+)"', page)):
        assert f'id="{link}"' in page, link


def test_without_findings_it_is_general_care() -> None:
    for text in (printed(plan_summary(nothing_found())), render_plan(nothing_found())):
        assert "general hip care for runners" in " ".join(text.split())


def test_a_pause_says_so() -> None:
    ill = TimeAway(MADE_AT.date(), MADE_AT.date().replace(day=14), training=False)
    report = made({"knee_to_wall": KNEE}, wishes=Changes(away=(ill,)))
    for text in (printed(plan_summary(report)), render_plan(report)):
        words = " ".join(text.split())
        assert "A pause" in words
        assert "Week 1" in words


def test_names_from_outside_are_escaped() -> None:
    report = stiff_ankle()
    noted = report.plan.__class__(**{**vars(report.plan), "notes": ("<script>alert(1)</script>",)})
    page = render_plan(report.__class__(**{**vars(report), "plan": noted}))
    assert "<script" not in page


def test_a_day_tells_how_and_why() -> None:
    report = stiff_ankle()
    session = report.plan.weeks[0].sessions[0]
    text = " ".join(printed(day_summary(session, report.findings, report.library)).split())
    for item in session.items:
        exercise = report.library.exercise(item.exercise)
        assert exercise.name in text
        assert exercise.cues[0] in text
    assert "Why:" in text
    document = day_document(report, MADE_AT.date(), [session])
    assert document["sessions"][0]["id"] == session.id


def test_days_and_shortfalls_are_told_in_words() -> None:
    report = made({}, at=MADE_AT.replace(day=4), weeks=1)
    (line,) = shortfall_lines(report.plan)
    assert line.startswith("Week 1: ")
    assert "nothing piles up" in line
    day = MADE_AT.date()
    assert days_in_words((day, day.replace(day=30), day.replace(month=7))) == (
        "Mon 1, Tue 30 June, Wed 1 July"
    )
