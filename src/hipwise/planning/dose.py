"""Doses counted in parts of what a week should give, so that sets and seconds can be added.

A full weekly dose of a target (`knowledge/content/weekly_doses.yaml`) is `FULL` parts, and all
counting is in whole parts: what is smaller than one part makes no difference.
"""

from __future__ import annotations

import math

from hipwise.knowledge.exercises import Dose, Exercise
from hipwise.knowledge.library import Library
from hipwise.planning.plan import SessionKind

FULL = 18
"""Parts of a full weekly dose: a third of one set of six is one (chosen by us)."""
REPS_A_STEP, MOST_STEPS = 2, 3
HOLD_A_STEP_S = 5.0
"""What one load step adds where no weight can be added, and how often (chosen by us)."""


def least_parts(target: str, library: Library) -> int:
    """Return the parts from which a week's dose of `target` is taken to help."""
    wanted = library.weekly_dose(target)
    return math.ceil(FULL * wanted.least.value / wanted.full.value)


def parts_of_a_set(exercise: Exercise, target: str, kind: SessionKind, library: Library) -> int:
    """Return the parts of a weekly dose of `target` that one set gives each side.

    Strength work outside a strength session is done lighter and counts a third less (chosen by us).
    """
    strength = exercise.serves(target)
    if strength == 0:
        return 0
    thirds = 3
    if strength < library.setting("serves_partly"):
        thirds = 1
    elif strength < library.setting("serves_well"):
        thirds = 2
    wanted = library.weekly_dose(target)
    if wanted.unit == "sets" and kind is not SessionKind.STRENGTH:
        thirds -= 1
    amount = 1.0 if wanted.unit == "sets" else exercise.dose.set_s
    return round(FULL * amount / wanted.full.value * thirds / 3)


def stepped(exercise: Exercise, steps: int) -> Exercise:
    """Return the exercise with the longer dose that `steps` load steps bring.

    Where a weight or band is used the load itself is raised and the dose stays.
    """
    steps = min(steps, MOST_STEPS)
    if steps <= 0 or exercise.loadable:
        return exercise
    dose = exercise.dose
    if dose.hold_s is not None and dose.reps == 1:
        longer = _dose_of(dose, dose.reps, dose.hold_s + steps * HOLD_A_STEP_S)
    else:
        longer = _dose_of(dose, dose.reps + steps * REPS_A_STEP, dose.hold_s)
    changed = exercise.model_copy(update={"dose": longer})
    total = longer.model_copy(update={"total_s": changed.seconds(longer.sets)})
    return exercise.model_copy(update={"dose": total})


def _dose_of(dose: Dose, reps: int, hold_s: float | None) -> Dose:
    changed = dose.model_copy(update={"reps": reps, "hold_s": hold_s})
    return changed.model_copy(update={"set_s": reps * changed.rep_s})


def seconds_of(exercise: Exercise, sets: int, library: Library) -> float:
    """Time of `sets` sets on both sides, with getting ready, rests and the change of sides."""
    turn_s = library.setting("change_side_s") if exercise.unilateral else 0.0
    return library.setting("change_exercise_s") + exercise.seconds(sets) + turn_s


def extra_seconds(exercise: Exercise) -> float:
    """Time of one more set on one side, after a rest."""
    return exercise.dose.set_s + exercise.dose.rest_s
