"""Foot contacts, strides, and what they tell about a run."""

from hipwise.gait.gait import CycleCurve, Event, EventKind, Gait, Stride, Warn, Withheld
from hipwise.gait.measure import Runner, measure

__all__ = [
    "CycleCurve",
    "Event",
    "EventKind",
    "Gait",
    "Runner",
    "Stride",
    "Warn",
    "Withheld",
    "measure",
]
