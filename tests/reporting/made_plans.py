"""Plans of made-up runners, ready to be written."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from hipwise.knowledge import load
from hipwise.reporting.plan_report import PlanReport
from hipwise.services.basis import basis_of_files
from hipwise.services.changes import Changes
from hipwise.services.plans import plan_for
from tests.screening.filled_in import answers

MADE_AT = datetime(2026, 6, 1, 9, tzinfo=UTC)  # a Monday
KNEE = {"left": [9, 10, 9.5], "right": [4, 4.5, 4.5]}


@cache
def stiff_ankle(weeks: int = 3) -> PlanReport:
    """A runner whose right ankle bends little, in good health otherwise."""
    return made({"knee_to_wall": KNEE}, weeks=weeks)


@cache
def nothing_found() -> PlanReport:
    """A runner without a finding."""
    return made({}, weeks=2)


def made(
    tests: dict[str, object],
    changes: dict[str, object] | None = None,
    wishes: Changes | None = None,
    weeks: int = 3,
    at: datetime = MADE_AT,
) -> PlanReport:
    basis = basis_of_files([answers(tests, changes)], [], load())
    return plan_for(basis, wishes or Changes(), start=at.date(), made_at=at, weeks=weeks)
