"""How long and how heavy the parts of a body are, from its height and mass alone."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hipwise.errors import UsageError

_LENGTH_OF_HEIGHT = {
    # Drillis & Contini 1966, as given by Winter 2009, figure 4.1.
    "thigh": 0.245,
    "shank": 0.246,
    "ankle_height": 0.039,
    "foot": 0.152,
    "upper_arm": 0.186,
    "forearm": 0.146,
    "hand": 0.108,
    # Hip joint centres: 14 % of the distance between the front hip bones inwards from each
    # (Bell, Pedersen & Brand 1990), which is about 0.24 m in an adult of 1.73 m.
    "hip_width": 0.100,
    # Shoulder joint centres lie inside and below the shoulder tips (de Leva 1996), which Drillis
    # & Contini put at 0.818 of the height.
    "shoulder_width": 0.212,
    # Mid-hip to the lowest lumbar joint, to the joint under the lowest rib, to the line between
    # the shoulders: anatomical levels of a standing adult, summing to the shoulder's height.
    "pelvis": 0.058,
    "abdomen": 0.088,
    "thorax": 0.132,
    # Shoulder line to the base of the neck, to the skull's base, to the top of the head.
    "neck_base": 0.026,
    "neck": 0.064,
    "head": 0.102,
}

_MASS_OF_BODY = {
    # de Leva 1996, table 4: the mean of its women and men.
    "head_and_neck": 0.0681,
    "upper_trunk": 0.1571,
    "middle_trunk": 0.1549,
    "lower_trunk": 0.1182,
    "upper_arm": 0.0263,
    "forearm": 0.0150,
    "hand": 0.0059,
    "thigh": 0.1447,
    "shank": 0.0457,
    "foot": 0.0133,
}
_ONCE = ("head_and_neck", "upper_trunk", "middle_trunk", "lower_trunk")

_REFERENCE_BMI = 22.0


@dataclass(frozen=True)
class Body:
    """One person's size. Lengths in metres, from joint centre to joint centre.

    Limb and foot lengths: Drillis & Contini 1966 (Winter 2009); hip width: Bell et al. 1990;
    segment masses: de Leva 1996. Build one with `Body.of`.
    """

    height_m: float
    mass_kg: float
    thigh_m: float
    shank_m: float
    ankle_height_m: float
    foot_m: float
    upper_arm_m: float
    forearm_m: float
    hand_m: float
    hip_width_m: float
    shoulder_width_m: float
    pelvis_m: float
    abdomen_m: float
    thorax_m: float
    neck_base_m: float
    neck_m: float
    head_m: float

    @classmethod
    def of(cls, height_m: float = 1.75, mass_kg: float = 68.0) -> Body:
        """Scale an average body to a height (m) and mass (kg); raise UsageError if inhuman."""
        if not (math.isfinite(height_m) and 1.0 <= height_m <= 2.4):
            raise UsageError(
                f"A body height of {height_m:g} m is not a runner's; "
                "give the height in metres, between 1.0 and 2.4."
            )
        if not (math.isfinite(mass_kg) and 10.0 <= mass_kg / height_m**2 <= 70.0):
            raise UsageError(
                f"A body mass of {mass_kg:g} kg does not fit a height of {height_m:g} m; "
                "give the mass in kilograms."
            )
        lengths = {f"{name}_m": part * height_m for name, part in _LENGTH_OF_HEIGHT.items()}
        return cls(height_m=height_m, mass_kg=mass_kg, **lengths)

    @property
    def girth(self) -> float:
        """Breadth of this body relative to one of the same height with a mass index of 22."""
        return math.sqrt(self.mass_kg / self.height_m**2 / _REFERENCE_BMI)

    @property
    def leg_m(self) -> float:
        """Hip joint centre to the floor when standing."""
        return self.thigh_m + self.shank_m + self.ankle_height_m

    @property
    def segment_mass_kg(self) -> dict[str, float]:
        """Mass of every segment, limbs with `_left` and `_right`; they sum to the body mass."""
        whole = sum(part * (1 if name in _ONCE else 2) for name, part in _MASS_OF_BODY.items())
        unit_kg = self.mass_kg / whole
        masses = {name: _MASS_OF_BODY[name] * unit_kg for name in _ONCE}
        for name, part in _MASS_OF_BODY.items():
            if name not in _ONCE:
                masses |= {f"{name}_left": part * unit_kg, f"{name}_right": part * unit_kg}
        return masses
