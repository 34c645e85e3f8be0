"""Answers that cannot both be so: refused, with both fields named."""

from __future__ import annotations

from difflib import get_close_matches

from hipwise.errors import NotEnoughData, UnreadableFile
from hipwise.knowledge.library import Library
from hipwise.screening.answers import Answers
from hipwise.screening.battery import ALL_EQUIPMENT
from hipwise.screening.runner import Sex

ANSWERED_BY = {
    "pregnancy": ("q_pregnant",),
    "pregnancy_late": ("q_pregnant",),
    "recent_surgery": ("q_surgery",),
    "hip_replacement": ("q_surgery",),
    "sciatica": ("q_leg_tingle",),
    "stress_fracture_suspicion": ("q_groin_load", "q_night_pain", "q_limp", "q_hop_pain"),
}
"""A condition that the runner has, and the safety questions of which one must then be yes."""


def refuse_contradictions(answers: Answers, library: Library) -> None:
    """Raise UnreadableFile for unknown names or contradictions, NotEnoughData for open questions.

    Every safety question must be answered before anything else is looked at.
    """
    _refuse_unknown("safety", tuple(answers.safety), tuple(library.intake))
    _refuse_unknown("runner.conditions", answers.runner.conditions, library.asked_conditions)
    _refuse_unknown("runner.equipment", answers.runner.equipment, ALL_EQUIPMENT)
    for id, question in library.intake.items():
        if id not in answers.safety:
            msg = f"'safety.{id}' is missing; answer it first: {question.text}"
            raise NotEnoughData(msg, code="safety_question_open")
        if answers.safety[id] == "not_tried" and "not_tried" not in question.answers:
            msg = f"'safety.{id}' must be yes or no, not {answers.safety[id]}."
            raise UnreadableFile(msg)
    if answers.runner.sex is Sex.MALE and answers.safety["q_pregnant"] is True:
        msg = "'runner.sex' is male, but 'safety.q_pregnant' is yes; correct one of them."
        raise UnreadableFile(msg)
    for tag in answers.runner.conditions:
        questions = ANSWERED_BY.get(tag, ())
        if questions and all(answers.safety[q] is False for q in questions):
            fields = " and ".join(f"'safety.{q}'" for q in questions)
            msg = (
                f"'runner.conditions' has {tag} ({library.contraindication(tag).meaning}), but no "
                f"is the answer to {fields}; correct one of them."
            )
            raise UnreadableFile(msg)


def _refuse_unknown(field: str, given: tuple[str, ...], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            guess = get_close_matches(name, known, n=1, cutoff=0.7)
            hint = f"write '{guess[0]}' if you mean that" if guess else f"use {', '.join(known)}"
            raise UnreadableFile(f"'{field}' has '{name}', which is not known; {hint}.")
