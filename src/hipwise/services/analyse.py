"""From videos to an analysis: follow, measure, explain, plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from hipwise.errors import UsageError
from hipwise.gait import Runner, Warn, measure
from hipwise.knowledge import Library, load
from hipwise.motion import KeypointCleaning, Motion
from hipwise.pose.keypoints import KeypointTrack
from hipwise.recording import VideoFile, open_video
from hipwise.reporting.analysis import Analysis, RecordingInfo, ViewAnalysis
from hipwise.screening import Answers
from hipwise.services.conclude import Tested, Wishes, conclude, refuse_unsafe

CUT_SHORT = Warn("cut_short", "The film ends before it should: what there is of it was measured.")
METHOD = {
    "Keypoints": "BlazePose 'full' (Bazarevsky et al. 2020) finds 33 points of the body in each "
    "frame. Where a leg's point jumps to the other leg or is hidden, its movement before and after "
    "says where it was.",
    "Foot strike": "Seen from the side: where the foot's backward speed passes half of its speed "
    "in stance.",
    "Toe-off": "Seen from the side: where the knee starts to bend for swing, read from the flank "
    "behind its straightest point.",
    "Stance from behind": "Between the pelvis' fall and rise past 83 % of its height range; good "
    "for mid-stance, too coarse for contact times.",
    "Strides": "A value needs at least 7 strides a side before a finding may rest on it.",
}
Progress = Callable[[str, int, int], None]
"""Told the stage's name, how much of it is done, and how much there is."""


def silent(stage: str, done: int, total: int) -> None:
    """Report nothing."""
    del stage, done, total


def track(path: str | Path, *, progress: Callable[[int, int], None] | None = None) -> Motion:
    """Follow the runner in a video and return the clean motion.

    Raises UnreadableFile for a file that cannot be read, NotEnoughData where no runner can be
    followed, WeightsMissing where the pose network is not installed.
    """
    video = open_video(path)
    return KeypointCleaning().motion(_keypoints(video, progress), source=video.sha256)


def analyse_videos(
    paths: Sequence[str | Path],
    wishes: Wishes,
    *,
    answers: Sequence[Answers] = (),
    progress: Progress = silent,
) -> Analysis:
    """Measure one or several videos of one runner, explain them and plan today's routine.

    `answers` are the runner's screenings, oldest first: the latest is told beside the films.
    Raises StoppedForSafety where it holds a red flag, before anything is measured; UsageError
    where a video is given twice; and what `track`, `gait.measure` and `screening.score` raise.
    """
    library = load()
    tested = Tested.of(answers[-1], answers[:-1], library) if answers else None
    if tested is not None:
        refuse_unsafe(tested.screened)
        wishes = replace(wishes, height_m=wishes.height_m or answers[-1].runner.height_m)
    videos = [open_video(path) for path in paths]
    _refuse_the_same_twice(videos)
    views = tuple(view_of(video, wishes, library, progress) for video in videos)
    analysis = conclude(Path(paths[0]).name, views, tested, wishes, library)
    return replace(analysis, method=METHOD)


def _refuse_the_same_twice(videos: Sequence[VideoFile]) -> None:
    """Refuse two files of the same content, whose strides would look like more than there are."""
    first: dict[str, VideoFile] = {}
    for video in videos:
        if (same := first.setdefault(video.sha256, video)) is not video:
            raise UsageError(
                f"{same.path.name} and {video.path.name} are the same film; give each film once."
            )


def view_of(video: VideoFile, wishes: Wishes, library: Library, progress: Progress) -> ViewAnalysis:
    """Follow and measure the runner in one video."""
    stage = f"Following the runner in {video.path.name}"
    keypoints = _keypoints(video, partial(progress, stage))
    motion = KeypointCleaning().motion(keypoints, source=video.sha256)
    gait = measure(motion, runner=Runner(wishes.height_m), library=library)
    info = RecordingInfo(
        name=video.path.name,
        sha256=video.sha256,
        kind="video",
        duration_s=video.duration_s,
        sample_rate_hz=video.fps,
        path=video.path,
    )
    if video.cut_short:
        gait = replace(gait, warnings=(*gait.warnings, CUT_SHORT))
    return ViewAnalysis(info, keypoints, gait)


def _keypoints(
    video: VideoFile, progress: Callable[[int, int], None] | None = None
) -> KeypointTrack:
    from hipwise import pose

    return pose.track(video, progress=progress)
