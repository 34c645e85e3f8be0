"""Finding a person's keypoints within a region: BlazePose's landmark network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipwise.pose.heatmap import refine
from hipwise.pose.keypoints import KEYPOINT_NAMES
from hipwise.pose.region import Region, cut_out
from hipwise.pose.runtime import Network

INPUT_PX = 256
HEATMAP_PX = 64
LANDMARKS = 39
KEYPOINTS = len(KEYPOINT_NAMES)
CENTRE, RIM = 33, 34
"""The auxiliary landmarks that say where the person is: the circle's centre and a rim point."""


@dataclass(frozen=True)
class Landmarks:
    """What the network found in a region.

    `xy_px` (33, 2) are keypoints in the picture. `visibility` (33,) is 0..1: the network's own, but
    no more than the keypoint's heatmap bears out. `presence` 0..1 is how sure the network is that a
    person is there at all, `region` where that person is.
    """

    xy_px: NDArray[np.float64]
    visibility: NDArray[np.float64]
    presence: float
    region: Region


class LandmarkNetwork:
    """Runs the landmark network on one region of a picture."""

    def __init__(self, model: bytes) -> None:
        """Load the network from the bytes of `pose_landmark_full.tflite`."""
        self._network = Network(
            model, [(5 * LANDMARKS,), (1,), (HEATMAP_PX, HEATMAP_PX, LANDMARKS)]
        )

    def find(self, rgb: NDArray[np.uint8], region: Region) -> Landmarks:
        """Return the keypoints of the person in a region of a picture (H, W, 3)."""
        pixels = cut_out(rgb, region, INPUT_PX, repeat_edge=True).astype(np.float32) / 255.0
        raw, presence, heatmaps = self._network.run(pixels)
        table = raw.astype(np.float64).reshape(LANDMARKS, 5)
        refined = refine(table[:, :2] / INPUT_PX, heatmaps)
        xy_px = region.to_picture(refined.xy)
        visibility = 1.0 / (1.0 + np.exp(-table[:, 3]))
        return Landmarks(
            xy_px=xy_px[:KEYPOINTS],
            visibility=np.minimum(visibility, refined.support)[:KEYPOINTS],
            presence=float(presence[0]),
            region=Region.around(xy_px[CENTRE], xy_px[RIM]),
        )
