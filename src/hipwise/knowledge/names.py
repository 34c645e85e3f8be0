"""Every name an expression may use, and the check that it uses no other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hipwise.errors import KnowledgeError
from hipwise.knowledge.syntax import Expression, conditions_in, names_in

if TYPE_CHECKING:
    from hipwise.knowledge.library import Library

PROFILE_FIELDS = frozenset(
    {"age_years", "sex", "height_m", "mass_kg", "goal", "minutes", "days", "km_per_week"}
    | {"years_running", "runs_on_trails"}
)
"""What is known of every runner besides answers and measurements."""

PLAN_FIELDS = frozenset(
    {"pain_now", "pain_before", "pain_next_morning", "symptom_months", "any_red_flag"}
    | {"reps_above_target", "consecutive_sessions", "days_since_last_session", "sessions_done"}
    | {"sessions_planned", "pain_free_5_hops", "months_since_bone_injury", "months_since_injury"}
    | {"planned_km", "longest_run_30d_km", "days_since_last_run"}
)
"""What a plan and its log know."""


def check_names(
    library: Library, file: str, id: str, tree: Expression, more: Iterable[str] = ()
) -> None:
    """Refuse a name or a condition that stands nowhere; `more` are names known only here."""
    known = known_names(library) | frozenset(more)
    for name in sorted(names_in(tree) - known):
        msg = f"{file}: '{id}', field 'expr': there is no '{name}'; name a measure, a test, "
        raise KnowledgeError(msg + "an answer, a field of the runner or a rule.")
    for tag in sorted(conditions_in(tree) - library.contraindications.keys()):
        msg = f"{file}: '{id}', field 'expr': there is no condition '{tag}'."
        raise KnowledgeError(msg)


def known_names(library: Library) -> frozenset[str]:
    """Return every name that stands for something in all expressions."""
    values = {name for protocol in library.protocols.values() for name in protocol.recorded}
    rules = {f"rule.{id}" for id in (*library.rules, *library.inferences)}
    return PROFILE_FIELDS | library.intake.keys() | library.metrics.keys() | values | rules
