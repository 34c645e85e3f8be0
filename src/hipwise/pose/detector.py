"""Finding people in a whole picture: BlazePose's detector (Bazarevsky et al. 2020)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipwise.pose.region import Region, cut_out
from hipwise.pose.runtime import Network

INPUT_PX = 224
ANCHORS_PER_CELL = {8: 2, 16: 2, 32: 6}
"""Stride of each output grid and how many guesses the network makes in each of its cells: the
five layers of strides 8, 16, 32, 32, 32 with two each, the last three sharing a grid."""

GUESSES = 2254
MIN_SCORE = 0.5
"""Below this, a guess is not taken for a person (BlazePose's own)."""

SAME_PERSON_IOU = 0.3
"""Detections whose boxes overlap by more than this are averaged into one (BlazePose's own)."""


@dataclass(frozen=True)
class Detection:
    """A person found: the region that holds them and how sure the network is (0..1)."""

    region: Region
    score: float


def anchor_centres() -> NDArray[np.float64]:
    """Return where in the square picture (0..1) each of the network's guesses lies, (2254, 2)."""
    grids = []
    for stride, count in ANCHORS_PER_CELL.items():
        cells = INPUT_PX // stride
        centres = (np.arange(cells) + 0.5) / cells
        y, x = np.meshgrid(centres, centres, indexing="ij")
        grids.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), count, axis=0))
    return np.concatenate(grids)


class PersonDetector:
    """Runs the detector network on whole pictures."""

    def __init__(self, model: bytes) -> None:
        """Load the network from the bytes of `pose_detection.tflite`."""
        self._network = Network(model, [(GUESSES, 12), (GUESSES, 1)])
        self._anchors = anchor_centres()

    def detect(self, rgb: NDArray[np.uint8]) -> list[Detection]:
        """Return the people in a picture (H, W, 3), the surest first; empty where there is none."""
        height, width = rgb.shape[:2]
        whole = Region(width / 2, height / 2, float(max(height, width)), 0.0)
        pixels = cut_out(rgb, whole, INPUT_PX)
        boxes, logits = self._network.run(pixels.astype(np.float32) / 127.5 - 1.0)
        scores = 1.0 / (1.0 + np.exp(-logits[:, 0].astype(np.float64).clip(-100, 100)))
        keep = scores >= MIN_SCORE
        merged = _merge(boxes[keep] / INPUT_PX, self._anchors[keep], scores[keep])
        return [
            Detection(Region.around(*whole.to_picture(points)), score) for points, score in merged
        ]


def _merge(
    raw: NDArray[np.float32], anchors: NDArray[np.float64], scores: NDArray[np.float64]
) -> list[tuple[NDArray[np.float64], float]]:
    """Average overlapping detections, weighted by score: centre and rim point (2, 2), and score.

    `raw` (N, 12): box centre (x, y), width, height, then four points, relative to the anchor.
    """
    centres = raw[:, 0:2] + anchors
    low, high = centres - raw[:, 2:4] / 2, centres + raw[:, 2:4] / 2
    points = raw[:, 4:8].reshape(-1, 2, 2) + anchors[:, None, :]
    left = np.argsort(-scores)
    merged = []
    while left.size:
        best = left[0]
        same = _overlap(low, high, best, left) > SAME_PERSON_IOU
        same[0] = True
        group, left = left[same], left[~same]
        centre = np.average(points[group], axis=0, weights=scores[group])
        merged.append((centre, float(scores[best])))
    return merged


def _overlap(
    low: NDArray[np.float64], high: NDArray[np.float64], one: int, others: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return the intersection over union (N,) of one box with others."""
    extent = (np.minimum(high[one], high[others]) - np.maximum(low[one], low[others])).clip(min=0)
    shared = extent.prod(axis=1)
    union = (high[one] - low[one]).prod() + (high[others] - low[others]).prod(axis=1) - shared
    return np.asarray(shared / np.maximum(union, 1e-12))
