"""From a runner's answers to findings and a routine, or to a stop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from hipwise.errors import UsageError
from hipwise.knowledge import load
from hipwise.reporting.analysis import Analysis
from hipwise.screening import Answers
from hipwise.services.conclude import Tested, Wishes, conclude


def screen(
    answers: Answers, wishes: Wishes | None = None, *, earlier: Sequence[Answers] = ()
) -> Analysis:
    """Score the answers, explain them, and plan today's routine in the runner's minutes.

    `earlier` screenings of the same runner count as further days: what is seen on two days weighs
    more than what is seen once. With a red flag there are no measurements, findings or routine.
    Raises as `screening.score` and `planning.todays_session` do.
    """
    library = load()
    tested = Tested.of(answers, earlier, library)
    return conclude("Your screening", (), tested, wishes or Wishes(), library)


def in_time_order(files: Sequence[Answers]) -> list[Answers]:
    """Order the screenings of one runner by their day; raises UsageError where one has none."""
    if len(files) > 1 and any(one.taken_at is None for one in files):
        msg = "With several answers files each needs its day: add 'taken_at: 2026-05-31' to each."
        raise UsageError(msg)
    return sorted(files, key=lambda one: one.taken_at or datetime.now(UTC))
