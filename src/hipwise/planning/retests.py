"""When a test is worth repeating: once training can have changed more than the test's error."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hipwise.findings.finding import Finding
from hipwise.knowledge.library import Library
from hipwise.planning.plan import Retest

RETEST_AFTER_WEEKS = 6
"""The evidence says 4 to 6 (`knowledge/content/guidance.yaml`, retest); the later is taken."""
CONFIRM_AFTER_DAYS = 7
"""What was seen on one day is tested again after a week (chosen by us)."""


def retests(findings: Iterable[Finding], start: date, library: Library) -> tuple[Retest, ...]:
    """Return when to repeat what each finding rests on, soonest first.

    What was seen on a single day comes first after a week, to see whether it stays.
    """
    found: dict[tuple[str, date], Retest] = {}
    for finding in findings:
        for m in finding.measurements:
            error = library.metric(m.metric).error(m.method, value=m.value)
            for day in _days(finding, start):
                found.setdefault((m.metric, day), Retest(m.metric, day, error))
    return tuple(sorted(found.values(), key=lambda retest: (retest.day, retest.metric)))


def _days(finding: Finding, start: date) -> Iterable[date]:
    if finding.days == 1:
        yield start + timedelta(days=CONFIRM_AFTER_DAYS)
    yield start + timedelta(weeks=RETEST_AFTER_WEEKS)
