"""From a form's fields to a screening's: who the runner is, and the safety questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hipwise.errors import UnreadableFile
from hipwise.knowledge import Library
from hipwise.screening import Answers, SafetyVerdict, verdict_on
from hipwise.screening.answers import NOT_TRIED
from hipwise.screening.contradictions import refuse_contradictions
from hipwise.screening.reading import checked_answers, fault_in
from hipwise.services.drafts import Draft

NUMBERS = ("height_m", "mass_kg", "minutes")
WHOLE = ("age_years", "days")
LABELS = {
    "age_years": "Age",
    "height_m": "Height",
    "mass_kg": "Weight",
    "experience.years": "Running for",
    "experience.km_per_week": "In a usual week",
    "experience": "Running for",
    "minutes": "Minutes for a session",
    "days": "Sessions a week",
    "surfaces": "What you run on",
    "hard_on": "Long or fast days",
    "sex": "Sex",
    "goal": "What you want",
}
"""What the form calls the fields."""
TALLEST_IN_METRES = 3.0
LISTS = ("surfaces", "runs_on", "hard_on", "equipment")


def take_runner(draft: Draft, fields: Mapping[str, Sequence[str]]) -> str | None:
    """Put the fields of a form into the draft as the runner; return what is wrong, or None.

    A comma counts as a decimal point, and a height above 3 as centimetres, as the form asks.
    """
    runner: dict[str, Any] = {name: list(fields.get(name, ())) for name in LISTS}
    for name in ("sex", "goal", "trains"):
        if fields.get(name):
            runner[name] = fields[name][0]
    for name in (*NUMBERS, *WHOLE):
        runner[name] = _number(fields.get(name))
    height = runner["height_m"]
    if isinstance(height, int | float) and height > TALLEST_IN_METRES:
        runner["height_m"] = height / 100
    experience = {name: _number(fields.get(name)) for name in ("years", "km_per_week")}
    runner["experience"] = experience
    runner["conditions"] = draft.get("runner", "conditions") or []
    if fields.get("checked"):
        runner["checked"] = True
    fault = _missing(runner) or fault_in({**draft.raw, "runner": runner}, "runner")
    if fault is None:
        draft.put(runner, "runner")
        return None
    for name, label in LABELS.items():
        fault = fault.replace(f"'runner.{name}'", label).replace(f"'{name}'", label)
    return fault


def _number(texts: Sequence[str] | None) -> float | int | str | None:
    """Read a number; what is none stays text, so that it is refused by name."""
    text = (texts[0] if texts else "").strip().replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        return text or None
    return int(value) if value == value // 1 and abs(value) < 1e9 else value


def _missing(runner: Mapping[str, Any]) -> str | None:
    flat = {**runner, **{f"experience.{k}": v for k, v in runner["experience"].items()}}
    empty = [name for name, value in flat.items() if value is None]
    return f"'{empty[0]}' is missing; fill it in" if empty else None


def take_safety(
    draft: Draft, answers: Mapping[str, str], conditions: Sequence[str], library: Library
) -> str | None:
    """Put the safety answers and conditions into the draft; return what is wrong, or None."""
    safety: dict[str, Any] = {}
    for id, question in library.intake.items():
        if any(safety.get(other) is True for other in question.only_if_no):
            safety[id] = NOT_TRIED
        elif answers.get(id) in {"yes", "no"}:
            safety[id] = answers[id] == "yes"
        else:
            return f"One question is open: {question.text}"
    raw = {**draft.raw, "safety": safety}
    raw["runner"] = {**draft.raw["runner"], "conditions": list(conditions)}
    try:
        checked = checked_answers(raw, "Your answers")
        refuse_contradictions(checked, library)
    except UnreadableFile as fault:
        return str(fault)
    draft.put(raw["runner"], "runner")
    draft.put(safety, "safety")
    return None


def verdict_of(draft: Draft, library: Library) -> SafetyVerdict:
    """Return what the safety answers of the draft say."""
    answers: Answers = checked_answers(draft.raw, "Your answers")
    return verdict_on(answers.runner, answers.safety, (), library)
