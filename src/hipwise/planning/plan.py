"""What a plan is made of: weeks of sessions, what each serves, and what falls short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hipwise.measurement import Side


class SessionKind(StrEnum):
    """When a session is done: before or after a run, as a strength session, or by itself."""

    PRE_RUN = "pre_run"
    POST_RUN = "post_run"
    STRENGTH = "strength"
    DAILY = "daily"


@dataclass(frozen=True)
class Prescription:
    """One exercise in a session.

    `seconds` is the whole time it takes: getting ready, both sides, rests, the extra set. `serves`
    are finding ids, empty where it serves `reason` only (a warm-up for every runner). `extra_side`
    gets one set more, where the evidence asks for it; both sides are always trained. `steps` counts
    the load steps above the stated dose, and `is_new` marks an exercise not done lately.
    """

    exercise: str
    sets: int
    reps: int | None
    hold_s: float | None
    seconds: float
    serves: tuple[str, ...]
    reason: str
    extra_side: Side | None
    steps: int = 0
    is_new: bool = False


@dataclass(frozen=True)
class LeftOut:
    """A training target that could not be served, and why."""

    target: str
    reason: str


@dataclass(frozen=True)
class Session:
    """One routine to follow. `day` is None for a routine that stands in no plan."""

    kind: SessionKind
    minutes_allowed: float
    items: tuple[Prescription, ...]
    left_out: tuple[LeftOut, ...] = ()
    day: date | None = None

    @property
    def seconds(self) -> float:
        """How long the whole session takes."""
        return sum(item.seconds for item in self.items)

    @property
    def id(self) -> str:
        """The session's name within its plan, the same each time the plan is made."""
        return f"{self.day.isoformat()}.{self.kind}" if self.day else str(self.kind)


class WeekPhase(StrEnum):
    """What a week is for."""

    SETTLE_IN = "settle_in"
    BUILD = "build"
    LOAD = "load"
    UNLOAD = "unload"
    TAPER = "taper"
    RACE = "race"
    RECOVER = "recover"
    PAUSE = "pause"


@dataclass(frozen=True)
class Service:
    """What one week gives a finding.

    `share` (0..1) is how much of the full weekly dose of its targets is served, `least` whether the
    least dose that is known to help is reached; `seconds` are weekly seconds of work by
    `exercises`. `reason` says why the dose falls short, empty where it does not.
    """

    finding: str
    share: float
    least: bool
    seconds: float
    exercises: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True)
class Shortfall:
    """A soft wish that a week does not meet in full: what was wished, what is given, and why."""

    wish: str
    wanted: float
    given: float
    unit: str
    reason: str


@dataclass(frozen=True)
class Week:
    """Seven days from Monday `start`.

    `worth` is what the doses of the week are worth by the demand; no week can be worth more under
    the same rules, as its solver proved.
    """

    number: int
    start: date
    phase: WeekPhase
    sessions: tuple[Session, ...]
    services: tuple[Service, ...]
    shortfalls: tuple[Shortfall, ...]
    notes: tuple[str, ...]
    worth: int

    @property
    def seconds(self) -> float:
        """Time of all sessions of the week."""
        return sum(session.seconds for session in self.sessions)


@dataclass(frozen=True)
class Retest:
    """When a test is worth repeating: from `day` on a change can exceed `error` (test's unit)."""

    metric: str
    day: date
    error: float | None


@dataclass(frozen=True)
class MoreMinutes:
    """What `minutes` more for each session would change in the first week; solved, not guessed."""

    minutes: float
    gained: tuple[tuple[str, float, float], ...]
    added: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """Weeks of sessions for one runner.

    `gained` of `more` lists (finding, share now, share then). `resting` are exercises that the
    runner's conditions or pain forbid, with the reason.
    """

    made_on: date
    weeks: tuple[Week, ...]
    retests: tuple[Retest, ...]
    left_out: tuple[LeftOut, ...]
    resting: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    more: MoreMinutes | None

    def sessions_on(self, day: date) -> tuple[Session, ...]:
        """Return the sessions of one day."""
        return tuple(s for week in self.weeks for s in week.sessions if s.day == day)
