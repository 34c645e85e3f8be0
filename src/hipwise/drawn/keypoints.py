"""What a perfect pose network would report of the drawn runner: its joints, projected."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hipwise.body.camera import Camera
from hipwise.body.kinematics import Skeleton
from hipwise.drawn.run import DrawnRun
from hipwise.drawn.scene import camera
from hipwise.measurement import Side, View
from hipwise.pose.keypoints import KEYPOINT_NAMES, KeypointTrack


def perfect_track(
    run: DrawnRun, view: View, *, fps: float = 60.0, size_px: tuple[int, int] = (432, 640)
) -> KeypointTrack:
    """Keypoints of the run as its film shows them, without any error of a network."""
    time_s = np.arange(0.0, run.duration_s, 1 / fps)
    return keypoints_of(run.skeleton(time_s), camera(view, run.body.height_m, *size_px), time_s)


def keypoints_of(body: Skeleton, eye: Camera, time_s: NDArray[np.float64]) -> KeypointTrack:
    """Keypoints of any moving body (T instants) as the camera `eye` shows it at `time_s` (T,)."""
    pixels, _ = eye.project(np.stack([_point(body, name) for name in KEYPOINT_NAMES], axis=1))
    return KeypointTrack(
        time_s=time_s,
        xy_px=pixels.astype(np.float32),
        visibility=np.ones(pixels.shape[:2], dtype=np.float32),
        width_px=eye.width_px,
        height_px=eye.height_px,
    )


def _point(body: Skeleton, name: str) -> NDArray[np.float64]:
    side = Side.LEFT if "left" in name else Side.RIGHT
    part = name.removeprefix(f"{side}_").removesuffix(f"_{side}")
    if part in ("nose", "mouth"):
        return body.point("nose")
    if part.startswith("eye"):
        return body.point(f"eye_{side}")
    if part in ("pinky", "index", "thumb"):
        return body.point(f"knuckles_{side}")
    return body.point(f"{'ball' if part == 'foot_index' else part}_{side}")
