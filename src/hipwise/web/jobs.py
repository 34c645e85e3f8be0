"""Long work, one piece after the other, each in a process of its own with its limits."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

from hipwise.errors import HipwiseError

LONGEST_S = 3600.0
"""So long one piece of work may take (chosen by us)."""
MOST_BYTES = 4 * 2**30
"""So much memory it may hold (chosen by us)."""
LOOK_EVERY_S = 0.2
MOST_KNOWN = 100
"""So many pieces of work are remembered (chosen by us)."""
STAGE, ENDED = "stage", "ended"
"""What a process tells: the stage it is in, or that it ended, with its fault or none."""
Tell = Callable[[str, int, int], None]
Work = Callable[..., None]
"""A function of a module, called as `work(*args, tell)`."""
Tidy = Callable[[], object]


@dataclass(frozen=True)
class Job:
    """How far a piece of work is: `done` of `total` steps of a `stage`.

    `fault` says why it ended without a result.
    """

    stage: str = "Waiting for its turn"
    done: int = 0
    total: int = 0
    ended: bool = False
    fault: str = ""


def _nothing() -> None: ...


class Jobs:
    """The work of this run of the server, by a key of its own; it ends with the server."""

    def __init__(self, longest_s: float = LONGEST_S, most_bytes: int = MOST_BYTES) -> None:
        self._limits = longest_s, most_bytes
        self._known: dict[str, Job] = {}
        self._lock = Lock()
        self._queue = _one_after_the_other()
        self._process: Any = None
        self._round = 0

    def start(self, key: str, work: Work, *args: object, tidy: Tidy = _nothing) -> None:
        """Queue a piece of work; where the same one waits or is being done, nothing changes.

        Once it is over, however it ended, or where it does not begin, `tidy` is called.
        """
        with self._lock:
            known = self._known.get(key)
            new = known is None or known.ended
            if new:
                self._known.pop(key, None)
                self._forget()
                self._known[key] = Job()
                queued = self._queue.submit(self._do, self._round, key, work, args)
        if new:
            queued.add_done_callback(lambda _: tidy())
        else:
            tidy()

    def of(self, key: str) -> Job | None:
        """Return how far a piece of work is; None where it was not asked for."""
        with self._lock:
            return self._known.get(key)

    def about(self, part: str) -> Job | None:
        """Return how far the latest work is whose key holds `part`; None where none does."""
        with self._lock:
            known = reversed(self._known.items())
            return next((job for key, job in known if part in key), None)

    def stop(self) -> None:
        """Stop what is being done and forget what waits; when it returns, nothing of it goes on."""
        with self._lock:
            stopped, self._queue = self._queue, _one_after_the_other()
            self._kill()
            self._known.clear()
        stopped.shutdown(wait=True, cancel_futures=True)

    def close(self) -> None:
        """Stop what is being done and let nothing else begin."""
        self._queue.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._kill()

    def _kill(self) -> None:
        self._round += 1
        if self._process is not None:
            self._process.kill()

    def _forget(self) -> None:
        over = [key for key, job in self._known.items() if job.ended]
        for key in over[: max(len(self._known) - MOST_KNOWN, 0)]:
            del self._known[key]

    def _put(self, key: str, job: Job) -> None:
        with self._lock:
            self._known[key] = job

    def _do(self, round: int, key: str, work: Work, args: tuple[object, ...]) -> None:
        try:
            fault = self._watched(round, key, work, args)
        except Exception as error:  # noqa: BLE001 (whatever it is, the page must tell it)
            fault = f"The work could not be begun ({error}): try again."
        self._put(key, Job(ended=True, fault=fault))

    def _watched(self, round: int, key: str, work: Work, args: tuple[object, ...]) -> str:
        """Run one piece of work in its process; return its fault, empty where it went well."""
        spawning = multiprocessing.get_context("spawn")
        here, there = spawning.Pipe(duplex=False)
        process = spawning.Process(
            target=run, args=(there, work, args), daemon=True, name="hipwise-work"
        )
        with self._lock:
            if round != self._round:
                return "It was stopped."
            process.start()
            self._process = process
        there.close()
        self._put(key, Job("Getting ready"))
        try:
            return self._follow(key, here, process.pid or 0)
        finally:
            with self._lock:
                if self._process is process:
                    self._process = None
            process.kill()
            process.join()
            here.close()

    def _follow(self, key: str, here: Connection, pid: int) -> str:
        """Take what the process tells, until it ends, or its time or memory is over."""
        longest_s, most_bytes = self._limits
        until = time.monotonic() + longest_s
        while time.monotonic() < until:
            if _held(pid) > most_bytes:
                return "It needs more memory than is allowed: give a shorter or smaller film."
            if not here.poll(LOOK_EVERY_S):
                continue
            try:
                kind, *told = here.recv()
            except EOFError:
                return (
                    "The work broke off: the file may need more memory than there is, or be "
                    "damaged. Nothing else was touched."
                )
            if kind == STAGE:
                self._put(key, Job(*told))
            else:
                return str(told[0])
        return f"It took longer than {longest_s / 60:.0f} minutes and was stopped."


def _one_after_the_other() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="hipwise-jobs")


def _held(pid: int) -> int:
    """Return the bytes of memory that a process holds, 0 once it has ended."""
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def run(pipe: Connection, work: Work, args: tuple[object, ...]) -> None:
    """Do a piece of work, in the process that is there for it, and tell how far it is.

    Ctrl+C is left to the server, which ends this process with itself.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        work(*args, _Telling(pipe))
    except HipwiseError as fault:
        pipe.send((ENDED, str(fault)))
    else:
        pipe.send((ENDED, ""))


class _Telling:
    """Tells the stage to the server, a few times a second."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._last: tuple[str, float] = ("", 0.0)

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        name, at = self._last
        if stage != name or now - at > 0.2 or done == total:
            self._last = stage, now
            self._pipe.send((STAGE, stage, done, total))
