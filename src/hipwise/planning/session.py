"""Today's session: the exercises that help most in the minutes given, in a sensible order."""

from __future__ import annotations

import math
from collections.abc import Iterable

from hipwise.errors import UsageError
from hipwise.findings.finding import Finding
from hipwise.knowledge.exercises import Exercise, Phase
from hipwise.knowledge.library import Library, load
from hipwise.planning.choice import Choice, choose, extra_seconds, seconds_of
from hipwise.planning.demand import Demand
from hipwise.planning.plan import LeftOut, Prescription, Session, SessionKind

GENERAL = "general"
"""Reason of an exercise that serves no finding but helps every runner's hips."""

_WHEN = {
    Phase.PRE_RUN: "before a run",
    Phase.POST_RUN: "after a run",
    Phase.STRENGTH: "in a strength session",
}


def todays_session(
    findings: Iterable[Finding],
    library: Library | None = None,
    minutes: float = 8.0,
    phase: str = "pre_run",
) -> Session:
    """Return the session of at most `minutes` that serves `findings` best.

    `phase` is `pre_run` (moving exercises only), `post_run` or `strength`. Both sides are always
    trained; where a finding names a side, that side may get one set more. Hops, skips and the
    hardest exercises wait for the self-tests, and nothing is needed but what stands in nearly every
    home. Without findings, general hip care comes out. Raises UsageError for an
    unknown phase or minutes that are not between 0 and 180. `library` is the built-in evidence
    unless another is given.
    """
    library = library or load()
    when = check_wishes(minutes, phase, library)
    demand = Demand.of(findings, library)
    fitting = [e for e in library.exercises.values() if when in e.phases and _ready(e, library)]
    choice = choose(fitting, demand, library, minutes * 60)
    chosen = _in_order([e for e in fitting if e.id in choice.sets], when)
    return Session(
        kind=SessionKind(when.value),
        minutes_allowed=minutes,
        items=tuple(_prescriptions(chosen, choice, demand, library)),
        left_out=tuple(_left_out(fitting, chosen, demand, library, when)),
    )


def _ready(exercise: Exercise, library: Library) -> bool:
    """Tell whether an exercise suits a runner of whom no self-test and no equipment is known."""
    easy_enough = exercise.effort <= library.setting("hardest_before_tests")
    return exercise.household and not exercise.impact and easy_enough


def check_wishes(minutes: float, phase: str, library: Library) -> Phase:
    """Return the phase that `phase` names; raises UsageError as `todays_session` does."""
    _check_minutes(minutes, library.setting("longest_session_min"))
    try:
        return Phase(phase)
    except ValueError:
        known = ", ".join(Phase)
        msg = f"There is no phase '{phase}' of training; use one of {known}."
        raise UsageError(msg) from None


def _check_minutes(minutes: float, longest_min: float) -> None:
    if not (math.isfinite(minutes) and 0 < minutes <= longest_min):
        msg = (
            f"A session of {minutes:g} minutes cannot be planned; "
            f"give a number above 0 and up to {longest_min:g}."
        )
        raise UsageError(msg)


def _in_order(exercises: list[Exercise], phase: Phase) -> list[Exercise]:
    """From the floor up and from easy to hard; after a run from standing down to the floor."""
    downwards = -1 if phase is Phase.POST_RUN else 1
    return sorted(exercises, key=lambda e: (downwards * e.position.height, e.effort, e.id))


def _prescriptions(
    chosen: list[Exercise], choice: Choice, demand: Demand, library: Library
) -> Iterable[Prescription]:
    position = None
    for exercise in chosen:
        same = exercise.position is position
        change_s = library.setting("change_exercise_s" if same else "change_position_s")
        position = exercise.position
        sets, extra = choice.sets[exercise.id], exercise.id in choice.extra
        seconds = change_s + seconds_of(exercise, sets, library)
        served = demand.served_by(exercise)
        wanted = [s.target for s in exercise.targets if s.target in demand.wanted]
        names = [library.target(target).name for target in wanted]
        yield Prescription(
            exercise=exercise.id,
            sets=sets,
            reps=exercise.dose.reps,
            hold_s=exercise.dose.hold_s,
            seconds=seconds + (extra_seconds(exercise) if extra else 0.0),
            serves=tuple(f.id for f in served),
            reason="; ".join(names) if served else GENERAL,
            extra_side=demand.extra_side(exercise) if extra else None,
        )


def _left_out(
    fitting: list[Exercise],
    chosen: list[Exercise],
    demand: Demand,
    library: Library,
    phase: Phase,
) -> Iterable[LeftOut]:
    no_time = "The minutes went to what helps more; a longer session has it."
    if not chosen:
        change_s = library.setting("change_position_s")
        shortest_s = min(seconds_of(e, 1, library) for e in fitting) + change_s
        no_time = f"Nothing fits: the shortest exercise takes {shortest_s:g} seconds."
    for target in demand.wanted:
        if any(e.serves(target) for e in chosen):
            continue
        if any(e.serves(target) for e in fitting):
            yield LeftOut(target, no_time)
        elif demand.findings:
            yield LeftOut(target, _elsewhere(target, library, phase))


def _elsewhere(target: str, library: Library, phase: Phase) -> str:
    """Say when `target` can be trained, if not now."""
    serving = [e for e in library.exercises.values() if e.serves(target)]
    ready = [e for e in serving if _ready(e, library)]
    when = dict.fromkeys(_WHEN[p] for e in ready for p in e.phases if p is not phase)
    if not when:
        return "Its exercises wait for the self-tests, or need equipment you have not named."
    return f"None of its exercises fits {_WHEN[phase]}; it is trained {' or '.join(when)}."
