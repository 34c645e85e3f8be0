"""Whether a runner's legs have shown that they can take hops and skips."""

from __future__ import annotations

from collections.abc import Iterable

from hipwise.knowledge.evaluation import Facts, Value, evaluate
from hipwise.knowledge.library import Library
from hipwise.measurement import Measurement

GATE = "plyometric_gate"
"""The rule in `knowledge/content/guidance.yaml`."""
NO_BONE_INJURY_MONTHS = 120.0
"""Taken for a runner who told of no stress fracture; one who did waits (chosen by us)."""


def not_hopping(
    measurements: Iterable[Measurement], *, bone_history: bool, library: Library
) -> str | None:
    """Say why hops and skips wait; None once the self-tests have cleared them.

    Asked for are what the gate names: heel raises on the weaker leg, hops without pain, and no
    bone-stress injury, which `bone_history` tells of.
    """
    gate = library.guidance[GATE].holds_when
    worst: dict[str, float] = {}
    for m in measurements:
        pain = m.metric == "single_leg_hop.pain"
        pick = max if pain else min
        worst[m.metric] = pick(worst.get(m.metric, m.value), m.value)
    facts: dict[str, Value] = {"heel_raise": worst.get("heel_raise"), "any_red_flag": False}
    hop_pain = worst.get("single_leg_hop.pain")
    facts["pain_free_5_hops"] = None if hop_pain is None else hop_pain == 0
    facts["months_since_bone_injury"] = 0.0 if bone_history else NO_BONE_INJURY_MONTHS
    if gate is not None and evaluate(gate, Facts(facts)).holds:
        return None
    return f"Hops and skips wait: {library.guidance[GATE].do}"
