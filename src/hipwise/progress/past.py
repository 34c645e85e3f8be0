"""From the log to what a plan must know: what was done, what was easy, hard, or hurt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from hipwise.knowledge.evaluation import Facts, evaluate
from hipwise.knowledge.exercises import Exercise
from hipwise.knowledge.library import Library
from hipwise.planning.circumstances import TimeAway
from hipwise.planning.dose import stepped
from hipwise.planning.history import Past
from hipwise.planning.plan import Plan, Session, SessionKind
from hipwise.progress.log import Entry, ExerciseDone, Felt, SessionDone, TimeOff
from hipwise.progress.pain import Light, PainLog, light_of

TOO_HARD_IN_A_ROW = 2
"""After so many sessions too hard an exercise goes one step back (chosen by us)."""
WEEK = timedelta(days=7)


def past_of(entries: Sequence[Entry], plans: Sequence[Plan], today: date, library: Library) -> Past:
    """Return what the log says up to `today`; `plans` are those that held, the oldest first."""
    pain = PainLog(entries, today, library)
    sessions = pain.sessions
    done = [(s.at.date(), item) for s in sessions for item in s.items if item.sets > 0]
    times: dict[str, list[ExerciseDone]] = {}
    for _, item in done:
        times.setdefault(item.exercise, []).append(item)
    progress = {
        id: _followed(items, id, library) for id, items in times.items() if id in library.exercises
    }
    back = 1 if pain.rest_until() is not None else 0
    return Past(
        sessions=Counter(item.exercise for _, item in done),
        steps={id: p.steps - back for id, p in progress.items() if p.steps - back},
        mastered=frozenset(id for id, p in progress.items() if p.mastered and not back),
        cut=pain.cut(),
        resting=pain.resting(),
        last_week=frozenset(item.exercise for day, item in done if today - day <= WEEK),
        trained_weeks=_trained_weeks([s.at.date() for s in sessions], library),
        days=_days(sessions),
        done_share=_done_share(sessions, plans, today, library),
        rest_until=pain.rest_until(),
        warnings=tuple(pain.warnings()),
    )


def _days(sessions: Sequence[SessionDone]) -> dict[date, SessionKind]:
    kinds: dict[date, SessionKind] = {}
    for session in sessions:
        day = session.at.date()
        if kinds.get(day) is not SessionKind.STRENGTH:
            kinds[day] = session.kind
    return kinds


class _Progress:
    """How one exercise went over its sessions: load steps earned, and whether it is mastered."""

    def __init__(self, exercise: Exercise, library: Library) -> None:
        self.exercise, self.library = exercise, library
        self.steps, self.mastered = 0, False
        self._above = self._hard = 0

    def take(self, item: ExerciseDone) -> None:
        """Count one session."""
        above = self._above_target(item)
        calm = item.pain is None or light_of(item.pain, self.library) is Light.GREEN
        self._above = self._above + 1 if above >= 1 and calm else 0
        self._hard = self._hard + 1 if item.felt is Felt.TOO_HARD else 0
        facts = Facts(
            {"reps_above_target": float(above), "consecutive_sessions": float(self._above)}
        )
        rule = self.library.guidance["strength_progress"].holds_when
        if calm and rule is not None and evaluate(rule, facts).holds:
            self.steps, self.mastered, self._above = self.steps + 1, True, 0
        if self._hard >= TOO_HARD_IN_A_ROW:
            self.steps, self.mastered, self._hard = self.steps - 1, False, 0

    def _above_target(self, item: ExerciseDone) -> int:
        """How many repetitions the session lay above its target; 1 where it just felt easy."""
        wanted = stepped(self.exercise, self.steps).dose.reps
        over = (item.reps - wanted) if item.reps is not None else 0
        reserve = item.reps_in_reserve
        easy = item.felt is Felt.TOO_EASY or (
            reserve is not None and reserve >= self.library.setting("easy_reserve")
        )
        return max(over, 1 if easy else 0)


def _followed(items: Sequence[ExerciseDone], id: str, library: Library) -> _Progress:
    """Follow an exercise through its sessions in time order."""
    progress = _Progress(library.exercise(id), library)
    for item in items:
        progress.take(item)
    return progress


def _trained_weeks(days: Sequence[date], library: Library) -> int:
    """Return the weeks with a session since the last long break."""
    weeks: set[date] = set()
    before: date | None = None
    for day in days:
        if before is not None and (day - before).days > library.setting("detrained_days"):
            weeks.clear()
        weeks.add(day - timedelta(days=day.weekday()))
        before = day
    return len(weeks)


def _done_share(
    sessions: Sequence[SessionDone], plans: Sequence[Plan], today: date, library: Library
) -> float | None:
    """Return the share of the sessions planned of late that were done; None where none were."""
    counted = int(library.setting("counted_days"))
    planned = {
        session.id
        for ago in range(1, counted + 1)
        for session in planned_on(today - timedelta(days=ago), plans)
    }
    if not planned:
        return None
    return len(planned & {s.session for s in sessions}) / len(planned)


def planned_on(day: date, plans: Sequence[Plan]) -> tuple[Session, ...]:
    """Return the sessions of a day, by the plan that held when the day began.

    One that was made on the day itself may have taken in what was already done on it.
    """
    held = [plan for plan in plans if plan.made_on < day][-1:]
    held = held or [plan for plan in plans if plan.made_on == day][:1]
    return held[0].sessions_on(day) if held else ()


def time_away(entries: Sequence[Entry]) -> Iterator[TimeAway]:
    """Yield the days without training, or without equipment, that the log names."""
    for entry in entries:
        if isinstance(entry, TimeOff):
            yield TimeAway(entry.first, entry.last, training=entry.reason == "away")
