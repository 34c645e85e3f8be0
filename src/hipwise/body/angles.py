"""The angle vocabulary: every joint angle of the body and the direction in which it is positive.

Axes are those of the International Society of Biomechanics (Wu & Cavanagh 1995; Wu et al. 2002):
X forward, Y up, Z to the right. The zero posture is upright standing, arms hanging with the palms
to the thighs, toes forward; there every angle is 0. Joints turn in the order flexion, then
sideways, then about the long axis. The pelvis turns against the world in the order rotation,
obliquity, tilt (Baker 2001), so that lying on the back is a tilt of -90 degrees and lying on the
right side a drop of +90.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from hipwise.errors import UsageError
from hipwise.measurement import Side

Axis = Literal["x", "y", "z"]
Value = TypeVar("Value", bound="object")


@dataclass(frozen=True)
class Angle:
    """One degree of freedom.

    `joint` is the joint that turns, `positive` says in plain words what happens as the angle
    grows. On the right side of the body a positive angle turns by `sign` about `axis`; on the left
    side the turn is its mirror image, which negates turns about X and Y. `low_deg` and `high_deg`
    bound what a supple adult can reach: chosen by us, wide, and used to catch mistyped poses.
    """

    name: str
    joint: str
    axis: Axis
    sign: Literal[1, -1]
    positive: str
    sided: bool
    low_deg: float
    high_deg: float

    @property
    def keys(self) -> tuple[str, ...]:
        """Names under which a pose states this angle: with `_left` and `_right` where sided."""
        return (f"{self.name}_left", f"{self.name}_right") if self.sided else (self.name,)

    def turn_sign(self, side: Side | None) -> int:
        """Sign of the right-handed turn about `axis` that a positive angle of `side` makes."""
        return -self.sign if side is Side.LEFT and self.axis != "z" else self.sign


ANGLES: tuple[Angle, ...] = (
    Angle(
        "pelvic_left_rotation", "pelvis", "y", 1, "the pelvis turns to the left", False, -180, 180
    ),
    Angle("pelvic_right_drop", "pelvis", "x", 1, "the right hip sinks", False, -180, 180),
    Angle("pelvic_anterior_tilt", "pelvis", "z", -1, "the pelvis tips forward", False, -180, 180),
    Angle("lumbar_flexion", "lumbar", "z", -1, "the trunk bends forward", False, -50, 100),
    Angle("lumbar_right_bend", "lumbar", "x", 1, "the trunk leans to the right", False, -60, 60),
    Angle("lumbar_left_rotation", "lumbar", "y", 1, "the chest turns to the left", False, -70, 70),
    Angle("neck_flexion", "neck", "z", -1, "the chin goes to the chest", False, -80, 70),
    Angle("neck_right_bend", "neck", "x", 1, "the right ear goes to the shoulder", False, -60, 60),
    Angle("neck_left_rotation", "neck", "y", 1, "the face turns to the left", False, -95, 95),
    Angle("hip_flexion", "hip", "z", 1, "the knee goes forward and up", True, -45, 150),
    Angle("hip_adduction", "hip", "x", 1, "the knee goes towards the other leg", True, -90, 60),
    Angle("hip_internal_rotation", "hip", "y", 1, "the kneecap turns inwards", True, -75, 70),
    Angle("knee_flexion", "knee", "z", -1, "the heel goes to the buttock", True, -15, 165),
    Angle("ankle_dorsiflexion", "ankle", "z", 1, "the toes go up to the shin", True, -75, 50),
    Angle("ankle_inversion", "ankle", "x", 1, "the sole turns inwards", True, -35, 60),
    Angle("toe_extension", "toes", "z", 1, "the toes bend up", True, -60, 100),
    Angle("shoulder_flexion", "shoulder", "z", 1, "the arm rises forward", True, -90, 200),
    Angle("shoulder_abduction", "shoulder", "x", -1, "the arm goes sideways, away", True, -90, 190),
    Angle(
        "shoulder_internal_rotation", "shoulder", "y", 1, "the arm turns inwards", True, -120, 110
    ),
    Angle("elbow_flexion", "elbow", "z", 1, "the hand goes to the shoulder", True, -15, 160),
    Angle("forearm_pronation", "elbow", "y", 1, "the palm turns to the back", True, -100, 100),
    Angle("wrist_extension", "wrist", "x", -1, "the back of the hand nears the arm", True, -95, 95),
)
"""All angles; those of one joint stand in the order in which it turns."""

_BY_KEY: dict[str, tuple[Angle, Side | None]] = {
    key: (angle, Side(key.rpartition("_")[2]) if angle.sided else None)
    for angle in ANGLES
    for key in angle.keys
}

ANGLE_KEYS: tuple[str, ...] = tuple(_BY_KEY)
"""Every name that a pose may state, such as `hip_flexion_left` or `lumbar_flexion`."""


def angle_of(key: str) -> tuple[Angle, Side | None]:
    """Return the angle and side that `key` names; raise UsageError for an unknown name."""
    try:
        return _BY_KEY[key]
    except KeyError:
        close = difflib.get_close_matches(key, ANGLE_KEYS, n=1)
        hint = f"did you mean '{close[0]}'" if close else f"known are {', '.join(ANGLE_KEYS)}"
        raise UsageError(f"There is no joint angle named '{key}': {hint}?") from None


def angles_of_joint(joint: str) -> tuple[Angle, ...]:
    """Return the angles of one joint in the order in which it turns."""
    return tuple(angle for angle in ANGLES if angle.joint == joint)


def mirrored(angles: Mapping[str, Value]) -> dict[str, Value]:
    """Return the pose as seen in a mirror: sides swapped, sideways turns of the trunk negated.

    Takes floats or arrays. Raises UsageError for an unknown name.
    """
    result: dict[str, Value] = {}
    for key, value in angles.items():
        angle, side = angle_of(key)
        if side is not None:
            result[f"{angle.name}_{side.other}"] = value
        else:
            result[key] = value if angle.axis == "z" else -value  # type: ignore[operator]
    return result
