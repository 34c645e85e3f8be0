"""Which way the camera looks at the runner, found from the keypoints alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hipwise.errors import NotEnoughData
from hipwise.measurement import View
from hipwise.pose.keypoints import KeypointTrack

SIDE_MAX_WIDTH = 0.35
FRONTAL_MIN_WIDTH = 0.45
"""Shoulder and hip width against trunk length. People stand near 0.7 from behind and below 0.3
from the side; what lies between is filmed obliquely, and planar angles would be wrong (chosen)."""
MOST_LYING_DEG = 45.0
"""Further than this from upright, the picture is turned and not the runner (chosen by us)."""


def find_view(track: KeypointTrack) -> View:
    """Tell from which side the runner is filmed.

    Side views are named for the side of the body that the camera sees. Raises NotEnoughData
    (`oblique_view`) where the camera stands between the side and the rear, (`picture_turned`)
    where the runner's trunk lies across the picture.
    """
    if _lying_deg(track) > MOST_LYING_DEG:
        raise NotEnoughData(
            "The runner lies across the picture: turn the video upright and try again.",
            code="picture_turned",
        )
    width = _median_of(_signed_width(track))
    if abs(width) >= FRONTAL_MIN_WIDTH:
        return View.REAR if width > 0 else View.FRONT
    if abs(width) > SIDE_MAX_WIDTH:
        raise NotEnoughData(
            "The camera looks at the runner obliquely, so angles in one plane would be wrong: "
            "film again straight from the side or straight from behind, the camera at hip height.",
            code="oblique_view",
        )
    return View.RIGHT if facing_sign(track) > 0 else View.LEFT


def facing_sign(track: KeypointTrack) -> int:
    """Return +1 where the runner faces the image's right, -1 where its left.

    Toes point forward of heels and the nose lies before the ears; both vote.
    """
    votes = [
        track.point(f"{side}_foot_index")[:, 0] - track.point(f"{side}_heel")[:, 0]
        for side in ("left", "right")
    ]
    ears = (track.point("left_ear")[:, 0] + track.point("right_ear")[:, 0]) / 2
    votes.append(track.point("nose")[:, 0] - ears)
    scale = _trunk_length(track)
    return 1 if sum(_median_of(vote / scale) for vote in votes) > 0 else -1


def _signed_width(track: KeypointTrack) -> NDArray[np.float64]:
    """Right minus left, as the image shows it, against trunk length: positive seen from behind."""
    shoulders = track.point("right_shoulder")[:, 0] - track.point("left_shoulder")[:, 0]
    hips = track.point("right_hip")[:, 0] - track.point("left_hip")[:, 0]
    return np.asarray((shoulders + hips) / 2 / _trunk_length(track), dtype=np.float64)


def _lying_deg(track: KeypointTrack) -> float:
    """Median angle of the trunk from the picture's upright; 180 upside down."""
    trunk = (
        track.point("left_shoulder")
        + track.point("right_shoulder")
        - track.point("left_hip")
        - track.point("right_hip")
    )
    return _median_of(np.degrees(np.arctan2(np.abs(trunk[:, 0]), -trunk[:, 1])))


def _trunk_length(track: KeypointTrack) -> NDArray[np.float64]:
    shoulder = (track.point("left_shoulder") + track.point("right_shoulder")) / 2
    hip = (track.point("left_hip") + track.point("right_hip")) / 2
    return np.asarray(np.linalg.norm(shoulder - hip, axis=1), dtype=np.float64)


def _median_of(values: NDArray[np.floating[Any]]) -> float:
    return float(np.nanmedian(values))
