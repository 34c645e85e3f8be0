"""What a week is for, and how hard it may be: settling in, building, unloading, races, pauses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hipwise.knowledge.library import Library
from hipwise.planning.circumstances import Circumstances
from hipwise.planning.plan import WeekPhase

DAYS = 7
WITHOUT_STRENGTH = frozenset({WeekPhase.RACE, WeekPhase.RECOVER, WeekPhase.PAUSE})
HALVED = frozenset({WeekPhase.UNLOAD, WeekPhase.TAPER, WeekPhase.RACE})
"""In these the sets go down to half (chosen by us)."""


@dataclass(frozen=True)
class WeekRules:
    """How hard a week may be: hardest effort, and how many sets of what an exercise has."""

    phase: WeekPhase
    effort: int
    most_sets: int
    halved: bool
    strength_days: int
    few: bool

    def sets_of(self, full: int) -> int:
        """Return the most sets of an exercise whose full dose has `full`."""
        return max(1, min(full, self.most_sets) // (2 if self.halved else 1))


def rules_of(
    start: date, trained_weeks: int, circumstances: Circumstances, few: bool, library: Library
) -> WeekRules:
    """Return the rules of the week from Monday `start`, after so many weeks of training.

    `few` asks for few exercises, because too few sessions were done.
    """
    phase = phase_of(start, trained_weeks, circumstances, library)
    settling = phase is WeekPhase.SETTLE_IN
    strength_days = 0 if phase in WITHOUT_STRENGTH else int(library.setting("strength_days"))
    return WeekRules(
        phase=phase,
        effort=_hardest(phase, trained_weeks, circumstances, library),
        most_sets=int(library.setting("new_exercise_sets")) if settling else DAYS,
        halved=phase in HALVED,
        strength_days=min(strength_days, 1) if phase is WeekPhase.TAPER else strength_days,
        few=few,
    )


def phase_of(
    start: date, trained_weeks: int, circumstances: Circumstances, library: Library
) -> WeekPhase:
    """Return what the week is for: a pause, the race, then the cycle of building and unloading."""
    week = [start + timedelta(days=day) for day in range(DAYS)]
    if all(circumstances.pauses(day) for day in week):
        return WeekPhase.PAUSE
    if circumstances.race is not None:
        ahead = (circumstances.race - start).days
        if 0 <= ahead < DAYS:
            return WeekPhase.RACE
        if 0 <= ahead <= library.setting("taper_days"):
            return WeekPhase.TAPER
        if -library.setting("recover_days") <= ahead < 0:
            return WeekPhase.RECOVER
    return _phase_of_cycle(trained_weeks, library)


def _phase_of_cycle(trained_weeks: int, library: Library) -> WeekPhase:
    settle_in = library.setting("settle_in_weeks")
    if trained_weeks < settle_in:
        return WeekPhase.SETTLE_IN
    if (trained_weeks + 1) % library.setting("unload_every") == 0:
        return WeekPhase.UNLOAD
    building = trained_weeks < settle_in + library.setting("build_weeks")
    return WeekPhase.BUILD if building else WeekPhase.LOAD


def _hardest(
    phase: WeekPhase, trained_weeks: int, circumstances: Circumstances, library: Library
) -> int:
    """Return the hardest effort; of an unloaded or tapering week that of its cycle."""
    steps = ["settle_in_effort_old", "settle_in_effort", "build_effort", "load_effort"]
    if phase is WeekPhase.RECOVER:
        return int(library.setting(steps[0]))
    of_cycle = _phase_of_cycle(trained_weeks, library)
    place = {WeekPhase.SETTLE_IN: 1, WeekPhase.BUILD: 2, WeekPhase.LOAD: 3}.get(of_cycle, 2)
    return int(library.setting(steps[place - 1 if circumstances.old else place]))
