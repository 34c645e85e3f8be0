"""Pain as a guide: its traffic light, and what follows for exercises and for the next days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from statistics import fmean

from hipwise.knowledge.evaluation import Facts, evaluate
from hipwise.knowledge.library import Library
from hipwise.progress.log import Entry, ExerciseDone, MorningAfter, SessionDone

MORNINGS_IN_A_ROW = 2
"""After so many bad mornings everything rests for two days (guidance.yaml, pain_24h)."""
REST_AFTER_MORNINGS = timedelta(days=2)
WEEK = timedelta(days=7)
RISING_BY, RISING_FROM = 1.0, 3.0
"""Mean pain that rises by this much from week to week, to at least that much, is told (chosen)."""


class Light(StrEnum):
    """What a number of pain means for training."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


def light_of(pain: int, library: Library) -> Light:
    """Return the colour of a pain from 0 to 10 (guidance.yaml, pain_zones)."""
    if pain <= library.setting("pain_fine"):
        return Light.GREEN
    return Light.AMBER if pain <= library.setting("pain_allowed") else Light.RED


def is_bad_morning(before: int, morning: MorningAfter, library: Library) -> bool:
    """Whether the last dose was too high (guidance.yaml, pain_24h)."""
    rule = library.guidance["pain_24h"].holds_when
    facts = Facts({"pain_next_morning": float(morning.pain), "pain_before": float(before)})
    return morning.stiff_longer or (rule is not None and evaluate(rule, facts).holds is True)


@dataclass(frozen=True)
class PainLog:
    """What the log says about pain, up to `today`."""

    entries: Sequence[Entry]
    today: date
    library: Library

    @cached_property
    def sessions(self) -> tuple[SessionDone, ...]:
        """Sessions in time order."""
        done = (e for e in self.entries if isinstance(e, SessionDone))
        return tuple(sorted(done, key=lambda session: session.at))

    @property
    def remembered(self) -> timedelta:
        """So far back what hurt, and how the mornings were, still counts."""
        return timedelta(days=self.library.setting("pain_remembered_days"))

    def resting(self) -> dict[str, str]:
        """Return the exercises that wait because of pain, each with the reason."""
        red: dict[str, list[date]] = {}
        for session in self.sessions:
            for item in session.items:
                if self._stops(item):
                    red.setdefault(item.exercise, []).append(session.at.date())
        rest = timedelta(days=self.library.setting("rest_after_pain_days"))
        reasons = {}
        for exercise, days in red.items():
            lately = [day for day in days if self.today - day <= self.remembered]
            if len(set(lately)) > 1:
                reasons[exercise] = (
                    "It hurt too much more than once: have it looked at before you do it again."
                )
            elif lately and self.today - lately[-1] <= rest:
                until = lately[-1] + rest
                reasons[exercise] = f"It hurt too much on {lately[-1]}: it rests until {until}."
        return reasons

    def _stops(self, item: ExerciseDone) -> bool:
        hurt = item.pain is not None and light_of(item.pain, self.library) is Light.RED
        return hurt or item.stopped or item.below_knee

    @cached_property
    def bad_mornings(self) -> frozenset[date]:
        """The days whose morning told that the session before was too much."""
        before = {s.at.date(): s.pain_before or 0 for s in self.sessions}
        mornings = (e for e in self.entries if isinstance(e, MorningAfter))
        return frozenset(
            m.day
            for m in mornings
            if (eve := m.day - timedelta(days=1)) in before
            and is_bad_morning(before[eve], m, self.library)
        )

    def cut(self) -> dict[str, str]:
        """Return the exercises whose next dose is halved: those of a session with a bad morning.

        Once a later session went well they have their dose back.
        """
        reasons: dict[str, str] = {}
        for session in self.sessions:
            too_much = session.at.date() + timedelta(days=1) in self.bad_mornings
            for item in session.items:
                reasons.pop(item.exercise, None)
                if too_much:
                    reasons[item.exercise] = "The morning after was worse: half the dose next time."
        return reasons

    def rest_until(self) -> date | None:
        """Return the first day that may hold a session again after two bad mornings in a row."""
        trained = (s.at.date() for s in self.sessions)
        lately = [day for day in trained if self.today - day <= self.remembered]
        mornings = [day + timedelta(days=1) for day in lately[-MORNINGS_IN_A_ROW:]]
        if len(mornings) < MORNINGS_IN_A_ROW or not self.bad_mornings.issuperset(mornings):
            return None
        return mornings[-1] + REST_AFTER_MORNINGS

    def warnings(self) -> Iterator[str]:
        """Yield what the runner must be told before the next session."""
        lately = [s for s in self.sessions if self.today - s.at.date() <= WEEK]
        if any(item.below_knee for s in lately for item in s.items):
            yield (
                "Pain went below your knee. Stop that exercise and answer the safety questions "
                "again before you go on: hipwise screen."
            )
        if self.rest_until() is not None:
            yield "Two bad mornings in a row: rest two days, then everything goes one step back."
        if self._rises():
            yield (
                "Your pain grows from week to week. Show it to a doctor or physiotherapist before "
                "you raise anything."
            )

    def _rises(self) -> bool:
        now = _mean_pain(s for s in self.sessions if self.today - s.at.date() < WEEK)
        before = _mean_pain(s for s in self.sessions if WEEK <= self.today - s.at.date() < 2 * WEEK)
        if now is None or before is None:
            return False
        return now >= RISING_FROM and now - before >= RISING_BY


def _mean_pain(sessions: Iterable[SessionDone]) -> float | None:
    told = [
        pain
        for session in sessions
        for pain in (session.pain_after, *(item.pain for item in session.items))
        if pain is not None
    ]
    return fmean(told) if told else None
