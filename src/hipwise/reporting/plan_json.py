"""A plan and a day as JSON, with the names and findings that explain it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hipwise.planning.document import to_document
from hipwise.planning.plan import Session
from hipwise.reporting import objects
from hipwise.reporting.objects import Json
from hipwise.reporting.plan_report import PlanReport
from hipwise.reporting.sections.reasons import exercises_serve


def plan_document(report: PlanReport) -> Json:
    """Return the plan, which `planning.document.from_document` reads, and what it rests on."""
    return to_document(report.plan) | {
        "made_at": report.made_at.isoformat(),
        "findings": [objects.finding(finding) for finding in report.findings],
        "exercises": [
            {
                "id": each.exercise.id,
                "name": each.exercise.name,
                "cues": list(each.exercise.cues),
                "why": list(each.why),
                "weeks": list(each.weeks),
                "sources": sorted({e.source for e in each.exercise.evidence if e.source}),
            }
            for each in exercises_serve(report)
        ],
    }


def day_document(report: PlanReport, day: date, sessions: Iterable[Session]) -> Json:
    """Return the sessions of one day."""
    return {
        "schema": "hipwise.day/1",
        "day": day.isoformat(),
        "sessions": [
            {"id": session.id, **objects.session(session, report.library)} for session in sessions
        ],
        "findings": [objects.finding(finding) for finding in report.findings],
    }
