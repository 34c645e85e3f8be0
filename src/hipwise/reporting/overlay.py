"""The video again, with the tracked skeleton drawn on it: one pass, one frame in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from hipwise.errors import UsageError
from hipwise.recording.film import FilmWriter
from hipwise.recording.video import Frame, open_video
from hipwise.reporting.analysis import ViewAnalysis
from hipwise.reporting.keyframes import KeyFrames
from hipwise.reporting.readout import Readout
from hipwise.reporting.skeleton import draw_skeleton


def drawn_frames(view: ViewAnalysis) -> Iterator[Frame]:
    """Decode the recording and yield each tracked-through frame with its skeleton drawn on.

    Raises `UsageError` if the recording's file is not at hand, `UnreadableFile` if it is gone.
    """
    if view.recording.path is None:
        raise UsageError(f"The file of {view.recording.name} was not kept: give it again.")
    times = view.track.time_s
    half_frame_s = 0.5 / view.recording.sample_rate_hz
    for frame in open_video(view.recording.path):
        index = int(np.clip(np.searchsorted(times, frame.time_s - half_frame_s), 0, len(times) - 1))
        rgb = np.array(frame.rgb)
        if abs(times[index] - frame.time_s) <= half_frame_s:
            draw_skeleton(rgb, view.track.xy_px[index], view.track.visibility[index])
        yield Frame(frame.time_s, rgb)


def write_overlay(
    path: Path,
    view: ViewAnalysis,
    key_frames: KeyFrames,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write `overlay.mp4` and let `key_frames` pick its pictures in the same pass.

    `progress` is told (frames done, frames in all).
    """
    readout = Readout(view.gait) if view.contact_is_timed else None
    size_px = view.track.width_px, view.track.height_px
    with FilmWriter(path, *size_px, view.recording.sample_rate_hz) as film:
        for done, frame in enumerate(drawn_frames(view), 1):
            key_frames.offer(frame)
            if readout is not None:
                readout.draw(frame.rgb, frame.time_s)
            film.write(frame.rgb, frame.time_s)
            if progress is not None:
                progress(done, len(view.track.time_s))
