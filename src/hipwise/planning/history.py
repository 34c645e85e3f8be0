"""What a plan must know of the past; the log (`progress`) tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from hipwise.planning.plan import SessionKind


@dataclass(frozen=True)
class Past:
    """What was done lately, and how it went.

    `sessions` counts the sessions of each exercise, `steps` the load steps it has earned (below 0
    where it was too hard), `mastered` names those ready for their harder form. `cut` are exercises
    whose next dose is lowered, `resting` those that wait, each with the reason. `last_week` are the
    exercises of the week before, `trained_weeks` how many weeks of training lie behind, `days` the
    days with a session, each with its kind: strength where there was one. `done_share` is the share
    of the planned sessions that were done, and `rest_until` the first day that may hold a session
    again.
    """

    sessions: Mapping[str, int] = field(default_factory=dict)
    steps: Mapping[str, int] = field(default_factory=dict)
    mastered: frozenset[str] = frozenset()
    cut: Mapping[str, str] = field(default_factory=dict)
    resting: Mapping[str, str] = field(default_factory=dict)
    last_week: frozenset[str] = frozenset()
    trained_weeks: int = 0
    days: Mapping[date, SessionKind] = field(default_factory=dict)
    done_share: float | None = None
    rest_until: date | None = None
    warnings: tuple[str, ...] = ()

    @property
    def last_day(self) -> date | None:
        """The last day with a session."""
        return max(self.days, default=None)

    @property
    def strength_days(self) -> tuple[date, ...]:
        """The days with a strength session, in order."""
        return tuple(sorted(d for d, kind in self.days.items() if kind is SessionKind.STRENGTH))


NOTHING_YET = Past()
"""The past of a runner who begins."""
