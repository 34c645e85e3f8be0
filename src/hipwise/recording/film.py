"""Writing an H.264 film that every phone and browser plays."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

MAX_THREADS = 4
"""Each encoding thread holds frames of its own, so more of them cost memory (chosen by us)."""
AUDIO_BITS = 64_000
TIME_BASE = Fraction(1, 90_000)
"""The clock of the time stamps written, fine enough for every frame rate in use."""


@dataclass(frozen=True)
class Sound:
    """A sound track: mono samples (N,) between -1 and 1, so many a second."""

    samples: NDArray[np.float32]
    rate_hz: int


@dataclass(frozen=True)
class Chapter:
    """A part of a film that players let one jump to."""

    start_s: float
    end_s: float
    title: str


class FilmWriter:
    """Write frames to an mp4 file: H.264, yuv420p, index in front so that it plays at once.

    `sound` becomes an AAC track, `chapters` are listed by players.

    Use it as a context manager. Where the block ends in an exception, the unfinished file is
    removed; a film without frames leaves no file. A width or height that is odd, which 4:2:0
    sampling cannot hold, gains one repeated row or column.
    """

    def __init__(
        self,
        path: str | Path,
        width: int,
        height: int,
        fps: float,
        *,
        sound: Sound | None = None,
        chapters: Sequence[Chapter] = (),
    ) -> None:
        """Prepare a film of `width` × `height` pixels; `fps` spaces frames without a time."""
        self._path = Path(path)
        self._sound, self._heard = sound, 0
        self._chapters = tuple(chapters)
        self._shape = (height, width, 3)
        self._fps = fps
        self._last_s, self._next_s = -math.inf, 0.0

    def __enter__(self) -> Self:
        """Open the file; OSError where it cannot be written."""
        import av

        height, width, _ = self._shape
        self._container = av.open(
            str(self._path), "w", format="mp4", options={"movflags": "+faststart"}
        )
        rate = Fraction(self._fps).limit_denominator(1001)
        self._stream = self._container.add_stream("libx264", rate=rate)
        self._stream.width = width + width % 2
        self._stream.height = height + height % 2
        self._stream.pix_fmt = "yuv420p"
        self._stream.options = {"preset": "veryfast", "crf": "20", "threads": str(MAX_THREADS)}
        self._stream.codec_context.time_base = TIME_BASE
        if self._sound is not None:
            self._audio = self._container.add_stream(
                "aac", rate=self._sound.rate_hz, layout="mono", bit_rate=AUDIO_BITS
            )
        if self._chapters:
            self._container.set_chapters(
                [_chapter(each, id) for id, each in enumerate(self._chapters)]
            )
        return self

    def write(self, rgb: NDArray[np.uint8], time_s: float | None = None) -> None:
        """Append a picture (H, W, 3), shown from `time_s` on, or one frame after the last.

        Raises ValueError where the shape is not the film's or time does not advance.
        """
        from av import VideoFrame

        if rgb.shape != self._shape:
            raise ValueError(f"a frame is {rgb.shape}, the film {self._shape}")
        if time_s is None:
            time_s = self._next_s
        if time_s <= self._last_s:
            raise ValueError(f"a frame at {time_s} s follows one at {self._last_s} s")
        even = np.pad(rgb, ((0, rgb.shape[0] % 2), (0, rgb.shape[1] % 2), (0, 0)), mode="edge")
        frame = VideoFrame.from_ndarray(np.ascontiguousarray(even), format="rgb24")
        frame.pts = round(time_s / TIME_BASE)
        frame.time_base = TIME_BASE
        self._container.mux(self._stream.encode(frame))
        self._hear_until(time_s)
        self._last_s, self._next_s = time_s, time_s + 1.0 / self._fps

    def _hear_until(self, time_s: float) -> None:
        """Write the sound up to a time, beside the pictures of that time."""
        from av import AudioFrame

        if self._sound is None:
            return
        end = min(round(time_s * self._sound.rate_hz), len(self._sound.samples))
        if end <= self._heard:
            return
        samples = self._sound.samples[self._heard : end].reshape(1, -1)
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout="mono")
        frame.sample_rate = self._sound.rate_hz
        frame.pts = self._heard
        frame.time_base = Fraction(1, self._sound.rate_hz)
        self._container.mux(self._audio.encode(frame))
        self._heard = end

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Finish the film, or remove it where an exception interrupted it."""
        finished = False
        try:
            if kind is None:
                self._container.mux(self._stream.encode())
                if self._sound is not None:
                    self._hear_until(len(self._sound.samples) / self._sound.rate_hz)
                    self._container.mux(self._audio.encode())
            self._container.close()
            finished = kind is None
        finally:
            if not finished:
                self._path.unlink(missing_ok=True)


def _chapter(chapter: Chapter, id: int) -> Any:
    """Return a chapter as PyAV takes it."""
    return {
        "id": id,
        "start": round(1000 * chapter.start_s),
        "end": round(1000 * chapter.end_s),
        "time_base": Fraction(1, 1000),
        "metadata": {"title": chapter.title},
    }
