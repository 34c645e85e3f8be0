"""What a pose network yields: named keypoints for every frame, with confidence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

KEYPOINT_NAMES: tuple[str, ...] = (
    "nose",
    "left_eye_inner",
    "left_eye",
    "left_eye_outer",
    "right_eye_inner",
    "right_eye",
    "right_eye_outer",
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_pinky",
    "right_pinky",
    "left_index",
    "right_index",
    "left_thumb",
    "right_thumb",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "left_heel",
    "right_heel",
    "left_foot_index",
    "right_foot_index",
)
"""The 33 BlazePose keypoints (Bazarevsky et al. 2020), in the network's order."""


@dataclass(frozen=True)
class KeypointTrack:
    """One person's keypoints over a recording.

    `time_s` (T,) are the recording's own time stamps. `xy_px` (T, K, 2) are image coordinates
    after the orientation metadata is applied: x to the right, y **down**, NaN where no person was
    tracked. `visibility` (T, K) is 0..1, how sure the network is that the point is seen; 0 where
    no person was tracked.
    """

    time_s: NDArray[np.float64]
    xy_px: NDArray[np.float32]
    visibility: NDArray[np.float32]
    width_px: int
    height_px: int
    names: tuple[str, ...] = KEYPOINT_NAMES

    def point(self, name: str) -> NDArray[np.float32]:
        """Return the (T, 2) path of one keypoint in pixels."""
        return self.xy_px[:, self.names.index(name)]

    @property
    def tracked(self) -> NDArray[np.bool_]:
        """(T,) True in the frames in which the person was found."""
        return np.asarray(np.isfinite(self.xy_px[:, 0, 0]))
