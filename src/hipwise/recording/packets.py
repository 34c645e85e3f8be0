"""What a video file holds, learnt from its packets alone, before any picture is decoded."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from av import Packet
    from av.container import InputContainer
    from av.video.stream import VideoStream

FALLBACK_FPS = 30.0
"""For a stream that states neither time stamps nor a rate (chosen by us: a phone's usual rate)."""

CUT_SHORT_S = 0.5
"""A file ending this much before its stated duration was cut short (chosen by us)."""

INDEXED_FORMATS = {"mov", "mp4"}
"""Their stated duration may count footage trimmed away by an edit list, but their index shows
exactly whether a sample is missing."""


@dataclass(frozen=True)
class PacketScan:
    """What the packets tell of the pictures in a file.

    Their number, the time from the first to the end of the last, the nominal rate, and whether the
    file ends before it should.
    """

    frame_count: int
    duration_s: float
    fps: float
    cut_short: bool


def scan_packets(container: InputContainer, stream: VideoStream) -> PacketScan:
    """Read every packet of an opened container once, without decoding any."""
    from av.error import FFmpegError

    pts: array[int] = array("q")
    frame_count, end_s, damaged = 0, 0.0, False
    try:
        for packet in _whole_packets(container):
            if packet.pts is not None and packet.time_base is not None:
                end_s = max(end_s, float((packet.pts + (packet.duration or 0)) * packet.time_base))
            if packet.stream.index == stream.index:
                frame_count += 1
                if packet.pts is not None:
                    pts.append(packet.pts)
    except FFmpegError:
        damaged = True
    fps = _nominal_fps(stream, pts)
    return PacketScan(
        frame_count=frame_count,
        duration_s=_duration_s(stream, pts, frame_count, fps),
        fps=fps,
        cut_short=damaged or _ends_early(container, end_s),
    )


def _whole_packets(container: InputContainer) -> Iterator[Packet[Any]]:
    """Yield the packets whose data are all there; a sample cut in the middle ends the file."""
    from av.error import InvalidDataError

    for packet in container.demux():
        if packet.is_corrupt:
            raise InvalidDataError(0, "a packet is cut short")
        if packet.size and not packet.is_discard:
            yield packet


def _nominal_fps(stream: VideoStream, pts: array[int]) -> float:
    """Return the rate of the usual steps: their mean, as some containers round to milliseconds."""
    steps = np.diff(np.unique(np.asarray(pts, dtype=np.int64)))
    if steps.size and stream.time_base is not None:
        usual = np.abs(steps - np.median(steps)) <= 0.25 * np.median(steps)
        return 1.0 / float(np.mean(steps[usual]) * float(stream.time_base))
    return float(stream.average_rate or stream.guessed_rate or FALLBACK_FPS)


def _duration_s(stream: VideoStream, pts: array[int], frame_count: int, fps: float) -> float:
    if len(pts) < frame_count or stream.time_base is None:
        return frame_count / fps
    return float((max(pts) - min(pts)) * stream.time_base) + 1.0 / fps


def _ends_early(container: InputContainer, end_s: float) -> bool:
    if container.duration is None or INDEXED_FORMATS & set(container.format.name.split(",")):
        return False
    stated_end_s = (container.duration + (container.start_time or 0)) / 1e6
    return end_s < stated_end_s - CUT_SHORT_S
