"""A plan from the runner's records: kept, moved on by the log, and re-made only for news."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from hipwise.errors import NotEnoughData, StoppedForSafety, UnreadableFile, UsageError
from hipwise.knowledge import load
from hipwise.planning import SessionKind, TimeAway
from hipwise.planning.plan import WeekPhase
from hipwise.reporting.plan_report import PlanReport
from hipwise.reporting.screening import to_json
from hipwise.screening import Answers
from hipwise.screening.runner import Weekday
from hipwise.services.basis import basis_of_files
from hipwise.services.changes import Changes
from hipwise.services.entries import Told, morning_after, session_done, time_off
from hipwise.services.plans import current_plan, keep_plan, kept_with, plan_for
from hipwise.services.screen import screen
from hipwise.services.today import session_for, today_by_plan
from hipwise.storage import Store
from tests.screening.filled_in import answers

L = load()
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)  # a Monday
KNEE = {"left": [9, 10, 9.5], "right": [4, 4.5, 4.5]}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data") as opened:
        yield opened


def screened(store: Store, given: Answers | None = None) -> None:
    given = given or answers({"knee_to_wall": KNEE})
    store.screenings.add(to_json(screen(given)), given)


def test_a_plan_needs_the_safety_questions(store: Store) -> None:
    with pytest.raises(NotEnoughData, match="hipwise screen"):
        keep_plan(store, Changes(), now=NOW)
    assert store.plans.current() is None


def test_a_red_flag_stops_the_plan_whatever_is_wished(store: Store) -> None:
    screened(store)
    keep_plan(store, Changes(), now=NOW)
    screened(store, answers(changes={"safety.q_night_pain": True, "taken_at": "2026-06-01"}))
    for go in (
        lambda: keep_plan(store, Changes(minutes=5), now=NOW, anew=True),
        lambda: current_plan(store, NOW),
        lambda: session_for(store, NOW, minutes=4),
    ):
        with pytest.raises(StoppedForSafety, match="Whom to see"):
            go()


def test_two_who_plan_with_the_same_news_get_the_same_plan(store: Store, tmp_path: Path) -> None:
    screened(store)
    keep_plan(store, Changes(), now=NOW)
    store.log.append(morning_after(NOW.date(), 3, stiff=False))
    together = Barrier(2)

    def planned() -> PlanReport:
        with Store.open(tmp_path / "data") as own:
            together.wait()
            return current_plan(own, NOW)

    with ThreadPoolExecutor(2) as both:
        one, other = [each.result() for each in [both.submit(planned) for _ in range(2)]]
    assert replace(one, library=L, made_at=NOW) == replace(other, library=L, made_at=NOW)
    current = store.plans.current()
    assert current is not None
    assert current.version == 2


def test_the_plan_is_kept_and_read_again_as_it_was(store: Store) -> None:
    screened(store)
    made = keep_plan(store, Changes(minutes=12), now=NOW)
    assert made.circumstances.minutes == 12
    again = current_plan(store, NOW + timedelta(days=1))
    assert replace(again, library=L) == replace(made, library=L)
    assert len(store.plans.history()) == 1


def test_wishes_hold_on_until_they_are_forgotten(store: Store) -> None:
    screened(store)
    keep_plan(store, Changes(minutes=12, days=2, race=date(2026, 6, 20)), now=NOW, weeks=6)
    later = keep_plan(store, Changes(days=3), now=NOW + timedelta(days=28))
    assert (later.circumstances.minutes, later.circumstances.days) == (12, 3)
    assert later.circumstances.race is None, "a race that is over is forgotten"
    assert len(later.plan.weeks) == 2, "it ends when the one before it did"
    anew = keep_plan(store, Changes(), now=NOW + timedelta(days=28), anew=True)
    assert anew.circumstances.minutes == 10


def test_what_is_logged_moves_the_plan_on_once(store: Store) -> None:
    screened(store)
    first = keep_plan(store, Changes(), now=NOW)
    session = first.plan.weeks[0].sessions[0]
    assert session.day is not None
    at = datetime.combine(session.day, NOW.timetz())
    store.log.append(session_done(session, at, Told(pains={session.items[0].exercise: 7})))
    moved = current_plan(store, at)
    assert len(store.plans.history()) == 2
    lately = moved.plan.weeks[0].sessions
    hurt = session.items[0].exercise
    assert all(i.exercise != hurt for s in lately for i in s.items)
    assert all(s.day and s.day > session.day for s in lately)
    assert len(lately) == len(first.plan.weeks[0].sessions) - 1
    current_plan(store, at)
    assert len(store.plans.history()) == 2


def test_done_sessions_never_lower_the_share_that_was_done(store: Store) -> None:
    """The plan is made anew after each session, on its day; all were done all the same."""
    screened(store)
    report = keep_plan(store, Changes(), now=NOW)
    for ago in range(14):
        now = NOW + timedelta(days=ago)
        for session in report.plan.sessions_on(now.date()):
            store.log.append(session_done(session, now, Told()))
        report = current_plan(store, now)
    assert not any(week.notes for week in report.plan.weeks)


def test_illness_pauses_and_nothing_piles_up(store: Store) -> None:
    screened(store)
    keep_plan(store, Changes(), now=NOW)
    store.log.append(time_off("ill", date(2026, 6, 1), date(2026, 6, 10)))
    weeks = current_plan(store, NOW).plan.weeks
    assert weeks[0].phase is WeekPhase.PAUSE
    assert not weeks[0].sessions
    assert min(s.day for s in weeks[1].sessions if s.day) > date(2026, 6, 10)
    assert len(weeks[1].sessions) <= 3


def test_todays_four_minutes_are_solved_anew(store: Store) -> None:
    screened(store)
    keep_plan(store, Changes(), now=NOW)
    session = session_for(store, NOW, minutes=4, no_equipment=True)
    assert session.items
    assert session.seconds <= 240
    assert session.day == NOW.date()
    for item in session.items:
        assert {thing.value for thing in L.exercise(item.exercise).equipment} <= {"wall"}


def test_strength_waits_for_recovery_and_before_a_hard_run(store: Store) -> None:
    screened(store)
    keep_plan(store, Changes(hard_on=(Weekday.THU,)), now=NOW)
    strength = session_for(store, NOW, kind="strength")
    store.log.append(session_done(strength, NOW, Told()))
    with pytest.raises(UsageError, match="recovers today"):
        session_for(store, NOW + timedelta(days=1), kind="strength")
    with pytest.raises(UsageError, match="hard run"):
        session_for(store, NOW + timedelta(days=2), kind="strength")


def test_two_bad_mornings_mean_rest(store: Store) -> None:
    screened(store)
    keep_plan(store, Changes(), now=NOW)
    for ago in (0, 1):
        now = NOW + timedelta(days=ago)
        session = session_for(store, now, kind="daily")
        store.log.append(session_done(session, now, Told(before=0)))
        store.log.append(morning_after(now.date() + timedelta(days=1), 6, stiff=True))
    today = today_by_plan(store, NOW + timedelta(days=2))
    assert "rest" in today.rest
    assert not today.sessions
    with pytest.raises(UsageError, match="Two bad mornings"):
        session_for(store, NOW + timedelta(days=2), minutes=4)


def test_what_is_done_today_is_told_and_the_next_one_named(store: Store) -> None:
    screened(store)
    report = keep_plan(store, Changes(), now=NOW)
    days = sorted({s.day for w in report.plan.weeks for s in w.sessions if s.day})
    now = datetime.combine(days[0], NOW.timetz())
    before = today_by_plan(store, now)
    assert len(before.sessions) == 1
    assert before.following is not None
    assert before.following.day == days[1]
    store.log.append(session_done(before.sessions[0], now, Told()))
    after = today_by_plan(store, now)
    assert after.done == {before.sessions[0].id}


def test_a_damaged_plan_is_told() -> None:
    with pytest.raises(UnreadableFile, match="--anew"):
        kept_with({"plan": {}})


def test_files_give_a_plan_and_touch_no_records() -> None:
    basis = basis_of_files([answers({"knee_to_wall": KNEE})], [], L)
    report = plan_for(basis, Changes(days=2), start=NOW.date(), made_at=NOW)
    assert len(report.plan.weeks[0].sessions) == 2
    assert report.findings


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (lambda: Changes(equipment=("trampoline",)), "no equipment 'trampoline'"),
        (lambda: Changes(minutes=0), "above 0"),
        (lambda: Changes(minutes=600), "up to 180"),
        (lambda: Changes(days=0), "1 to 7"),
        (lambda: Changes(race=date(2026, 5, 1)), "is over"),
        (lambda: Changes(runs_on=(Weekday.TUE,), hard_on=(Weekday.SUN,)), "hard day"),
    ],
)
def test_what_cannot_be_wished_is_one_sentence(changes: object, words: str) -> None:
    basis = basis_of_files([answers()], [], L)
    with pytest.raises(UsageError, match=words):
        plan_for(basis, changes(), start=NOW.date(), made_at=NOW)  # type: ignore[operator]


def test_time_away_from_things_is_kept_to_the_floor() -> None:
    away = (TimeAway(date(2026, 6, 1), date(2026, 6, 7), training=True),)
    basis = basis_of_files([answers({"knee_to_wall": KNEE})], [], L)
    week = plan_for(basis, Changes(away=away), start=NOW.date(), made_at=NOW).plan.weeks[0]
    for item in (i for s in week.sessions for i in s.items):
        assert {thing.value for thing in L.exercise(item.exercise).equipment} <= {"wall"}


def test_a_session_takes_only_what_it_has(store: Store) -> None:
    screened(store)
    session = keep_plan(store, Changes(), now=NOW).plan.weeks[0].sessions[0]
    with pytest.raises(UsageError, match="'swimming' is not in this session"):
        session_done(session, NOW, Told(too_easy=["swimming"]))
    assert session.kind in set(SessionKind)
