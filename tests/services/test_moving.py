"""A session moved by the runner: it lies there, stays there, and no rule is broken for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hipwise.errors import Conflict, UsageError
from hipwise.planning import SessionKind
from hipwise.progress.log import RunDone
from hipwise.reporting.plan_report import PlanReport
from hipwise.reporting.screening import to_json
from hipwise.screening.reading import read_answers
from hipwise.screening.runner import Weekday
from hipwise.services.changes import Changes
from hipwise.services.moving import move_session
from hipwise.services.plans import current_plan, keep_plan
from hipwise.services.screen import screen
from hipwise.storage import Store
from tests.screening.filled_in import answers

RUNNERS = Path(__file__).parents[1] / "screening" / "runners"
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)  # a Monday
MONDAY = NOW.date()
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    given = answers({"knee_to_wall": {"left": [9, 10, 9.5], "right": [4, 4.5, 4.5]}})
    with Store.open(tmp_path / "data") as opened:
        opened.screenings.add(to_json(screen(given)), given)
        yield opened


def planned(store: Store, weeks: int = 1, **wishes: object) -> PlanReport:
    changes = Changes(minutes=6, days=3, runs_on=(), hard_on=(), **wishes)  # type: ignore[arg-type]
    return keep_plan(store, changes, now=NOW, weeks=weeks)


def kinds(report: PlanReport, week: int = 0) -> dict[date, SessionKind]:
    return {s.day: s.kind for s in report.plan.weeks[week].sessions if s.day}


def strength_day(report: PlanReport) -> date:
    return next(day for day, kind in kinds(report).items() if kind is SessionKind.STRENGTH)


def free_day(report: PlanReport) -> date:
    """A free day of the first week with no strength beside it but that which is to move."""
    sessions, moving = kinds(report), strength_day(report)
    loaded = {day for day, kind in sessions.items() if kind is SessionKind.STRENGTH} - {moving}
    return next(
        day
        for day in (MONDAY + number * DAY for number in range(7))
        if day not in sessions and not {day - DAY, day + DAY} & loaded
    )


def test_a_session_lies_where_it_was_moved_and_stays_there(store: Store) -> None:
    before = planned(store, weeks=2)
    of, to = strength_day(before), free_day(before)
    moved = move_session(store, of, to, NOW)
    assert kinds(moved)[to] is SessionKind.STRENGTH
    assert of not in kinds(moved)
    assert len(kinds(moved)) == len(kinds(before))
    assert list(kinds(moved, 1).values()).count(SessionKind.STRENGTH) == list(
        kinds(before, 1).values()
    ).count(SessionKind.STRENGTH)
    store.log.append(RunDone("news", NOW, km=5))
    assert kinds(current_plan(store, NOW))[to] is SessionKind.STRENGTH, "news of the log"
    later = keep_plan(store, Changes(minutes=8), now=NOW)
    assert kinds(later)[to] is SessionKind.STRENGTH, "another wish"


def test_moved_on_and_back_is_as_before(store: Store) -> None:
    before = planned(store)
    of, to = strength_day(before), free_day(before)
    move_session(store, of, to, NOW)
    back = move_session(store, to, of, NOW)
    assert kinds(back) == kinds(before)
    assert back.circumstances.moves == ()


def test_where_it_cannot_go_is_said_and_nothing_changes(store: Store) -> None:
    before = planned(store)
    sessions, of = kinds(before), strength_day(before)
    taken = next(day for day in sessions if day != of)
    free = free_day(before)
    for wrong_of, wrong_to, says in (
        (free, of, "No session is ahead"),
        (of, of, "another day"),
        (of, of + timedelta(days=7), "within its week"),
        (of, MONDAY - DAY, "within its week"),
        (of, taken, "has a session already"),
    ):
        with pytest.raises(UsageError, match=says):
            move_session(store, wrong_of, wrong_to, NOW)
    assert kinds(current_plan(store, NOW)) == sessions
    assert len(store.plans.history()) == 1


def test_a_day_that_is_over_is_refused(store: Store) -> None:
    planned(store)
    later = NOW + timedelta(days=3)
    report = current_plan(store, later)
    ahead = [day for day in kinds(report) if day >= later.date()]
    with pytest.raises(UsageError, match="is over"):
        move_session(store, ahead[-1], MONDAY, later)


def test_strength_never_lands_beside_strength_or_before_a_hard_run(store: Store) -> None:
    weak = read_answers(RUNNERS / "sore_knee_weak_hips.yaml")
    store.screenings.add(to_json(screen(weak)), weak)
    hard = (Weekday.SAT,)
    changes = Changes(minutes=10, days=3, runs_on=hard, hard_on=hard)
    report = keep_plan(store, changes, now=NOW, weeks=1)
    first, second = sorted(d for d, kind in kinds(report).items() if kind is SessionKind.STRENGTH)
    friday = MONDAY + 4 * DAY
    wrong = ((second, friday, "long or fast run"), (first, second - DAY, "beside another day"))
    for of, to, says in wrong:
        assert to not in kinds(report)
        with pytest.raises(UsageError, match=says):
            move_session(store, of, to, NOW)


def test_a_second_window_is_told(store: Store) -> None:
    report = planned(store)
    current = store.plans.current()
    assert current is not None
    keep_plan(store, Changes(minutes=7), now=NOW)
    with pytest.raises(Conflict):
        move_session(store, strength_day(report), free_day(report), NOW, seen=current.version)
