"""Following one person through a recording."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from hipwise.pose import weights
from hipwise.pose.detector import PersonDetector
from hipwise.pose.keypoints import KEYPOINT_NAMES, KeypointTrack
from hipwise.pose.landmarks import LandmarkNetwork, Landmarks
from hipwise.pose.region import Region
from hipwise.recording import Frame, VideoFile, open_video

PRESENT = 0.5
Progress = Callable[[int, int], None]


def track(
    frames: Iterable[Frame] | VideoFile | str | Path, *, progress: Progress | None = None
) -> KeypointTrack:
    """Follow one person."""
    if isinstance(frames, str | Path):
        frames = open_video(frames)
    total = frames.frame_count if isinstance(frames, VideoFile) else 0
    d, l = weights.load()
    detector, network = PersonDetector(d), LandmarkNetwork(l)
    region: Region | None = None
    times, xys, viss = [], [], []
    width = height = 0
    for done, frame in enumerate(frames, 1):
        height, width = frame.rgb.shape[:2]
        found: Landmarks | None = None
        if region is not None:
            found = network.find(frame.rgb, region)
            if found.presence < PRESENT:
                found = None
        if found is None:
            for candidate in detector.detect(frame.rgb):
                found = network.find(frame.rgb, candidate.region)
                if found.presence >= PRESENT:
                    break
                found = None
        region = found.region if found else None
        times.append(frame.time_s)
        xys.append(found.xy_px if found else np.full((33, 2), np.nan))
        viss.append(found.visibility if found else np.zeros(33))
        if progress:
            progress(done, total)
    return KeypointTrack(
        np.array(times),
        np.array(xys, dtype=np.float32).reshape(-1, 33, 2),
        np.array(viss, dtype=np.float32).reshape(-1, 33),
        width,
        height,
        KEYPOINT_NAMES,
    )
