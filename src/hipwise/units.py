"""Units in which a runner tells and reads heights, masses and distances.

Kept are always metres, kilograms and kilometres. Self-tests stay in the units of their norms.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Units:
    """What each quantity is called, and how many of it make a metre, a kilogram, a kilometre."""

    name: str
    height: str
    mass: str
    distance: str
    per_m: float
    per_kg: float
    per_km: float


METRIC = Units("metric", "cm", "kg", "km", 100.0, 1.0, 1.0)
IMPERIAL = Units("imperial", "in", "lb", "mi", 1 / 0.0254, 1 / 0.45359237, 1 / 1.609344)
"""The international inch, pound and mile are exact by definition (1959)."""
KNOWN = {units.name: units for units in (METRIC, IMPERIAL)}
