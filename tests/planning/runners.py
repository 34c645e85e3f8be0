"""Findings and lives of made-up runners, to plan for."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from hipwise.findings.finding import Finding, FindingKind
from hipwise.knowledge import load
from hipwise.knowledge.exercises import Equipment
from hipwise.measurement import Side
from hipwise.planning import Circumstances, Past, SessionKind, TimeAway
from hipwise.screening.runner import Trains

MONDAY = date(2026, 11, 30)
TARGETS = sorted(load().targets)
EXERCISES = sorted(load().exercises)


def asking_for(
    *targets: str,
    weight: float = 0.5,
    side: Side | None = None,
    id: str = "made_up",
    days: int = 2,
    kind: FindingKind = FindingKind.ASYMMETRY,
) -> Finding:
    return Finding(
        id=id,
        rule="thigh_extension_uneven",
        kind=kind,
        title="Made up",
        seen="Made up.",
        compared_with="",
        may_mean="",
        against=(),
        grade="D",
        sources=("peterson2022",),
        status="chosen",
        targets=targets,
        side=side,
        measurements=(),
        weight=weight,
        sure=True,
        days=days,
    )


@st.composite
def some_findings(draw: st.DrawFn, most: int = 4) -> tuple[Finding, ...]:
    return tuple(
        asking_for(
            *draw(st.lists(st.sampled_from(TARGETS), min_size=1, max_size=3, unique=True)),
            weight=draw(st.floats(0.05, 1)),
            side=draw(st.sampled_from([None, *Side])),
            id=f"made_up_{number}",
            days=draw(st.integers(1, 2)),
            kind=draw(st.sampled_from([FindingKind.LIMIT, FindingKind.ASYMMETRY])),
        )
        for number in range(draw(st.integers(0, most)))
    )


@st.composite
def lives(draw: st.DrawFn) -> Circumstances:
    week = st.frozensets(st.integers(0, 6))
    runs_on = draw(week)
    start = draw(st.integers(0, 30))
    return Circumstances(
        minutes=draw(st.sampled_from([2, 4, 8, 12, 20, 45])),
        days=draw(st.integers(1, 7)),
        runs_on=runs_on,
        hard_on=frozenset(day for day in runs_on if draw(st.booleans())),
        trains=draw(st.sampled_from(Trains)),
        equipment=draw(st.frozensets(st.sampled_from([e.value for e in Equipment]))),
        conditions=draw(st.frozensets(st.sampled_from(sorted(load().contraindications)))),
        old=draw(st.booleans()),
        screened=draw(st.booleans()),
        not_hopping=draw(st.sampled_from([None, "Hops wait."])),
        race=draw(st.sampled_from([None, MONDAY + timedelta(days=start)])),
        away=tuple(
            TimeAway(MONDAY + timedelta(days=first), MONDAY + timedelta(days=first + 4), training)
            for first, training in draw(
                st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=2)
            )
        ),
    )


@st.composite
def pasts(draw: st.DrawFn) -> Past:
    some = st.sampled_from(EXERCISES)
    reason = "It hurt 7 out of 10."
    last = draw(st.sampled_from([None, *(MONDAY - timedelta(days=n) for n in (1, 2, 5, 20))]))
    return Past(
        sessions=draw(st.dictionaries(some, st.integers(1, 9), max_size=12)),
        steps=draw(st.dictionaries(some, st.integers(-1, 3), max_size=6)),
        mastered=draw(st.frozensets(some, max_size=4)),
        cut=dict.fromkeys(draw(st.sets(some, max_size=4)), reason),
        resting=dict.fromkeys(draw(st.sets(some, max_size=6)), reason),
        last_week=draw(st.frozensets(some, max_size=8)),
        trained_weeks=draw(st.integers(0, 9)),
        days={} if last is None else {last: SessionKind.STRENGTH},
        done_share=draw(st.sampled_from([None, 0.3, 0.9])),
    )
