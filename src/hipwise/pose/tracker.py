"""Following one person through a recording."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hipwise.pose.detector import PersonDetector
from hipwise.pose.keypoints import KEYPOINT_NAMES, KeypointTrack
from hipwise.pose.landmarks import LandmarkNetwork, Landmarks
from hipwise.pose.region import Region
from hipwise.pose.selection import most_prominent, same_person
from hipwise.pose.weights import Weights, load_weights
from hipwise.recording import Frame, VideoFile, open_video

PRESENT = 0.5
"""Below this, the landmark network says there is no person in the region (BlazePose's own)."""

MIN_SIDE_PX = 16.0
"""A region smaller than this holds nobody who could be measured (chosen by us)."""

Progress = Callable[[int, int], None]
"""Told the frames done, and how many there are in all (0 where that is not known)."""


def track(
    frames: VideoFile | Iterable[Frame] | str | Path,
    *,
    progress: Progress | None = None,
    weights: Weights | None = None,
) -> KeypointTrack:
    """Follow one person through a video, a path to one, or any frames.

    The person is the largest and most central one found first, and is kept to from then on. Frames
    are taken one at a time, so memory does not grow with the recording. Raises UnreadableFile
    where the video cannot be read, WeightsMissing where the networks' weights are not here.
    A recording without a person gives a track whose every frame is NaN.
    """
    if isinstance(frames, str | Path):
        frames = open_video(frames)
    total = frames.frame_count if isinstance(frames, VideoFile) else 0
    follower = PersonFollower(weights or load_weights())
    record = _Record()
    for done, frame in enumerate(frames, start=1):
        record.add(frame, follower.find(frame))
        if progress is not None:
            progress(done, total)
    return record.as_track()


class PersonFollower:
    """Finds one person in frame after frame, looking where they were in the frame before."""

    def __init__(self, weights: Weights) -> None:
        """Load both networks."""
        self._detector = PersonDetector(weights.detector)
        self._landmarks = LandmarkNetwork(weights.landmarks)
        self._last: Region | None = None
        self._last_s = 0.0
        self._following = False

    def find(self, frame: Frame) -> Landmarks | None:
        """Return the person's landmarks in the next frame, None where they are not seen."""
        found = None
        if self._following and self._last is not None:
            found = self._look(frame, self._last)
        if found is None:
            found = self._search(frame)
        self._following = found is not None
        if found is not None:
            self._last, self._last_s = found.region, frame.time_s
        return found

    def _look(self, frame: Frame, region: Region) -> Landmarks | None:
        found = self._landmarks.find(frame.rgb, region)
        return found if found.presence >= PRESENT and found.region.side_px > MIN_SIDE_PX else None

    def _search(self, frame: Frame) -> Landmarks | None:
        people = self._detector.detect(frame.rgb)
        if self._last is None:
            height, width = frame.rgb.shape[:2]
            people = most_prominent(people, width, height)
        else:
            people = same_person(people, self._last, frame.time_s - self._last_s)
        looks = (self._look(frame, person.region) for person in people)
        return next((found for found in looks if found is not None), None)


class _Record:
    """Gathers what was found, frame after frame."""

    def __init__(self) -> None:
        self._time_s: list[float] = []
        self._xy_px: list[NDArray[np.float32]] = []
        self._visibility: list[NDArray[np.float32]] = []
        self._size_px = (0, 0)

    def add(self, frame: Frame, found: Landmarks | None) -> None:
        count = len(KEYPOINT_NAMES)
        height, width = frame.rgb.shape[:2]
        self._size_px = (width, height)
        self._time_s.append(frame.time_s)
        xy_px = np.full((count, 2), np.nan) if found is None else found.xy_px
        visibility = np.zeros(count) if found is None else found.visibility
        self._xy_px.append(xy_px.astype(np.float32))
        self._visibility.append(visibility.astype(np.float32))

    def as_track(self) -> KeypointTrack:
        count = len(KEYPOINT_NAMES)
        return KeypointTrack(
            time_s=np.array(self._time_s, dtype=np.float64),
            xy_px=np.array(self._xy_px, dtype=np.float32).reshape(-1, count, 2),
            visibility=np.array(self._visibility, dtype=np.float32).reshape(-1, count),
            width_px=self._size_px[0],
            height_px=self._size_px[1],
        )
