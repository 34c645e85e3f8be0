"""The rigid parts of the body, how they hang together, and the named points each carries."""

from __future__ import annotations

from dataclasses import dataclass

from hipwise.body.proportions import Body
from hipwise.measurement import Side


@dataclass(frozen=True)
class Segment:
    """A rigid part: it starts at the point `origin` and turns by `joint` against `parent`.

    `share` is how much of the joint's angles it takes: the waist and the neck bend along their
    length, so the abdomen and the neck take one half, the chest and the head all of them.
    """

    name: str
    parent: str
    joint: str
    origin: str
    side: Side | None = None
    share: float = 1.0


def _limbs(side: Side) -> tuple[Segment, ...]:
    return (
        Segment(f"thigh_{side}", "pelvis", "hip", f"hip_{side}", side),
        Segment(f"shank_{side}", f"thigh_{side}", "knee", f"knee_{side}", side),
        Segment(f"foot_{side}", f"shank_{side}", "ankle", f"ankle_{side}", side),
        Segment(f"toes_{side}", f"foot_{side}", "toes", f"ball_{side}", side),
        Segment(f"upper_arm_{side}", "thorax", "shoulder", f"shoulder_{side}", side),
        Segment(f"forearm_{side}", f"upper_arm_{side}", "elbow", f"elbow_{side}", side),
        Segment(f"hand_{side}", f"forearm_{side}", "wrist", f"wrist_{side}", side),
    )


SEGMENTS: tuple[Segment, ...] = (
    Segment("pelvis", "", "pelvis", "mid_hip"),
    Segment("abdomen", "pelvis", "lumbar", "lumbar", share=0.5),
    Segment("thorax", "pelvis", "lumbar", "waist"),
    Segment("neck", "thorax", "neck", "neck_base", share=0.5),
    Segment("head", "thorax", "neck", "skull_base"),
    *_limbs(Side.LEFT),
    *_limbs(Side.RIGHT),
)
"""All segments, each after the one it hangs on."""


def _axial_points(body: Body) -> dict[str, dict[str, tuple[float, float, float]]]:
    h = body.height_m
    return {
        "pelvis": {"lumbar": (-0.012 * h, body.pelvis_m, 0.0)},
        "abdomen": {"waist": (0.004 * h, body.abdomen_m, 0.0)},
        "thorax": {
            "mid_shoulder": (0.008 * h, body.thorax_m, 0.0),
            "neck_base": (-0.004 * h, body.thorax_m + body.neck_base_m, 0.0),
        },
        "neck": {"skull_base": (0.012 * h, body.neck_m, 0.0)},
        "head": {
            "head_top": (0.0, body.head_m, 0.0),
            "nose": (0.072 * h, 0.014 * h, 0.0),
        },
    }


def _side_points(body: Body, side: Side) -> dict[str, dict[str, tuple[float, float, float]]]:
    out = 1.0 if side is Side.RIGHT else -1.0
    h, sole = body.height_m, -body.ankle_height_m
    heel_x = -0.27 * body.foot_m
    ball_x, tip_x = heel_x + 0.73 * body.foot_m, heel_x + body.foot_m
    return {
        "pelvis": {f"hip_{side}": (0.0, 0.0, out * body.hip_width_m / 2)},
        "thorax": {f"shoulder_{side}": (0.008 * h, body.thorax_m, out * body.shoulder_width_m / 2)},
        "head": {
            f"eye_{side}": (0.055 * h, 0.036 * h, out * 0.018 * h),
            f"ear_{side}": (0.002 * h, 0.026 * h, out * 0.043 * h),
        },
        f"thigh_{side}": {f"knee_{side}": (0.0, -body.thigh_m, 0.0)},
        f"shank_{side}": {f"ankle_{side}": (0.0, -body.shank_m, 0.0)},
        f"foot_{side}": {
            f"heel_{side}": (heel_x, sole, 0.0),
            f"ball_{side}": (ball_x, sole, 0.0),
        },
        f"toes_{side}": {f"toe_tip_{side}": (tip_x - ball_x, 0.0, 0.0)},
        f"upper_arm_{side}": {f"elbow_{side}": (0.0, -body.upper_arm_m, 0.0)},
        f"forearm_{side}": {f"wrist_{side}": (0.0, -body.forearm_m, 0.0)},
        f"hand_{side}": {
            f"knuckles_{side}": (0.0, -0.5 * body.hand_m, 0.0),
            f"fingertip_{side}": (0.0, -body.hand_m, 0.0),
        },
    }


def local_points(body: Body) -> dict[str, dict[str, tuple[float, float, float]]]:
    """Every point but mid-hip, by the segment that carries it, in that segment's axes (m)."""
    carried: dict[str, dict[str, tuple[float, float, float]]] = {s.name: {} for s in SEGMENTS}
    for part in (
        _axial_points(body),
        _side_points(body, Side.LEFT),
        _side_points(body, Side.RIGHT),
    ):
        for segment, points in part.items():
            carried[segment] |= points
    return carried


POINT_NAMES: tuple[str, ...] = (
    "mid_hip",
    *(name for points in local_points(Body.of()).values() for name in points),
)
"""The named points of a skeleton, in order."""
