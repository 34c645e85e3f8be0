"""A plan as a JSON document, and back."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

import hipwise
from hipwise.errors import UnreadableFile
from hipwise.planning.plan import Plan

SCHEMA = "hipwise.plan/1"
_PLAN = TypeAdapter(Plan)


def to_document(plan: Plan) -> dict[str, Any]:
    """Return the plan as what `json.dumps` takes; `from_document` reads it again."""
    about = {"schema": SCHEMA, "software": {"name": "hipwise", "version": hipwise.__version__}}
    return about | {"plan": _PLAN.dump_python(plan, mode="json")}


def from_document(document: Any) -> Plan:
    """Read a plan that `to_document` wrote; raises UnreadableFile for anything else."""
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise UnreadableFile(f"This is no plan: it must have 'schema': '{SCHEMA}'.")
    try:
        return _PLAN.validate_python(document["plan"])
    except (KeyError, ValidationError) as error:
        raise UnreadableFile(
            f"The plan is damaged ({type(error).__name__}): make it anew."
        ) from None
