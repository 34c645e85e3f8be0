"""Measurements and evidence to explained findings."""

from hipwise.findings.directions import Balance, DirectionState, direction_states
from hipwise.findings.explain import explain
from hipwise.findings.finding import Finding, FindingKind
from hipwise.findings.results import Results

__all__ = [
    "Balance",
    "DirectionState",
    "Finding",
    "FindingKind",
    "Results",
    "direction_states",
    "explain",
]
