"""Film the drawn runner: the same pictures a phone on a tripod would take."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path
from threading import current_thread, main_thread

import numpy as np
from numpy.typing import NDArray

from hipwise.body.camera import Camera
from hipwise.body.painting import Appearance
from hipwise.drawn.run import DrawnRun
from hipwise.drawn.scene import STRIPE_EVERY_M, camera, room_svg
from hipwise.measurement import Side, View

FRAMES_A_TASK = 30
BELT_POSITIONS = 8


def film(
    run: DrawnRun,
    path: str | Path,
    view: View,
    *,
    fps: float = 60.0,
    size_px: tuple[int, int] = (432, 640),
    appearance: Appearance | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write the run as an mp4 of `size_px` (width, height), drawn on all cores.

    `progress` is told (frames done, frames in all).
    """
    from hipwise.recording.film import FilmWriter

    times = np.arange(0.0, run.duration_s, 1 / fps)
    with FilmWriter(path, *size_px, fps) as writer:
        for done, picture in enumerate(_pictures(run, times, view, size_px, appearance), 1):
            writer.write(picture)
            if progress is not None:
                progress(done, len(times))


def _pictures(
    run: DrawnRun,
    times: NDArray[np.float64],
    view: View,
    size_px: tuple[int, int],
    appearance: Appearance | None,
) -> Iterator[NDArray[np.uint8]]:
    workers = os.cpu_count() or 1
    tasks = [times[i : i + FRAMES_A_TASK] for i in range(0, len(times), FRAMES_A_TASK)]
    pool = ProcessPoolExecutor(workers, initializer=_leave_interrupts_to_the_parent)
    try:
        waiting = []
        for task in tasks:
            waiting.append(pool.submit(draw_frames, run, task, view, size_px, appearance))
            if len(waiting) > workers:
                yield from waiting.pop(0).result()
        for future in waiting:
            yield from future.result()
    finally:
        _shut_down(pool)


def _shut_down(pool: ProcessPoolExecutor) -> None:
    """Wait for the pictures being drawn, undisturbed.

    A second Ctrl-C in this wait, of a second or two, would leave the pool waiting for ever.
    """
    in_main_thread = current_thread() is main_thread()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if in_main_thread else None
    try:
        pool.shutdown(cancel_futures=True)
    finally:
        if in_main_thread:
            signal.signal(signal.SIGINT, before)


def _leave_interrupts_to_the_parent() -> None:
    """A terminal sends Ctrl-C to every process; a worker hit by it may take its pool down."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def draw_frames(
    run: DrawnRun,
    times: NDArray[np.float64],
    view: View,
    size_px: tuple[int, int],
    appearance: Appearance | None = None,
) -> list[NDArray[np.uint8]]:
    """Draw the run at `times` (T,): a list of pictures (H, W, 3)."""
    from hipwise.body.painting import paint
    from hipwise.body.raster import pixels_of

    eye = camera(view, run.body.height_m, *size_px)
    speed = belt_speed_mps(run)
    return [
        pixels_of(paint(body, eye, appearance), _room(eye, speed * time_s))
        for time_s, body in zip(times, run.skeleton(times), strict=True)
    ]


def _room(eye: Camera, belt_travel_m: float) -> NDArray[np.uint8]:
    """The room with the belt where it is, to the nearest of a few positions drawn once."""
    position = round(belt_travel_m / STRIPE_EVERY_M * BELT_POSITIONS) % BELT_POSITIONS
    return _room_at(eye, position)


@lru_cache(maxsize=2 * BELT_POSITIONS)
def _room_at(eye: Camera, position: int) -> NDArray[np.uint8]:
    from hipwise.body.raster import pixels_of_svg

    return pixels_of_svg(room_svg(eye, position / BELT_POSITIONS * STRIPE_EVERY_M))


def belt_speed_mps(run: DrawnRun) -> float:
    """How fast the standing foot travels backwards: the treadmill's speed (m/s)."""
    strike, toe_off = run.strike_s(Side.LEFT)[2], run.toe_off_s(Side.LEFT)[2]
    ends = strike + (toe_off - strike) * np.array([0.2, 0.8])
    ball = run.skeleton(ends).point("ball_left")[:, 0]
    return float((ball[0] - ball[1]) / (ends[1] - ends[0]))
