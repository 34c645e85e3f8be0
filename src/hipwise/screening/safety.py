"""The safety verdict: red flags are looked at before everything else, and nothing skips them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

from hipwise.knowledge.evaluation import Facts, Value, evaluate
from hipwise.knowledge.library import Library
from hipwise.knowledge.models import Better
from hipwise.knowledge.red_flags import RedFlag as Flag
from hipwise.measurement import Measurement
from hipwise.screening.answers import NOT_TRIED
from hipwise.screening.runner import RunnerProfile, Surface
from hipwise.screening.screening import RedFlag, SafetyVerdict

_URGENCY: tuple[str, ...] = get_args(Flag.model_fields["how_soon"].annotation)


def verdict_on(
    profile: RunnerProfile,
    safety: Mapping[str, bool | str],
    measurements: Iterable[Measurement],
    library: Library,
) -> SafetyVerdict:
    """Return every red flag that `safety` answers, profile and measurements raise.

    The most urgent comes first. A measured value counts as it stands, on the worse side, without
    its error: when in doubt a red flag is raised.
    """
    known: dict[str, Value] = {
        **facts_about(profile),
        **_answers(safety, library),
        **_worse_sides(measurements, library),
    }
    facts = Facts(known, frozenset(profile.conditions))
    raised = [f for f in library.red_flags.values() if evaluate(f.holds_when, facts).holds]
    ordered = sorted(raised, key=lambda flag: _URGENCY.index(flag.how_soon))
    return SafetyVerdict(
        tuple(
            RedFlag(
                rule=flag.id,
                why=flag.wording,
                may_be=flag.may_be,
                stop=flag.stop,
                whom_to_see=flag.whom_to_see,
                how_soon=flag.how_soon,
            )
            for flag in ordered
        )
    )


def facts_about(profile: RunnerProfile) -> dict[str, Value]:
    """Return the profile under the names that expressions use (`names.PROFILE_FIELDS`)."""
    return {
        "age_years": float(profile.age_years),
        "sex": profile.sex.value,
        "height_m": profile.height_m,
        "mass_kg": profile.mass_kg,
        "goal": profile.goal.value,
        "minutes": profile.minutes,
        "days": float(profile.days),
        "km_per_week": profile.experience.km_per_week,
        "years_running": profile.experience.years,
        "runs_on_trails": Surface.TRAIL in profile.surfaces,
    }


def _answers(safety: Mapping[str, bool | str], library: Library) -> dict[str, Value]:
    """Turn answers into words where a question knows more than yes and no."""
    return {id: _answer(answer, library.intake[id].answers) for id, answer in safety.items()}


def _answer(answer: bool | str, allowed: tuple[str, ...]) -> Value:
    if NOT_TRIED not in allowed or isinstance(answer, str):
        return answer
    return "yes" if answer else "no"


def _worse_sides(measurements: Iterable[Measurement], library: Library) -> dict[str, Value]:
    worst: dict[str, float] = {}
    for m in measurements:
        lower_is_worse = library.metric(m.metric).better is not Better.LOWER
        pick = min if lower_is_worse else max
        worst[m.metric] = pick(worst.get(m.metric, m.value), m.value)
    return dict(worst)
