from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from hipwise.reporting.calendar import to_calendar
from hipwise.screening.runner import Weekday
from hipwise.services.changes import Changes
from tests.reporting.made_plans import MADE_AT, made, nothing_found, stiff_ankle


def events(calendar: bytes) -> dict[str, Any]:
    found = Calendar.from_ical(calendar).walk("VEVENT")
    by_uid = {str(event["uid"]): event for event in found}
    assert len(by_uid) == len(found), "every UID stands once"
    return by_uid


def test_every_session_is_read_back_with_its_routine() -> None:
    report = stiff_ankle()
    sessions = [s for week in report.plan.weeks for s in week.sessions]
    read = events(to_calendar(report, at=time(18, 30)))
    for session in sessions:
        event = read[f"{session.id}@hipwise"]
        assert session.day is not None
        assert event.decoded("dtstart") == datetime.combine(session.day, time(18, 30))
        assert event.decoded("dtstart").tzinfo is None
        assert event.decoded("duration") == timedelta(minutes=math.ceil(session.seconds / 60))
        text = str(event["description"])
        for item in session.items:
            assert report.library.exercise(item.exercise).name in text
        assert "Why:" in text
    tests = [uid for uid in read if ".retest." in uid]
    assert {read[uid].decoded("dtstart") for uid in tests} == {r.day for r in report.plan.retests}
    assert len(read) == len(sessions) + len(tests)


def test_it_is_written_by_the_rules_of_the_format() -> None:
    calendar = to_calendar(stiff_ankle())
    lines = calendar.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines), "every line ends with CRLF"
    assert max(len(line) for line in lines) <= 75
    starts = [line for line in lines if line.startswith(b"DTSTART:")]
    assert starts
    assert all(line.endswith(b"T070000") for line in starts), "floating: neither Z nor a zone"
    assert all(
        "×" in str(event["description"])
        for event in events(calendar).values()
        if "duration" in event
    )


def test_a_later_plan_changes_events_instead_of_doubling_them() -> None:
    first = to_calendar(stiff_ankle())
    later = replace(stiff_ankle(), made_at=MADE_AT + timedelta(hours=3))
    second = to_calendar(later, earlier=first)
    assert set(events(first)) == set(events(second))
    for uid, event in events(second).items():
        assert event["sequence"] > events(first)[uid]["sequence"]
        assert event["status"] == "CONFIRMED"


def test_what_the_plan_no_longer_has_is_cancelled_until_it_is_over() -> None:
    first = to_calendar(stiff_ankle())
    moved = made(
        {}, wishes=Changes(days=1, runs_on=(Weekday.WED,)), at=datetime(2026, 6, 3, 9, tzinfo=UTC)
    )
    second = to_calendar(moved, earlier=first)
    kept = {f"{s.id}@hipwise" for w in moved.plan.weeks for s in w.sessions}
    old, new = events(first), events(second)
    for uid, event in old.items():
        day = date.fromisoformat(uid[:10])
        if uid in kept:
            assert new[uid]["status"] == "CONFIRMED"
        elif day >= moved.plan.made_on:
            assert new[uid]["status"] == "CANCELLED"
            assert new[uid].decoded("dtstart") == event.decoded("dtstart")
        else:
            assert uid not in new
    third = events(to_calendar(moved, earlier=second))
    assert {uid for uid, e in third.items() if e["status"] == "CANCELLED"} == {
        uid for uid, e in new.items() if e["status"] == "CANCELLED"
    }


def test_strange_events_in_the_earlier_file_are_left_out() -> None:
    strange = to_calendar(nothing_found()).replace(b"@hipwise", b"@elsewhere.example")
    assert all(
        uid.endswith("@hipwise") for uid in events(to_calendar(stiff_ankle(), earlier=strange))
    )


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 7), st.sampled_from([4, 10, 25]), st.integers(1, 3))
def test_whatever_is_planned_is_read_back(days: int, minutes: float, weeks: int) -> None:
    report = made({}, wishes=Changes(days=days, minutes=minutes), weeks=weeks)
    read = events(to_calendar(report))
    assert {f"{s.id}@hipwise" for w in report.plan.weeks for s in w.sessions} == set(read)
