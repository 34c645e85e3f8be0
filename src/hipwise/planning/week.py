"""One week of a plan: its days, its routines, what they give each finding, and what falls short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hipwise.findings.finding import FindingKind
from hipwise.knowledge.library import Library
from hipwise.planning.availability import Selection
from hipwise.planning.circumstances import Circumstances
from hipwise.planning.demand import Demand
from hipwise.planning.dose import stepped
from hipwise.planning.history import Past
from hipwise.planning.phases import DAYS, WeekRules, rules_of
from hipwise.planning.plan import Session, SessionKind, Shortfall, Week, WeekPhase
from hipwise.planning.programme import Candidate, Programme, Slot, Wishes
from hipwise.planning.rhythm import Days, Rhythm
from hipwise.planning.routine import Routine
from hipwise.planning.service import Given, services

CONTINUED = 3
"""Sets up to this number are each a level of their own; of more, one set or all (chosen by us)."""


@dataclass(frozen=True)
class Task:
    """What one week is planned from.

    `number` counts the weeks of the plan from 1, `trained_weeks` those of training before it.
    `first_day` is the first day that may hold a session. `before` are the days of the last week.
    """

    number: int
    start: date
    first_day: date
    trained_weeks: int
    demand: Demand
    circumstances: Circumstances
    past: Past
    before: Days
    library: Library

    @property
    def dates(self) -> tuple[date, ...]:
        """The seven days."""
        return tuple(self.start + timedelta(days=day) for day in range(DAYS))

    @property
    def gently(self) -> frozenset[str]:
        """Targets in which something is below its limit: their training begins at the easiest."""
        limits = (f for f in self.demand.findings if f.kind is FindingKind.LIMIT)
        return frozenset(target for finding in limits for target in finding.targets)

    @property
    def done(self) -> int:
        """How many sessions of this week are over already."""
        return sum(day in self.past.days for day in self.dates)

    @property
    def few(self) -> bool:
        """Whether so few sessions were done that short ones are planned."""
        done = self.past.done_share
        return done is not None and done < LOW_ADHERENCE


LOW_ADHERENCE = 0.6
"""As `knowledge/content/guidance.yaml`, adherence, has it."""


@dataclass(frozen=True)
class Planned:
    """A planned week, the days of its sessions, and what it was chosen from."""

    week: Week
    days: Days
    selection: Selection


def plan_week(task: Task) -> Planned:
    """Plan one week: of the possible numbers of strength days the one that is worth most.

    What cannot be worth more, as its bound tells, is not solved. Of equals the one with more
    strength days is taken.
    """
    best, *others = sorted(choices_of(task), key=lambda choice: -choice.bound)
    for choice in others:
        if choice.bound > best.programme.worth and choice.programme.worth > best.programme.worth:
            best = choice
    return best.finished()


def choices_of(task: Task) -> list[Choice]:
    """Write down the week for each possible number of strength days, the most first."""
    rules = rules_of(task.start, task.trained_weeks, task.circumstances, task.few, task.library)
    rhythm = _rhythm(task, rules)
    return [Choice.of(task, rules, days) for days in _days(rules, rhythm)]


def _rhythm(task: Task, rules: WeekRules) -> Rhythm:
    closed = {
        place
        for place, day in enumerate(task.dates)
        if day < max(task.first_day, task.past.rest_until or task.first_day)
        or day in task.past.days
        or task.circumstances.pauses(day)
        or _near_race(day, task)
    }
    if rules.phase is WeekPhase.PAUSE:
        closed = set(range(DAYS))
    return Rhythm(
        task.circumstances,
        frozenset(closed),
        {(day - task.start).days: kind for day, kind in task.past.days.items()},
        task.before,
        tuple(
            ((move.of - task.start).days, (move.to - task.start).days, move.loads)
            for move in task.circumstances.moves
            if move.to in task.dates
        ),
    )


def _near_race(day: date, task: Task) -> bool:
    race = task.circumstances.race
    return race is not None and day in {race, race - timedelta(days=1)}


def _days(rules: WeekRules, rhythm: Rhythm) -> Iterator[Days]:
    """Yield the best days for each number of strength sessions, the most first."""
    for strength in range(rules.strength_days, -1, -1):
        days = rhythm.days(strength)
        if days is not None:
            yield days


@dataclass(frozen=True)
class Choice:
    """A week on given days, with its programme and what that cannot exceed."""

    task: Task
    rules: WeekRules
    days: Days
    selection: Selection
    slots: tuple[Slot, ...]
    programme: Programme
    bound: int

    @classmethod
    def of(cls, task: Task, rules: WeekRules, days: Days) -> Choice:
        """Write the week's programme down."""
        selection = Selection(
            task.library,
            task.circumstances,
            rules,
            task.past,
            away=any(task.circumstances.without_equipment(task.dates[place]) for place in days),
            hops_in=_hops_in(days, task.circumstances),
            gently=task.gently,
            wanted=frozenset(task.demand.worth),
        )
        slots = tuple(_slots(selection, days))
        wishes = Wishes(task.past.last_week, _most_new(task, rules))
        programme = Programme(slots, task.demand, task.library, wishes)
        return cls(task, rules, days, selection, slots, programme, programme.bound())

    def finished(self) -> Planned:
        """Lay the week out and say what it gives."""
        solution = self.programme.solve()
        routine = Routine(solution, self.task.demand, self.task.library, self.task.past)
        sessions = tuple(
            Session(
                kind=kind,
                minutes_allowed=self.task.circumstances.minutes,
                items=items,
                day=self.task.dates[place],
            )
            for place, kind in self.days.items()
            if (items := routine.items(kind))
        )
        given = Given(sessions, solution, self.slots, self.selection, self.task.demand)
        week = Week(
            number=self.task.number,
            start=self.task.start,
            phase=self.rules.phase,
            sessions=sessions,
            services=tuple(services(given)),
            shortfalls=tuple(self._shortfalls(sessions)),
            notes=tuple(self._notes()),
            worth=solution.worth,
        )
        return Planned(week, self.days, self.selection)

    def _shortfalls(self, sessions: tuple[Session, ...]) -> Iterator[Shortfall]:
        wished, given = self.task.circumstances.days, len(self.days) + self.task.done
        if given < wished and self.rules.phase is not WeekPhase.PAUSE:
            reason = "Days that are over, before a race, or off hold no session; nothing piles up."
            yield Shortfall("sessions", wished, given, "sessions", reason)
        if len(sessions) < len(self.days):
            reason = "Nothing that suits you fits into the others."
            yield Shortfall("filled sessions", len(self.days), len(sessions), "sessions", reason)

    def _notes(self) -> Iterator[str]:
        for move in self.task.circumstances.moves:
            if move.to in self.task.dates and (move.to - self.task.start).days not in self.days:
                yield f"The session that you moved to {move.to:%A} has no place there any more."
        if self.selection.away:
            yield "Away from your things: everything is done on the floor or at a wall."
        if self.rules.few:
            yield (
                "Fewer sessions were done than planned, so each holds few exercises: doing them "
                "matters more than what they are."
            )


def _slots(selection: Selection, days: Days) -> Iterator[Slot]:
    few, library = selection.rules.few, selection.library
    for kind, count in Counter(days.values()).items():
        yield Slot(
            kind=kind,
            sessions=count,
            seconds=selection.circumstances.minutes * 60,
            candidates=tuple(_candidates(selection, kind)),
            most=int(library.setting("fewest_exercises" if few else "most_exercises")),
        )


def _most_new(task: Task, rules: WeekRules) -> int:
    """Return how many exercises may be new: few, until there are enough; none in an easy week."""
    if rules.halved and task.past.sessions:
        return 0
    to_begin_with = int(task.library.setting("first_exercises")) - len(task.past.sessions)
    return max(int(task.library.setting("new_exercises")), to_begin_with)


def _hops_in(days: Days, circumstances: Circumstances) -> frozenset[SessionKind]:
    """Return the kinds of session of which none lies on the day before a hard run."""
    before_hard = {
        kind for place, kind in days.items() if (place + 1) % DAYS in circumstances.hard_on
    }
    return frozenset(days.values()) - before_hard


def _candidates(selection: Selection, kind: SessionKind) -> Iterator[Candidate]:
    past, library = selection.past, selection.library
    for exercise in selection.exercises(kind):
        is_new = past.sessions.get(exercise.id, 0) == 0
        most = selection.rules.sets_of(exercise.dose.sets)
        if is_new:
            most = min(most, int(library.setting("new_exercise_sets")))
        if exercise.id in past.cut:
            most = max(1, most // 2)
        dosed = stepped(exercise, past.steps.get(exercise.id, 0))
        yield Candidate(dosed, _levels(most), is_new)


def _levels(most: int) -> tuple[int, ...]:
    return tuple(range(1, most + 1)) if most <= CONTINUED else (1, most)


def after(past: Past, week: Week) -> Past:
    """Return what will be known once `week` has been done as planned."""
    done: Mapping[str, int] = Counter(
        item.exercise for session in week.sessions for item in session.items
    )
    sessions = dict(past.sessions)
    for id, count in done.items():
        sessions[id] = sessions.get(id, 0) + count
    return replace(
        past,
        sessions=sessions,
        cut={},
        last_week=frozenset(done) or past.last_week,
        days={**past.days, **{s.day: s.kind for s in week.sessions if s.day}},
    )
