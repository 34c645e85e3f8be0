from __future__ import annotations

from datetime import timedelta

import pytest

from hipwise.knowledge import load
from hipwise.planning import Circumstances, plan
from hipwise.progress.log import Entry, ExerciseDone, MorningAfter
from hipwise.progress.pain import Light, PainLog, is_bad_morning, light_of
from hipwise.progress.past import past_of
from tests.planning.runners import asking_for
from tests.progress.logged import TODAY, done, morning

L = load()
BRIDGE = "single_leg_bridge"


def log(*entries: Entry) -> PainLog:
    return PainLog(entries, TODAY, L)


@pytest.mark.parametrize(
    ("pain", "light"),
    [(0, Light.GREEN), (2, Light.GREEN), (3, Light.AMBER), (5, Light.AMBER), (6, Light.RED)],
)
def test_the_traffic_light(pain: int, light: Light) -> None:
    assert light_of(pain, L) is light


@pytest.mark.parametrize(
    ("before", "after", "stiff", "bad"),
    [(0, 1, False, False), (0, 2, False, True), (3, 4, False, False), (3, 5, False, True)]
    + [(0, 0, True, True)],
)
def test_the_morning_after_is_held_against_the_pain_before(
    before: int, after: int, stiff: bool, bad: bool
) -> None:
    assert is_bad_morning(before, MorningAfter("m", TODAY, after, stiff), L) is bad


def test_what_hurts_too_much_rests_for_a_week_and_its_easier_form_takes_over() -> None:
    hurt = done(ExerciseDone(BRIDGE, 2, pain=7), days_ago=2)
    past = past_of([hurt], (), TODAY, L)
    assert "rests until" in past.resting[BRIDGE]
    finding = asking_for("hip_extensor_strength")
    made = plan([finding], Circumstances(12, 3), start=TODAY, weeks=1, past=past, library=L)
    used = {item.exercise for s in made.weeks[0].sessions for item in s.items}
    assert BRIDGE not in used
    assert "glute_bridge" in used
    assert (BRIDGE, past.resting[BRIDGE]) in made.resting
    assert log(done(ExerciseDone(BRIDGE, 2, pain=7), days_ago=8)).resting() == {}


@pytest.mark.parametrize(
    "item",
    [ExerciseDone(BRIDGE, 1, stopped=True), ExerciseDone(BRIDGE, 1, below_knee=True, pain=2)],
)
def test_an_exercise_ended_for_pain_rests_too(item: ExerciseDone) -> None:
    assert BRIDGE in log(done(item)).resting()


def test_amber_pain_stops_nothing() -> None:
    assert log(done(ExerciseDone(BRIDGE, 2, pain=4))).resting() == {}


def test_hurt_twice_it_waits_for_a_professional() -> None:
    twice = [done(ExerciseDone(BRIDGE, 2, pain=8), days_ago=n) for n in (20, 9)]
    assert "looked at" in log(*twice).resting()[BRIDGE]


def test_a_bad_morning_halves_the_next_dose_and_a_good_session_gives_it_back() -> None:
    entries: list[Entry] = [done(ExerciseDone(BRIDGE, 3), days_ago=3), morning(3, days_ago=2)]
    assert set(log(*entries).cut()) == {BRIDGE}
    past = past_of(entries, (), TODAY, L)
    finding = asking_for("hip_extensor_strength")
    made = plan([finding], Circumstances(30, 3), start=TODAY, weeks=1, past=past, library=L)
    sets = [i.sets for s in made.weeks[0].sessions for i in s.items if i.exercise == BRIDGE]
    assert all(n == 1 for n in sets)
    assert log(*entries, done(ExerciseDone(BRIDGE, 1), days_ago=1)).cut() == {}


def test_two_bad_mornings_in_a_row_rest_two_days_and_go_a_step_back() -> None:
    entries: list[Entry] = [
        done(ExerciseDone(BRIDGE, 3), days_ago=3),
        morning(3, days_ago=2),
        done(ExerciseDone(BRIDGE, 2), days_ago=1),
        morning(2, days_ago=0),
    ]
    assert log(*entries).rest_until() == TODAY + timedelta(days=2)
    past = past_of(entries, (), TODAY, L)
    assert past.steps[BRIDGE] == -1
    assert any("Two bad mornings" in words for words in past.warnings)
    made = plan([], Circumstances(8, 7), start=TODAY, weeks=1, past=past, library=L)
    assert min(s.day for s in made.weeks[0].sessions if s.day) >= TODAY + timedelta(days=2)


def test_pain_below_the_knee_asks_for_the_safety_questions() -> None:
    item = ExerciseDone(BRIDGE, 1, below_knee=True, pain=2)
    assert any("safety questions" in words for words in log(done(item)).warnings())


def test_rising_pain_is_told_and_steady_pain_is_not() -> None:
    def week(pain: int, days_ago: int) -> Entry:
        return done(ExerciseDone(BRIDGE, 2, pain=pain), days_ago=days_ago)

    assert any("week to week" in w for w in log(week(2, 9), week(4, 2)).warnings())
    assert list(log(week(4, 9), week(4, 2)).warnings()) == []
    assert list(log(week(0, 9), week(2, 2)).warnings()) == []
