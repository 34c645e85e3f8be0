"""A plan as a calendar that Apple, Google and Outlook import: one event for each session."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import hipwise
from hipwise.planning.plan import Session
from hipwise.planning.session import GENERAL
from hipwise.reporting.numbers import clock
from hipwise.reporting.plan_report import PlanReport
from hipwise.reporting.sections.reasons import RetestLine, retest_lines
from hipwise.reporting.sections.routine import GENERAL_WORDS, PHASE_WORDS, dose_in_words

if TYPE_CHECKING:
    from icalendar import Calendar, Event

STARTS_AT = time(7, 0)
"""When a session begins where nobody said when (chosen by us)."""
COUNTED_FROM = datetime(2026, 1, 1, tzinfo=UTC)
"""From here the seconds are counted that number an event's versions."""
AGAIN_AFTER = timedelta(hours=6)
"""How often a program that follows the calendar should ask for it again (chosen by us)."""


def to_calendar(report: PlanReport, *, at: time = STARTS_AT, earlier: bytes | None = None) -> bytes:
    """Return the plan as an iCalendar file (RFC 5545).

    Every session is an event in floating local time, so that it stays at `at` wherever the runner
    is, with the routine in its text. Its UID is that of its day and kind, so that a calendar
    which imports a later plan changes the event instead of doubling it. Events of the `earlier`
    file that the plan no longer has are cancelled, from the day of the plan on.
    """
    calendar = _calendar(report)
    for week in report.plan.weeks:
        for session in week.sessions:
            calendar.add_component(_session(session, report, at))
    for line in retest_lines(report):
        calendar.add_component(_retest(line, report))
    for event in _gone(earlier, calendar, report):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar(report: PlanReport) -> Calendar:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//hipwise//hipwise {hipwise.__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", "hipwise")
    calendar.add("x-wr-calname", "hipwise")
    calendar.add("refresh-interval", AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("last-modified", report.made_at.astimezone(UTC))
    return calendar


def _event(uid: str, report: PlanReport) -> Event:
    from icalendar import Event

    made_at = report.made_at.astimezone(UTC)
    event = Event()
    event.add("uid", f"{uid}@hipwise")
    event.add("dtstamp", made_at)
    event.add("last-modified", made_at)
    event.add("sequence", max(int((made_at - COUNTED_FROM).total_seconds()), 0))
    return event


def _session(session: Session, report: PlanReport, at: time) -> Event:
    minutes = math.ceil(session.seconds / 60)
    event = _event(session.id, report)
    event.add("dtstart", datetime.combine(session.day or report.plan.made_on, at))
    event.add("duration", timedelta(minutes=minutes))
    event.add("summary", f"Hips: {minutes} min, {PHASE_WORDS[session.kind]}")
    event.add("description", "\n".join(_routine(session, report)))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    return event


def _routine(session: Session, report: PlanReport) -> Iterator[str]:
    """Yield the lines of an event's text: each exercise with dose, first cue and reason."""
    titles = {finding.id: finding.title for finding in report.findings}
    for place, item in enumerate(session.items, 1):
        exercise = report.library.exercise(item.exercise)
        yield f"{place}. {exercise.name}: {dose_in_words(item, exercise)} ({clock(item.seconds)})"
        yield f"   {exercise.cues[0]}"
        told = "; ".join(titles[id] for id in item.serves if id in titles)
        yield f"   Why: {told or (GENERAL_WORDS if item.reason == GENERAL else item.reason)}"
    yield ""
    limit = report.library.setting("pain_allowed")
    yield f"Stop an exercise that hurts more than {limit:g} of 10. 'hipwise today' shows how."


def _retest(line: RetestLine, report: PlanReport) -> Event:
    event = _event(f"{line.day.isoformat()}.retest.{line.metric}", report)
    event.add("dtstart", line.day)
    event.add("dtend", line.day + timedelta(days=1))
    event.add("summary", f"Test again: {line.name}")
    if line.counts_from:
        event.add("description", f"A change above {line.counts_from} counts.")
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    return event


def _gone(earlier: bytes | None, calendar: Calendar, report: PlanReport) -> Iterator[Event]:
    """Yield what an earlier file announced and the plan no longer has, as cancelled."""
    from icalendar import Calendar

    if earlier is None:
        return
    planned = {str(event["uid"]) for event in calendar.walk("VEVENT")}
    for old in Calendar.from_ical(earlier).walk("VEVENT"):
        uid, start = str(old["uid"]), old.decoded("dtstart")
        day = start.date() if isinstance(start, datetime) else start
        if uid in planned or day < report.plan.made_on or not uid.endswith("@hipwise"):
            continue
        event = _event(uid.removesuffix("@hipwise"), report)
        event.add("dtstart", start)
        event.add("summary", str(old["summary"]))
        event.add("status", "CANCELLED")
        yield event
