"""Body angles for any posture, lying or standing, that one camera square to the movement sees.

Unlike `motion.planar` these need no upright runner: they are taken between body parts, or against
the horizontal, and say nothing about which way the person faces.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from hipwise.measurement import Side

Array = NDArray[np.float64]
Points = Mapping[str, Array]
"""Keypoint paths (T, 2) in pixels, y up, by name."""
Signal = Callable[[Points, Side], Array]
"""(T,) degrees of one side; what it measures is its name."""


def hip_flexion_to_trunk_deg(points: Points, side: Side) -> Array:
    """How far the thigh is bent from the trunk's line: 0 straight, 90 sitting; unsigned."""
    return 180 - _between(
        points[f"{side}_shoulder"] - points[f"{side}_hip"],
        points[f"{side}_knee"] - points[f"{side}_hip"],
    )


def knee_flexion_deg(points: Points, side: Side) -> Array:
    """How far the knee is bent: 0 straight; unsigned."""
    return 180 - _between(
        points[f"{side}_hip"] - points[f"{side}_knee"],
        points[f"{side}_ankle"] - points[f"{side}_knee"],
    )


def thigh_below_horizontal_deg(points: Points, side: Side) -> Array:
    """Thigh of a person lying on the back: + the knee hangs lower than the hip."""
    return -_above_horizontal(points[f"{side}_knee"] - points[f"{side}_hip"])


def leg_above_horizontal_deg(points: Points, side: Side) -> Array:
    """Line from hip to ankle of a person lying on the back: + the leg is lifted."""
    return _above_horizontal(points[f"{side}_ankle"] - points[f"{side}_hip"])


def shank_lean_deg(points: Points, side: Side) -> Array:
    """Shin of a standing leg against the vertical, whichever way it leans; unsigned."""
    shank = points[f"{side}_knee"] - points[f"{side}_ankle"]
    return np.asarray(np.degrees(np.arctan2(np.abs(shank[:, 0]), shank[:, 1])))


def knee_inward_deg(points: Points, side: Side) -> Array:
    """Frontal projection angle of the knee, from the front or behind: + towards the other leg."""
    hip, knee, ankle = (points[f"{side}_{joint}"] for joint in ("hip", "knee", "ankle"))
    medial = np.sign(points[f"{side.other}_hip"][:, 0] - hip[:, 0])
    thigh = np.degrees(np.arctan2(medial * (knee - hip)[:, 0], -(knee - hip)[:, 1]))
    shank = np.degrees(np.arctan2(medial * (ankle - knee)[:, 0], -(ankle - knee)[:, 1]))
    return np.asarray(thigh - shank)


def legs_apart_deg(points: Points, side: Side) -> Array:
    """Angle between the two legs, each from its hip to its ankle: how far one is lifted."""
    return _between(
        points[f"{side}_ankle"] - points[f"{side}_hip"],
        points[f"{side.other}_ankle"] - points[f"{side.other}_hip"],
    )


def body_bend_deg(points: Points, side: Side) -> Array:
    """How far the body is from one line between shoulder, hip and ankle: 0 straight; unsigned."""
    return 180 - _between(
        points[f"{side}_shoulder"] - points[f"{side}_hip"],
        points[f"{side}_ankle"] - points[f"{side}_hip"],
    )


def crouch_percent(points: Points, side: Side) -> Array:
    """How far the hip has sunk towards the standing ankle, in per cent of its highest height."""
    height = points[f"{side}_hip"][:, 1] - points[f"{side}_ankle"][:, 1]
    return np.asarray(100 * (1 - height / np.nanpercentile(height, 97)))


def other_foot_raised_percent(points: Points, side: Side) -> Array:
    """Height of the other ankle over the standing one, in per cent of the standing leg's length."""
    leg = np.linalg.norm(points[f"{side}_hip"] - points[f"{side}_ankle"], axis=1)
    raised = points[f"{side.other}_ankle"][:, 1] - points[f"{side}_ankle"][:, 1]
    return np.asarray(100 * raised / leg)


def _between(one: Array, other: Array) -> Array:
    cross = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
    return np.asarray(np.degrees(np.arctan2(np.abs(cross), np.sum(one * other, axis=1))))


def _above_horizontal(line: Array) -> Array:
    return np.asarray(np.degrees(np.arctan2(line[:, 1], np.abs(line[:, 0]))))
