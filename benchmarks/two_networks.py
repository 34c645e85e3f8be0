"""How far two pose networks disagree on one real film, measured in the same way.

BlazePose, which hipwise uses, and RTMPose (Halpe-26, keypoints made by others) read the same film
of one runner; both go through the same cleaning and the same gait analysis. Neither is the truth:
the disagreement bounds what may be claimed of a film like this one. The figures stand in
`knowledge/content/metrics.yaml` as `two_networks_on_film`.

    uv run python benchmarks/two_networks.py
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from hipwise.gait import Gait, Runner, measure
from hipwise.motion import KeypointCleaning
from hipwise.pose.keypoints import KeypointTrack
from hipwise.pose.tracker import track

VIDEO = Path(__file__).parents[2] / "shared" / "data" / "video" / "male_side.mp4"
HEIGHT_M = 1.75
"""Assumed; it scales vertical oscillation only."""

SAME_POINT = {"nose": "nose"} | {
    f"{side[0]}_{other}": f"{side}_{ours}"
    for side in ("left", "right")
    for other, ours in {
        **{joint: joint for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")},
        "heel": "heel",
        "big_toe": "foot_index",
    }.items()
}
"""The other network's name of each keypoint that both have."""


def main() -> None:
    """Print each metric by both networks, and how far they disagree."""
    ours = track(VIDEO)
    one, other = (gait_of(keypoints) for keypoints in (ours, by_the_other_network(ours)))
    print(f"{'metric':34}{'side':7}{'BlazePose':>10}{'RTMPose':>10}{'apart':>8}")
    for metric, side, a, b in (*values(one, other), *differences(one, other)):
        print(f"{metric:34}{side:7}{a:10.2f}{b:10.2f}{abs(a - b):8.2f}")


def by_the_other_network(ours: KeypointTrack) -> KeypointTrack:
    """Replace the keypoints that both networks have by the other one's, at the same times."""
    told = json.loads(VIDEO.with_suffix(".pose.json").read_text(encoding="utf-8"))
    frames = np.asarray(told["frames"], dtype=np.float32)
    xy_px, visibility = ours.xy_px.copy(), ours.visibility.copy()
    for place, name in enumerate(told["keypoint_names"]):
        if name in SAME_POINT:
            column = ours.names.index(SAME_POINT[name])
            xy_px[: len(frames), column] = frames[:, place, :2]
            visibility[: len(frames), column] = frames[:, place, 2].clip(0, 1)
    return KeypointTrack(
        ours.time_s, xy_px, visibility, ours.width_px, ours.height_px, names=ours.names
    )


def gait_of(keypoints: KeypointTrack) -> Gait:
    """Clean and measure as the program does."""
    motion = KeypointCleaning().motion(keypoints, source=VIDEO.name)
    return measure(motion, runner=Runner(HEIGHT_M))


Row = tuple[str, str, float, float]


def values(one: Gait, other: Gait) -> Iterator[Row]:
    """Yield every measurement that both have."""
    theirs = {(m.metric, m.side): m.value for m in other.measurements}
    for m in one.measurements:
        if (m.metric, m.side) in theirs:
            yield m.metric, str(m.side or "whole"), m.value, theirs[m.metric, m.side]


def differences(one: Gait, other: Gait) -> Iterator[Row]:
    """Yield every left minus right difference that both have."""
    theirs = {s.metric: s.difference for s in other.symmetries}
    for s in one.symmetries:
        if s.metric in theirs:
            yield s.metric, "L - R", s.difference, theirs[s.metric]


if __name__ == "__main__":
    main()
