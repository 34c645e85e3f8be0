"""From a pose network's keypoints to a clean `Motion`."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hipwise.errors import NotEnoughData
from hipwise.measurement import View
from hipwise.motion.filtering import ZeroLagButterworth
from hipwise.motion.gaps import MAX_GAP_S, fill_gaps
from hipwise.motion.motion import Motion
from hipwise.motion.outliers import JumpRepair
from hipwise.motion.planar import rear_angles, side_angles
from hipwise.motion.view import find_view
from hipwise.pose.keypoints import KeypointTrack

Array = NDArray[np.float64]
SIDES = ("left", "right")
LEG_POINTS = frozenset(
    f"{side}_{joint}" for side in SIDES for joint in ("knee", "ankle", "heel", "foot_index")
)
MIN_TRACKED_S = 1.0
CUTOFF_HZ = 12.0
"""Effective low-pass cut-off, chosen by us between the 8-10 Hz usual for angles in running and the
15-20 Hz usual for foot contacts."""


@dataclass(frozen=True)
class KeypointCleaning:
    """How raw keypoints become trajectories: jumps mended, gaps filled, then the low-pass."""

    max_gap_s: float = MAX_GAP_S
    jumps: JumpRepair | None = field(default_factory=JumpRepair)
    cutoff_hz: float = CUTOFF_HZ

    def motion(self, track: KeypointTrack, source: str) -> Motion:
        """Return the filtered motion with the angles that its view allows.

        Points keep the track's (T, K, 2) layout in pixels, with y turned to point up. Raises
        NotEnoughData (`no_person`, `too_short`, `oblique_view`, `picture_turned`).
        """
        _require_person(track)
        view = find_view(track)
        points = self.clean(track)
        by_name = {name: points[:, i] for i, name in enumerate(track.names)}
        if view in (View.LEFT, View.RIGHT):
            angles = side_angles(by_name, facing=1 if view is View.RIGHT else -1)
        else:
            angles = rear_angles(by_name, right_sign=1 if view is View.REAR else -1)
        return Motion(
            time_s=track.time_s,
            points=points,
            confidence=track.visibility,
            names=track.names,
            angles=angles,
            view=view,
            cutoff_hz=self.cutoff_hz,
            source=source,
            picture_px=(track.width_px, track.height_px),
        )

    def clean(self, track: KeypointTrack) -> Array:
        """Clean trajectories (T, K, 2) in pixels, y up, of any movement, running or not.

        Done point by point, so that a long film needs little memory.
        """
        points = np.empty(track.xy_px.shape)
        pelvis = (_path(track, "left_hip") + _path(track, "right_hip")) / 2
        leg_length = _leg_length(track)
        low_pass = ZeroLagButterworth(self.cutoff_hz)
        for i, name in enumerate(track.names):
            path = _path(track, name)
            if self.jumps is not None and name in LEG_POINTS:
                seen = track.visibility[:, i].astype(np.float64)
                relative = self.jumps.repaired(track.time_s, path - pelvis, seen, leg_length)
                path = pelvis + relative
            filled = fill_gaps(track.time_s, path, self.max_gap_s)
            points[:, i] = low_pass.apply(track.time_s, filled)
        return points


def _require_person(track: KeypointTrack) -> None:
    if not track.tracked.any():
        raise NotEnoughData(
            "No person was found in the video: film the whole body, feet included, in good light.",
            code="no_person",
        )
    seen_s = float(np.sum(np.diff(track.time_s)[track.tracked[1:]]))
    if seen_s < MIN_TRACKED_S:
        raise NotEnoughData(
            f"The runner is in the picture for only {seen_s:.1f} s: film at least ten seconds.",
            code="too_short",
        )


def _path(track: KeypointTrack, name: str) -> Array:
    """(T, 2) of one keypoint in pixels, y up."""
    return np.asarray(track.point(name).astype(np.float64) * (1.0, -1.0))


def _leg_length(track: KeypointTrack) -> float:
    """Twice the usual distance from hip to knee in the picture."""
    thighs = [
        np.linalg.norm(track.point(f"{side}_hip") - track.point(f"{side}_knee"), axis=1)
        for side in SIDES
    ]
    return float(2 * np.nanmedian(thighs))
