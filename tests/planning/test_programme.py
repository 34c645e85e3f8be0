"""The solver against trying every choice: doses first, then variety, continuity, and time."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipwise.knowledge import load
from hipwise.knowledge.exercises import Exercise, Movement
from hipwise.planning import SessionKind
from hipwise.planning.demand import Demand
from hipwise.planning.dose import FULL, least_parts, parts_of_a_set, seconds_of
from hipwise.planning.programme import TICK_S, Candidate, Programme, Slot, Wishes
from tests.planning.runners import TARGETS, asking_for

L = load()
Sets = Mapping[tuple[SessionKind, str], int]
POOL = {
    SessionKind.PRE_RUN: ("glute_bridge", "half_kneeling_rock", "leg_swing_sagittal", "bird_dog"),
    SessionKind.STRENGTH: ("single_leg_bridge", "glute_bridge", "side_plank_knees", "dead_bug"),
    SessionKind.POST_RUN: (
        "hip_flexor_stretch",
        "couch_stretch",
        "figure_four",
        "half_kneeling_rock",
    ),
}


def slot(kind: SessionKind, sessions: int, minutes: float, most: int = 8) -> Slot:
    candidates = tuple(
        Candidate(e, tuple(range(1, min(e.dose.sets, 2) + 1))) for e in map(L.exercise, POOL[kind])
    )
    return Slot(kind, sessions, minutes * 60, candidates, most)


def every_choice(slots: list[Slot]) -> Iterator[Sets]:
    keys = [(s.kind, c) for s in slots for c in s.candidates]
    for counts in itertools.product(*((0, *c.levels) for _, c in keys)):
        yield {(k, c.exercise.id): n for (k, c), n in zip(keys, counts, strict=True) if n}


def allowed(sets: Sets, slots: list[Slot], demand: Demand) -> bool:
    for s in slots:
        held = {id: n for (kind, id), n in sets.items() if kind is s.kind}
        ticks = sum(math.ceil(seconds_of(L.exercise(id), n, L) / TICK_S) for id, n in held.items())
        if ticks > math.floor(s.seconds / TICK_S) or len(held) > s.most:
            return False
        if any(L.exercise(id).progression in held for id in held):
            return False
        for target in demand.worth:
            hold = sum(
                n * L.exercise(id).dose.set_s
                for id, n in held.items()
                if L.exercise(id).movement is Movement.STATIC_HOLD
                and L.exercise(id).serves(target) >= L.setting("serves_partly")
            )
            if hold > L.setting("longest_stretch_s"):
                return False
    return True


def worth(sets: Sets, slots: list[Slot], demand: Demand) -> int:
    sessions = {s.kind: s.sessions for s in slots}
    total = 0
    for target, value in demand.worth.items():
        parts = sum(
            n * sessions[kind] * parts_of_a_set(L.exercise(id), target, kind, L)
            for (kind, id), n in sets.items()
        )
        least = least_parts(target, L)
        total += value * (2 * min(parts, least) + min(max(parts - least, 0), FULL - least))
    return total


def order(sets: Sets, slots: list[Slot], demand: Demand, last: frozenset[str]) -> tuple[int, ...]:
    """Missing variety, changes from last week, and ticks of the whole week."""
    sessions = {s.kind: s.sessions for s in slots}
    pool = {
        c.exercise.id: c.exercise
        for s in slots
        for c in s.candidates
        if _helps(c.exercise, s.kind, demand)
    }
    used = {id for _, id in sets}
    missing = 0
    for finding in demand.findings:
        serving = [
            id
            for id, e in pool.items()
            if e.serves(finding.targets[0]) >= L.setting("serves_partly")
        ]
        if len(serving) > 1:
            missing += max(min(2, len(serving)) - len(used & set(serving)), 0)
    changes = sum(-1 if id in last else 1 for id in used) if last else 0
    ticks = sum(
        sessions[kind] * math.ceil(seconds_of(L.exercise(id), n, L) / TICK_S)
        for (kind, id), n in sets.items()
    )
    return missing, changes, ticks


def _helps(exercise: Exercise, kind: SessionKind, demand: Demand) -> bool:
    return any(parts_of_a_set(exercise, t, kind, L) for t, value in demand.worth.items() if value)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(TARGETS), min_size=1, max_size=4, unique=True),
    st.sampled_from([(SessionKind.PRE_RUN,), (SessionKind.STRENGTH, SessionKind.POST_RUN)]),
    st.sampled_from([2, 4, 7]),
    st.frozensets(st.sampled_from(sorted({id for ids in POOL.values() for id in ids})), max_size=4),
)
def test_no_choice_is_better_than_the_solver_s(
    targets: list[str], kinds: tuple[SessionKind, ...], minutes: int, last: frozenset[str]
) -> None:
    slots = [slot(kind, 2, minutes) for kind in kinds]
    findings = [asking_for(t, id=t, weight=1 - n / 10, days=1) for n, t in enumerate(targets)]
    demand = Demand.of(findings, L)
    choices = [sets for sets in every_choice(slots) if allowed(sets, slots, demand)]
    best = max(worth(sets, slots, demand) for sets in choices)
    solution = Programme(slots, demand, L, Wishes(last_week=last)).solve()
    assert allowed(solution.sets, slots, demand)
    assert solution.worth == worth(solution.sets, slots, demand) == best
    of_equal_worth = (s for s in choices if worth(s, slots, demand) == best)
    first = min(order(sets, slots, demand, last) for sets in of_equal_worth)
    assert order(solution.sets, slots, demand, last) == first


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(TARGETS), min_size=1, max_size=4, unique=True))
def test_the_quick_bound_is_never_below_the_worth(targets: list[str]) -> None:
    demand = Demand.of([asking_for(*targets[:3])], L)
    programme = Programme([slot(SessionKind.STRENGTH, 2, 6)], demand, L)
    assert programme.bound() >= programme.worth


def test_at_most_so_many_exercises_in_a_session() -> None:
    demand = Demand.of([asking_for("trunk_control", "hip_extensor_strength")], L)
    solution = Programme([slot(SessionKind.STRENGTH, 2, 60, most=2)], demand, L).solve()
    assert len(solution.sets) == 2


def test_few_new_exercises_where_few_are_wished() -> None:
    demand = Demand.of([asking_for("trunk_control", "hip_extensor_strength")], L)
    base = slot(SessionKind.STRENGTH, 2, 60)
    new = tuple(Candidate(c.exercise, c.levels, is_new=True) for c in base.candidates)
    strange = Slot(base.kind, base.sessions, base.seconds, new, base.most)
    assert Programme([strange], demand, L, Wishes(most_new=0)).solve().sets == {}
    assert len(Programme([strange], demand, L, Wishes(most_new=1)).solve().sets) == 1


def test_nothing_to_choose_from_is_no_error() -> None:
    demand = Demand.of([asking_for("calf_strength")], L)
    empty = Slot(SessionKind.PRE_RUN, 2, 300, (), 8)
    for slots in ([], [empty], [slot(SessionKind.POST_RUN, 1, 5)]):
        programme = Programme(slots, demand, L)
        assert programme.bound() >= 0
        assert programme.solve().worth >= 0


@pytest.mark.parametrize("target", TARGETS)
def test_parts_of_a_set_follow_time_or_number_and_how_well_it_serves(target: str) -> None:
    for exercise in L.exercises.values():
        parts = parts_of_a_set(exercise, target, SessionKind.STRENGTH, L)
        assert parts >= parts_of_a_set(exercise, target, SessionKind.PRE_RUN, L) >= 0
        if exercise.serves(target) >= L.setting("serves_well"):
            wanted = L.weekly_dose(target)
            amount = 1 if wanted.unit == "sets" else exercise.dose.set_s
            assert parts == pytest.approx(FULL * amount / wanted.full.value, abs=0.5)
