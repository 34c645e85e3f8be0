"""Video files: what is in them, and their frames one at a time with true time stamps."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hipwise.errors import UnreadableFile
from hipwise.recording.orientation import Orientation
from hipwise.recording.packets import scan_packets

if TYPE_CHECKING:
    from av import VideoFrame
    from av.container import InputContainer
    from av.video.reformatter import VideoReformatter
    from av.video.stream import VideoStream

MAX_THREADS = 4
"""Each decoding thread holds frames of its own, so more of them cost memory (chosen by us)."""
LONG_SIDE_MAX_PX = 1280
"""Larger frames are reduced while decoding (chosen by us: the pose network sees 256 px)."""

TEXT_AS_PICTURES = "tty"
"""FFmpeg's name for plain text, which it would draw on a terminal and call a video."""


@dataclass(frozen=True)
class Frame:
    """One picture: when it was taken, and its pixels `rgb` (H, W, 3), upright."""

    time_s: float
    rgb: NDArray[np.uint8]


@dataclass(frozen=True)
class VideoFile:
    """A video that can be read; iterate it for its `Frame`s, as often as wanted.

    `width` and `height` are those of the frames it yields: upright, with square pixels, and
    reduced to at most 1280 pixels on the long side (by area averaging). Every coordinate found in
    its frames is in these pixels; `stored_width` and `stored_height` are the file's own.

    Times are the file's presentation times less that of the first frame, so the first frame is at
    0 s and a player's clock agrees. A frame without a time stamp, or with one that does not
    advance, is placed one nominal frame after the frame before it.

    `fps` is nominal: the rate of the usual step between time stamps. `cut_short` is True where the
    file ends before it should; its frames up to there are read.
    """

    path: Path
    sha256: str
    width: int
    height: int
    stored_width: int
    stored_height: int
    duration_s: float
    fps: float
    frame_count: int
    cut_short: bool
    orientation: Orientation = field(repr=False)

    def __iter__(self) -> Iterator[Frame]:
        """Decode the frames in the order shown, holding one at a time.

        Raises UnreadableFile where the file can no longer be opened.
        """
        from av.video.reformatter import VideoReformatter

        reformatter = VideoReformatter()
        clock = _Clock(1.0 / self.fps)
        with _opened(self.path) as (container, stream):
            for decoded in _decode(container, stream):
                yield Frame(clock.time_s(decoded), self._picture(reformatter, decoded))

    def _picture(self, reformatter: VideoReformatter, decoded: VideoFrame) -> NDArray[np.uint8]:
        from av.video.reformatter import Interpolation

        width, height = self.width, self.height
        if self.orientation.swaps_sides:
            width, height = height, width
        rgb = reformatter.reformat(
            decoded, width=width, height=height, format="rgb24", interpolation=Interpolation.AREA
        )
        return self.orientation.apply(np.asarray(rgb.to_ndarray(), dtype=np.uint8))


def open_video(path: str | Path) -> VideoFile:
    """Look at a video file in any container and codec FFmpeg reads.

    Reads the whole file once (hash, time stamps) but decodes only its first frame. Raises
    UnreadableFile where there is no such file, or it is a folder, empty, damaged beyond reading,
    sound only, or not a video at all.
    """
    path = Path(path)
    sha256 = _checked_sha256(path)
    with _opened(path) as (container, stream):
        first = next(_decode(container, stream), None)
        if first is None:
            raise UnreadableFile(
                f"No picture in {path.name} can be decoded; record or copy it again."
            )
        orientation = Orientation.of_frame(first)
        stored = first.width, first.height
        width, height = _shown_size(first, stream, orientation)
    with _opened(path) as (container, stream):
        scan = scan_packets(container, stream)
    return VideoFile(
        path, sha256, width, height, *stored,
        duration_s=scan.duration_s,
        fps=scan.fps,
        frame_count=scan.frame_count,
        cut_short=scan.cut_short,
        orientation=orientation,
    )  # fmt: skip


def _checked_sha256(path: Path) -> str:
    try:
        found = path.stat()
        digest = "" if S_ISDIR(found.st_mode) else _sha256(path)
    except FileNotFoundError:
        raise UnreadableFile(f"There is no file {path}; check its name and folder.") from None
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}.") from error
    if not digest:
        raise UnreadableFile(f"{path} is a folder; give the video file inside it.")
    if found.st_size == 0:
        raise UnreadableFile(f"{path.name} is empty; record or copy it again.")
    return digest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[tuple[InputContainer, VideoStream]]:
    import av
    from av.error import FFmpegError

    try:
        container = av.open(str(path.resolve()), options={"protocol_whitelist": "file"})
    except (FFmpegError, OSError) as error:
        raise _not_a_video(path) from error
    with container:
        if container.format.name == TEXT_AS_PICTURES:
            raise UnreadableFile(f"{path.name} is a text file; give a video of the run.")
        yield container, _film_stream(container, path)


def _film_stream(container: InputContainer, path: Path) -> VideoStream:
    """Return the first stream of moving pictures; a song's cover picture is none."""
    from av.stream import Disposition

    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            stream.thread_type = "AUTO"
            stream.codec_context.thread_count = min(MAX_THREADS, os.cpu_count() or 1)
            return stream
    if container.streams.audio:
        raise UnreadableFile(f"{path.name} holds sound but no picture; give a video of the run.")
    raise _not_a_video(path)


def _not_a_video(path: Path) -> UnreadableFile:
    return UnreadableFile(
        f"{path.name} is not a video that can be read: it is of another kind, damaged, or was cut "
        "off before its index was written; record or copy it again."
    )


def _decode(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """Yield the frames that can be decoded whole; a damaged one is left out."""
    from av.error import FFmpegError

    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, FFmpegError):
            break
        try:
            decoded = packet.decode() if not packet.is_corrupt else []
        except FFmpegError:
            continue
        for frame in decoded:
            if not frame.is_corrupt:
                yield frame


def _shown_size(
    frame: VideoFrame, stream: VideoStream, orientation: Orientation
) -> tuple[int, int]:
    pixel_aspect = float(stream.sample_aspect_ratio or 1)
    width, height = frame.width * pixel_aspect, float(frame.height)
    if orientation.swaps_sides:
        width, height = height, width
    scale = min(1.0, LONG_SIDE_MAX_PX / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


class _Clock:
    """Turns the frames' time stamps into advancing seconds since the first frame."""

    def __init__(self, step_s: float) -> None:
        self._step_s = step_s
        self._start_s: float | None = None
        self._last_s: float | None = None

    def time_s(self, frame: VideoFrame) -> float:
        stamp_s = frame.time
        if self._last_s is None:
            self._start_s = stamp_s
            self._last_s = 0.0
            return 0.0
        time_s = None
        if stamp_s is not None and self._start_s is not None:
            time_s = stamp_s - self._start_s
        if time_s is None or time_s <= self._last_s:
            time_s = self._last_s + self._step_s
        self._last_s = time_s
        return time_s
