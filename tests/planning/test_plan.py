"""Whatever the runner, no plan breaks a rule, and every finding and exercise is explained."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.errors import UsageError
from hipwise.findings.finding import Finding
from hipwise.knowledge import load
from hipwise.knowledge.exercises import Exercise, Movement
from hipwise.planning import Circumstances, Past, Plan, SessionKind, plan
from hipwise.planning.availability import FITS, loads
from hipwise.planning.circumstances import WITH_NOTHING
from hipwise.planning.phases import HALVED
from hipwise.planning.plan import Session, WeekPhase
from tests.planning.runners import MONDAY, asking_for, lives, pasts, some_findings

L = load()
WEEKS = 3


def planned(findings: tuple[Finding, ...], life: Circumstances, past: Past) -> Plan:
    return plan(findings, life, start=MONDAY, weeks=WEEKS, past=past, library=L)


def exercises_of(session: Session) -> list[Exercise]:
    return [L.exercise(item.exercise) for item in session.items]


@settings(max_examples=30, deadline=None)
@given(some_findings(), lives(), pasts())
def test_no_plan_breaks_a_hard_rule(
    findings: tuple[Finding, ...], life: Circumstances, past: Past
) -> None:
    made = planned(findings, life, past)
    assert len(made.weeks) == WEEKS
    for week in made.weeks:
        days = [s.day for s in week.sessions]
        assert len(set(days)) == len(days) <= life.days
        for session in week.sessions:
            _fits_the_life(session, life)
            _is_safe(session, life, past)
            if week.phase in HALVED:
                assert all(
                    2 * i.sets <= max(L.exercise(i.exercise).dose.sets, 2) for i in session.items
                )
        if week.phase in {WeekPhase.RACE, WeekPhase.RECOVER}:
            assert all(s.kind is not SessionKind.STRENGTH for s in week.sessions)
        hops = sum(
            i.sets * i.reps * L.exercise(i.exercise).sides
            for s in week.sessions
            for i in s.items
            if L.exercise(i.exercise).impact and i.reps
        )
        assert hops <= L.setting("most_hops")


def _fits_the_life(session: Session, life: Circumstances) -> None:
    assert session.day is not None
    assert session.items
    assert session.seconds <= life.minutes * 60
    assert not life.pauses(session.day)
    assert life.race not in {session.day, session.day + timedelta(days=1)}
    run = session.day.weekday() in life.runs_on
    if session.kind is SessionKind.DAILY:
        assert not run
    if session.kind in {SessionKind.PRE_RUN, SessionKind.POST_RUN}:
        assert run
    assert len(session.items) <= L.setting("most_exercises")
    if life.without_equipment(session.day):
        assert all(set(e.equipment) <= WITH_NOTHING for e in exercises_of(session))
    assert all(set(e.equipment) <= life.equipment | WITH_NOTHING for e in exercises_of(session))


def _is_safe(session: Session, life: Circumstances, past: Past) -> None:
    chosen = exercises_of(session)
    assert len({e.id for e in chosen}) == len(chosen)
    for item, exercise in zip(session.items, chosen, strict=True):
        assert not FITS[session.kind].isdisjoint(exercise.phases)
        assert life.conditions.isdisjoint(exercise.contraindications)
        assert exercise.id not in past.resting
        assert not (exercise.impact and life.not_hopping)
        assert exercise.progression not in {e.id for e in chosen}
        assert 1 <= item.sets <= exercise.dose.sets
        assert item.extra_side is None or exercise.unilateral
        if item.is_new:
            assert item.sets <= L.setting("new_exercise_sets")
        if not life.screened:
            assert exercise.effort <= L.setting("hardest_before_tests")
    if session.kind is SessionKind.PRE_RUN:
        assert all(e.movement is not Movement.STATIC_HOLD for e in chosen)
    if session.kind is not SessionKind.STRENGTH:
        assert not any(loads(e, L) for e in chosen)
    for target in L.targets:
        held_s = sum(
            item.sets * e.dose.set_s
            for item, e in zip(session.items, chosen, strict=True)
            if e.movement is Movement.STATIC_HOLD and e.serves(target) >= L.setting("serves_partly")
        )
        assert held_s <= L.setting("longest_stretch_s")


@settings(max_examples=30, deadline=None)
@given(some_findings(), lives(), pasts())
def test_loaded_muscles_recover_and_no_hard_run_follows(
    findings: tuple[Finding, ...], life: Circumstances, past: Past
) -> None:
    made = planned(findings, life, past)
    loaded = sorted(
        s.day for w in made.weeks for s in w.sessions if s.kind is SessionKind.STRENGTH and s.day
    )
    assert all((b - a).days > 1 for a, b in pairwise([*past.strength_days, *loaded]))
    assert not any((day + timedelta(days=1)).weekday() in life.hard_on for day in loaded)
    for session in (s for w in made.weeks for s in w.sessions):
        assert session.day is not None
        if (session.day + timedelta(days=1)).weekday() in life.hard_on:
            assert not any(e.impact for e in exercises_of(session))


@settings(max_examples=40, deadline=None)
@given(some_findings(), lives(), pasts())
def test_every_finding_and_every_exercise_is_explained(
    findings: tuple[Finding, ...], life: Circumstances, past: Past
) -> None:
    made = planned(findings, life, past)
    ids = {f.id for f in findings if f.targets}
    for week in made.weeks:
        assert {s.finding for s in week.services} == ids
        used = {i.exercise for s in week.sessions for i in s.items}
        for service in week.services:
            assert 0 <= service.share <= 1
            assert bool(service.reason) == (service.share < 0.995)
            assert set(service.exercises) <= used
            assert (service.seconds > 0) == bool(service.exercises)
        for item in (i for s in week.sessions for i in s.items):
            assert item.reason
            assert set(item.serves) <= ids
            assert bool(item.serves) != (item.reason == "general")
    assert all(left_out.reason for left_out in made.left_out)
    assert all(reason for _, reason in made.resting)


@settings(max_examples=15, deadline=None)
@given(some_findings(), lives(), pasts())
def test_the_same_input_gives_the_same_plan(
    findings: tuple[Finding, ...], life: Circumstances, past: Past
) -> None:
    first = planned(findings, life, past)
    assert planned(tuple(reversed(findings)), life, past) == first


@settings(max_examples=20, deadline=None)
@given(some_findings(), lives(), st.integers(1, 20))
def test_more_minutes_are_never_worth_less(
    findings: tuple[Finding, ...], life: Circumstances, more: int
) -> None:
    from dataclasses import replace

    longer = replace(life, minutes=life.minutes + more)
    weeks = [plan(findings, x, start=MONDAY, weeks=1, library=L).weeks[0] for x in (life, longer)]
    assert weeks[1].worth >= weeks[0].worth


def test_both_sides_are_trained_and_one_gets_more_only_once_seen_twice() -> None:
    from hipwise.measurement import Side

    life = Circumstances(10, 4)
    for days, expected in ((1, set()), (2, {Side.RIGHT})):
        finding = asking_for("hip_flexor_mobility", side=Side.RIGHT, days=days)
        made = plan([finding], life, start=MONDAY, weeks=1, library=L)
        extra = {i.extra_side for s in made.weeks[0].sessions for i in s.items} - {None}
        assert extra == expected


def test_a_stiff_runner_gets_stretches_and_a_weak_one_strength() -> None:
    life = Circumstances(10, 3, frozenset({1, 3, 6}), frozenset({6}))
    stiff, weak = (
        Counter(
            s.kind
            for s in plan([asking_for(*targets)], life, start=MONDAY, weeks=1, library=L)
            .weeks[0]
            .sessions
        )
        for targets in (
            ("hip_flexor_mobility", "hamstring_mobility"),
            ("hip_extensor_strength", "knee_extensor_strength"),
        )
    )
    assert stiff[SessionKind.POST_RUN] > weak[SessionKind.POST_RUN]
    assert weak[SessionKind.STRENGTH] == 2


def test_a_plan_begins_gently_and_goes_from_easier_to_harder() -> None:
    life = Circumstances(15, 4)
    finding = asking_for("hip_extensor_strength", "knee_extensor_strength")
    made = plan([finding], life, start=MONDAY, weeks=8, library=L)
    hardest = [max(e.effort for s in w.sessions for e in exercises_of(s)) for w in made.weeks]
    assert hardest[0] <= L.setting("settle_in_effort")
    assert hardest[-1] > hardest[0]
    done: Counter[str] = Counter()
    for week in made.weeks:
        for exercise in {e.id: e for s in week.sessions for e in exercises_of(s)}.values():
            easier = exercise.regression
            if exercise.effort > 3 and easier and done[exercise.id] == 0:
                assert done[easier] >= 4, f"{exercise.id} before {easier}"
        done += Counter(i.exercise for s in week.sessions for i in s.items)


def test_an_easy_week_comes_every_fourth_and_brings_nothing_new() -> None:
    made = plan(
        [asking_for("trunk_control")], Circumstances(10, 4), start=MONDAY, weeks=8, library=L
    )
    assert [w.phase for w in made.weeks].count(WeekPhase.UNLOAD) == 2
    for week in made.weeks:
        if week.phase is WeekPhase.UNLOAD:
            assert not any(i.is_new for s in week.sessions for i in s.items)


def test_a_race_is_approached_easily_and_followed_by_rest() -> None:
    race = MONDAY + timedelta(days=20)
    life = Circumstances(15, 4, frozenset({1, 3, 6}), frozenset({6}), race=race)
    made = plan([asking_for("hip_extensor_strength")], life, start=MONDAY, weeks=5, library=L)
    phases = [w.phase for w in made.weeks]
    assert phases[2:4] == [WeekPhase.RACE, WeekPhase.RECOVER]
    assert phases[1] in {WeekPhase.TAPER, WeekPhase.SETTLE_IN}
    days = [s.day for w in made.weeks for s in w.sessions]
    assert race not in days
    assert race - timedelta(days=1) not in days


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"minutes": 0}, "0 minutes cannot be planned"),
        ({"minutes": 600}, "600 minutes cannot be planned"),
        ({"days": 0}, "0 training days a week cannot be planned"),
        ({"days": 9}, "9 training days a week cannot be planned"),
        ({"race": MONDAY - timedelta(days=1)}, "race on 2026-11-29 is over"),
    ],
)
def test_impossible_wishes_are_refused(changes: dict[str, object], words: str) -> None:
    from dataclasses import replace

    with pytest.raises(UsageError, match=words):
        plan([], replace(Circumstances(8, 3), **changes), start=MONDAY, library=L)  # type: ignore[arg-type]


@pytest.mark.parametrize("weeks", [0, -1, 27])
def test_a_plan_has_a_sensible_length(weeks: int) -> None:
    with pytest.raises(UsageError, match="weeks cannot be planned"):
        plan([], Circumstances(8, 3), start=MONDAY, weeks=weeks, library=L)


def test_where_everything_is_forbidden_the_plan_says_so_and_is_empty() -> None:
    life = Circumstances(8, 3, conditions=frozenset(L.contraindications))
    made = plan([asking_for("hip_extensor_strength")], life, start=MONDAY, weeks=2, library=L)
    for session in (s for w in made.weeks for s in w.sessions):
        assert all(not e.contraindications for e in exercises_of(session))
    assert made.resting
    assert any("rests" in note for note in made.notes)


def test_a_wish_that_is_too_much_gives_the_best_there_is_and_says_what_falls_short() -> None:
    wishes = tuple(
        asking_for(target, id=target, weight=0.9 - 0.01 * place)
        for place, target in enumerate(sorted(L.targets))
    )
    made = plan(wishes, Circumstances(4, 2), start=MONDAY, weeks=1, library=L)
    services = made.weeks[0].services
    assert any(s.share < 0.5 and "not fit into your minutes" in s.reason for s in services)
    assert made.left_out


def test_a_week_of_illness_holds_nothing_and_nothing_is_made_up_for() -> None:
    from hipwise.planning import TimeAway

    ill = TimeAway(MONDAY + timedelta(days=7), MONDAY + timedelta(days=13), training=False)
    life = Circumstances(10, 4, away=(ill,))
    made = plan([asking_for("trunk_control")], life, start=MONDAY, weeks=3, library=L)
    assert made.weeks[1].phase is WeekPhase.PAUSE
    assert made.weeks[1].sessions == ()
    assert all(len(w.sessions) <= 4 for w in made.weeks)


def test_after_a_long_break_it_begins_again() -> None:
    past = Past(trained_weeks=9, days={MONDAY - timedelta(days=20): SessionKind.DAILY})
    made = plan([asking_for("trunk_control")], Circumstances(10, 3), start=MONDAY, past=past)
    assert made.weeks[0].phase is WeekPhase.SETTLE_IN


def test_five_minutes_more_are_solved_and_told() -> None:
    findings = [asking_for(t, id=t) for t in ("hip_flexor_mobility", "hamstring_mobility")]
    made = plan(findings, Circumstances(5, 3), start=MONDAY, weeks=1, library=L)
    assert made.more is not None
    longer = plan(findings, Circumstances(10, 3), start=MONDAY, weeks=1, library=L)
    shares = {s.finding: s.share for s in longer.weeks[0].services}
    assert made.more.gained
    for finding, before, after in made.more.gained:
        assert after == pytest.approx(shares[finding])
        assert after > before
