"""What runs beside a test in the terminal: stopwatch, countdown, and a metronome's beats."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from hipwise.knowledge.protocols import Timer


class _Ticker:
    """Shows the time, and beats, until the block ends."""

    def __init__(self, console: Console, shown: Callable[[float], str], beat_s: float | None):
        self._start = time.monotonic()
        self._console, self._beat_s = console, beat_s
        self._live = Live(
            get_renderable=lambda: Text(shown(self.elapsed_s), style="bold"),
            console=console,
            refresh_per_second=10,
            transient=True,
        )
        self._over = threading.Event()
        self._beats = threading.Thread(target=self._beat, daemon=True)

    @property
    def elapsed_s(self) -> float:
        """Seconds since the block began."""
        return time.monotonic() - self._start

    def __enter__(self) -> Self:
        self._start = time.monotonic()
        if self._console.is_terminal:
            self._live.start()
        if self._beat_s is not None:
            self._beats.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._live.stop()
        if self._beats.is_alive():
            self._beats.join()

    def _beat(self) -> None:
        while self._beat_s is not None and not self._over.wait(self._beat_s):
            self._console.bell()


def stopwatch(console: Console, stop: Callable[[], None], longest_s: float | None) -> float:
    """Run until `stop` returns (the runner presses Enter); return seconds, `longest_s` at most."""
    with _Ticker(console, lambda s: f"{s:5.1f} s   Enter stops", None) as ticker:
        stop()
        elapsed_s = ticker.elapsed_s
    return round(elapsed_s if longest_s is None else min(elapsed_s, longest_s), 1)


def countdown(console: Console, seconds: float) -> None:
    """Count `seconds` down and ring the bell."""
    with _Ticker(console, lambda s: f"{max(seconds - s, 0):5.1f} s left", None):
        time.sleep(seconds)
    console.bell()


def metronome(console: Console, stop: Callable[[], None], beats_per_min: float) -> None:
    """Ring the bell at every beat until `stop` returns."""
    with _Ticker(console, lambda s: f"{s:5.1f} s   Enter stops the beat", 60 / beats_per_min):
        stop()


def counter(console: Console, press: Callable[[], None], seconds: float | None) -> None:
    """Count `seconds` down where the test has them; otherwise wait until Enter is pressed."""
    if seconds is not None:
        countdown(console, seconds)
    else:
        stopwatch(console, press, None)


def run_timer(console: Console, timer: Timer, stop: Callable[[], None]) -> float | None:
    """Run what the test asks for; return the seconds of a stopwatch, None for all else."""
    if timer.kind == "stopwatch":
        return stopwatch(console, stop, timer.seconds)
    if timer.kind == "metronome" and timer.beats_per_min is not None:
        metronome(console, stop, timer.beats_per_min)
    else:
        counter(console, stop, timer.seconds)
    return None
