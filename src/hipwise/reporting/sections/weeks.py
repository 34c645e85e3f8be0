"""The weeks of a plan: on which days which routine, told once where it comes again."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, timedelta

from hipwise.planning.plan import (
    Plan,
    Prescription,
    Session,
    SessionKind,
    Week,
    WeekPhase,
)
from hipwise.reporting.numbers import small_first

PHASE = {
    WeekPhase.SETTLE_IN: ("Settling in", "easier exercises and few sets, to learn them"),
    WeekPhase.BUILD: ("Building up", "more sets, and harder forms of what has become easy"),
    WeekPhase.LOAD: ("Working", "the full dose, and the hardest exercises you are ready for"),
    WeekPhase.UNLOAD: ("An easier week", "half the sets, so that you take in what you trained"),
    WeekPhase.TAPER: ("Before your race", "half the sets, so that you start rested"),
    WeekPhase.RACE: ("Race week", "little, and nothing on the day before the race"),
    WeekPhase.RECOVER: ("After your race", "easy movement only"),
    WeekPhase.PAUSE: ("A pause", "no training"),
}
"""What each phase is called, and what it means."""


@dataclass(frozen=True)
class RoutineDays:
    """One routine and the days of a week it is done on.

    `letter` names it, the same wherever it comes again; `as_in` is the number of the earlier week
    in which it came first, None where it is new.
    """

    letter: str
    kind: SessionKind
    days: tuple[date, ...]
    seconds: float
    items: tuple[Prescription, ...]
    as_in: int | None


@dataclass(frozen=True)
class WeekLines:
    """A week ready to be laid out."""

    week: Week
    name: str
    meaning: str
    routines: tuple[RoutineDays, ...]

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.week.start + timedelta(days=6)


def weeks_of(plan: Plan) -> tuple[WeekLines, ...]:
    """Lay out every week."""
    known: dict[Hashable, tuple[str, int]] = {}
    return tuple(_lines(week, known) for week in plan.weeks)


def _lines(week: Week, known: dict[Hashable, tuple[str, int]]) -> WeekLines:
    name, meaning = PHASE[week.phase]
    routines = []
    for what, sessions in _by_routine(week).items():
        letter, number = known.setdefault(what, (_letter(len(known)), week.number))
        first = sessions[0]
        routines.append(
            RoutineDays(
                letter=letter,
                kind=first.kind,
                days=tuple(s.day for s in sessions if s.day),
                seconds=first.seconds,
                items=first.items,
                as_in=number if number != week.number else None,
            )
        )
    return WeekLines(week, name, meaning, tuple(routines))


def _by_routine(week: Week) -> dict[Hashable, list[Session]]:
    """Put the sessions of a week that are the same together, in the order of their first day."""
    groups: dict[Hashable, list[Session]] = {}
    for session in week.sessions:
        doses = tuple(
            (i.exercise, i.sets, i.reps, i.hold_s, i.extra_side, i.steps) for i in session.items
        )
        groups.setdefault((session.kind, doses), []).append(session)
    return groups


def _letter(place: int) -> str:
    """Return A to Z, then AA, AB and so on."""
    letter = chr(ord("A") + place % 26)
    return letter if place < 26 else _letter(place // 26 - 1) + letter


def days_in_words(days: tuple[date, ...]) -> str:
    """Return `Tue 1, Thu 3 December`."""
    words = []
    for place, day in enumerate(days):
        ends_month = place + 1 == len(days) or days[place + 1].month != day.month
        words.append(f"{day:%a} {day.day}" + (f" {day:%B}" if ends_month else ""))
    return ", ".join(words)


def phase_in_words(lines: WeekLines) -> str:
    """Return `settling in: easier exercises and few sets, to learn them`."""
    return f"{small_first(lines.name)}: {lines.meaning}"
