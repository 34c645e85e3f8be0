from __future__ import annotations

from datetime import date, timedelta

import pytest

from hipwise.errors import UsageError
from hipwise.knowledge import load
from hipwise.planning import Circumstances, SessionKind, plan
from hipwise.planning.availability import Selection
from hipwise.planning.phases import WeekRules
from hipwise.planning.plan import WeekPhase
from hipwise.progress.log import (
    Entry,
    ExerciseDone,
    Felt,
    MorningAfter,
    RunDone,
    SessionDone,
    TimeOff,
)
from hipwise.progress.past import past_of, time_away
from tests.planning.runners import asking_for
from tests.progress.logged import TODAY, done

L = load()
BRIDGE = "single_leg_bridge"
REPS = L.exercise(BRIDGE).dose.reps


def past(*entries: Entry):  # type: ignore[no-untyped-def]
    return past_of(entries, (), TODAY, L)


def test_two_sessions_above_the_target_earn_a_step() -> None:
    one = done(ExerciseDone(BRIDGE, 3, reps=REPS + 1), days_ago=4)
    two = done(ExerciseDone(BRIDGE, 3, reps=REPS + 2), days_ago=2)
    assert past(one).steps == {}
    earned = past(one, two)
    assert earned.steps == {BRIDGE: 1}
    assert earned.mastered == {BRIDGE}


def test_an_ordinary_session_between_them_starts_the_count_anew() -> None:
    reps = (REPS + 1, REPS, REPS + 1)
    entries = [
        done(ExerciseDone(BRIDGE, 3, reps=r), days_ago=8 - 2 * n) for n, r in enumerate(reps)
    ]
    assert past(*entries).mastered == frozenset()


@pytest.mark.parametrize(
    "easy", [{"felt": Felt.TOO_EASY}, {"reps_in_reserve": 4}, {"reps": REPS + 3}]
)
def test_too_easy_can_be_told_in_several_ways(easy: dict[str, object]) -> None:
    entries = [done(ExerciseDone(BRIDGE, 3, **easy), days_ago=n) for n in (5, 3)]  # type: ignore[arg-type]
    assert past(*entries).mastered == {BRIDGE}


def test_with_pain_nothing_is_earned() -> None:
    entries = [done(ExerciseDone(BRIDGE, 3, reps=REPS + 2, pain=4), days_ago=n) for n in (5, 3)]
    assert past(*entries).mastered == frozenset()


def test_twice_too_hard_goes_a_step_back_to_the_easier_form() -> None:
    entries = [done(ExerciseDone(BRIDGE, 2, felt=Felt.TOO_HARD), days_ago=n) for n in (5, 3)]
    known = past(*entries)
    assert known.steps == {BRIDGE: -1}
    finding = asking_for("hip_extensor_strength")
    made = plan([finding], Circumstances(12, 3), start=TODAY, weeks=1, past=known, library=L)
    used = {item.exercise for s in made.weeks[0].sessions for item in s.items}
    assert BRIDGE not in used
    assert "glute_bridge" in used


def test_what_is_mastered_is_followed_by_its_harder_form() -> None:
    easy = [done(ExerciseDone("glute_bridge", 2, felt=Felt.TOO_EASY), days_ago=n) for n in (5, 3)]
    rules = WeekRules(WeekPhase.BUILD, 4, 3, halved=False, strength_days=2, few=False)
    for entries, expected in (([], "glute_bridge"), (easy, BRIDGE)):
        wanted = frozenset({"hip_extensor_strength"})
        selection = Selection(L, Circumstances(12, 3), rules, past(*entries), wanted=wanted)
        ids = {e.id for e in selection.exercises(SessionKind.STRENGTH)}
        assert {"glute_bridge", BRIDGE} & ids == {expected}


def test_few_sessions_done_shorten_the_next_ones() -> None:
    life, finding = Circumstances(20, 5), asking_for("trunk_control", "hip_abductor_strength")
    made = plan([finding], life, start=TODAY - timedelta(days=14), weeks=2, library=L)
    first = made.weeks[0].sessions[0]
    entry = done(ExerciseDone("dead_bug", 1), days_ago=13, session=first.id)
    known = past_of([entry], [made], TODAY, L)
    assert known.done_share is not None
    assert known.done_share < 0.6
    short = plan([finding], life, start=TODAY, weeks=1, past=known, library=L).weeks[0]
    assert all(len(s.items) <= L.setting("fewest_exercises") for s in short.sessions)
    assert any("doing them" in note for note in short.notes)


def test_weeks_of_training_count_until_a_long_break() -> None:
    entries = [done(ExerciseDone(BRIDGE, 1), days_ago=n) for n in (60, 50, 20, 13, 6)]
    assert past(*entries).trained_weeks == 3


def test_the_last_strength_day_and_the_last_week_are_known() -> None:
    known = past(
        done(ExerciseDone(BRIDGE, 1), days_ago=2),
        done(ExerciseDone("cat_cow", 1), days_ago=1, kind=SessionKind.DAILY),
        done(ExerciseDone("dead_bug", 1), days_ago=12),
    )
    assert known.strength_days[-1] == TODAY - timedelta(days=2)
    assert known.last_day == TODAY - timedelta(days=1)
    assert known.last_week == {BRIDGE, "cat_cow"}


def test_illness_and_holidays_become_time_away() -> None:
    first, last = date(2026, 12, 20), date(2026, 12, 27)
    off = [TimeOff("a", "ill", first, last), TimeOff("b", "away", first, last)]
    assert [time.training for time in time_away(off)] == [False, True]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: MorningAfter("m", TODAY, 11), "0 to 10"),
        (lambda: ExerciseDone("a", 1, pain=-1), "0 to 10"),
        (lambda: ExerciseDone("a", -1), "0 to 100"),
        (lambda: RunDone("r", done().at, 0.0), "kilometres"),
        (lambda: TimeOff("t", "tired", TODAY, TODAY), "ill or away"),
        (lambda: TimeOff("t", "ill", TODAY, TODAY - timedelta(days=1)), "before"),
    ],
)
def test_what_cannot_be_is_refused(make: object, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        make()  # type: ignore[operator]


def test_an_empty_log_is_a_fresh_start() -> None:
    known = past()
    assert known.sessions == {}
    assert known.last_day is None
    assert isinstance(done(), SessionDone)
