"""Angles that one camera can see: in the side view and in the rear view.

Every angle is measured in the picture's plane, so it is right only as far as the limb moves in
that plane. With one camera the pelvis' own tilt is not seen: the thigh is measured against the
vertical and against the trunk, never called 'hip flexion against the pelvis'.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Points = dict[str, Array]
SIDES = ("left", "right")


def direction_from_vertical(lower: Array, upper: Array, towards: float) -> Array:
    """Signed angle (deg) of the line lower→upper against the vertical, (T, 2) each, y up.

    Positive where the upper end lies towards `towards` (+1 the image's right, -1 its left).
    """
    line = upper - lower
    return np.asarray(np.degrees(np.arctan2(towards * line[:, 0], line[:, 1])))


def side_angles(points: Points, facing: int) -> dict[str, Array]:
    """Angles of a side view; `facing` is +1 for a runner facing the image's right."""
    angles: dict[str, Array] = {}
    trunk = direction_from_vertical(
        _middle(points, "hip"), _middle(points, "shoulder"), float(facing)
    )
    angles["trunk_forward_lean"] = trunk
    for side in SIDES:
        hip, knee, ankle = (points[f"{side}_{joint}"] for joint in ("hip", "knee", "ankle"))
        heel, toe = points[f"{side}_heel"], points[f"{side}_foot_index"]
        thigh = -direction_from_vertical(knee, hip, facing)
        shank = direction_from_vertical(ankle, knee, facing)
        foot = np.degrees(np.arctan2(toe[:, 1] - heel[:, 1], facing * (toe[:, 0] - heel[:, 0])))
        angles[f"thigh_flexion_{side}"] = thigh
        angles[f"shank_forward_lean_{side}"] = _wrapped(shank)
        angles[f"foot_toe_up_{side}"] = foot
        angles[f"hip_flexion_to_trunk_{side}"] = _wrapped(thigh + trunk)
        angles[f"knee_flexion_{side}"] = _wrapped(thigh + shank)
        angles[f"ankle_dorsiflexion_{side}"] = _wrapped(foot + shank)
    return angles


def rear_angles(points: Points, right_sign: int) -> dict[str, Array]:
    """Angles of a rear (`right_sign` +1: the runner's right is image-right) or front view (-1)."""
    across = points["right_hip"] - points["left_hip"]
    angles: dict[str, Array] = {
        "pelvic_right_drop": np.degrees(np.arctan2(-across[:, 1], right_sign * across[:, 0])),
        "trunk_right_lean": direction_from_vertical(
            _middle(points, "hip"), _middle(points, "shoulder"), float(right_sign)
        ),
    }
    for side in SIDES:
        medial = float(right_sign if side == "left" else -right_sign)
        hip, knee, ankle = (points[f"{side}_{joint}"] for joint in ("hip", "knee", "ankle"))
        thigh = -direction_from_vertical(knee, hip, medial)
        shank = -direction_from_vertical(ankle, knee, medial)
        angles[f"thigh_adduction_{side}"] = thigh
        angles[f"knee_valgus_{side}"] = _wrapped(thigh - shank)
    return angles


def _middle(points: Points, joint: str) -> Array:
    return (points[f"left_{joint}"] + points[f"right_{joint}"]) / 2


def _wrapped(angle_deg: Array) -> Array:
    return (angle_deg + 180) % 360 - 180
