"""Planning beside the pages, so that they need not wait for it."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Lock

from hipwise.errors import HipwiseError
from hipwise.planning.planner import USUAL_WEEKS
from hipwise.services.changes import Changes
from hipwise.services.plans import current_plan, keep_plan
from hipwise.storage import Store
from hipwise.web.jobs import Jobs, Tell

AHEAD = "plan ahead"


class CatchUp:
    """Lets the plan take in what was written down, as soon as it was, in a thread of its own."""

    def __init__(self) -> None:
        self._queue = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hipwise-planning")
        self._lock = Lock()
        self._latest: Future[None] | None = None

    def start(self, store: Store) -> None:
        """Begin, unless one that has not begun yet will see the same news."""
        with self._lock:
            if self._latest is None or self._latest.running() or self._latest.done():
                self._latest = self._queue.submit(_caught_up, store)

    def wait(self) -> None:
        """Wait for what has been started, so that nobody plans the same beside it."""
        with self._lock:
            latest = self._latest
        if latest is not None:
            wait([latest])

    def close(self) -> None:
        """Let nothing else begin."""
        self._queue.shutdown(wait=False, cancel_futures=True)


def _caught_up(store: Store) -> None:
    with suppress(HipwiseError):  # the next page tells what is in the way
        current_plan(store, datetime.now().astimezone())


def plan_ahead(jobs: Jobs, store: Store) -> None:
    """Plan the weeks after this one."""
    jobs.start(AHEAD, planned, store.folder)


def is_planning(jobs: Jobs) -> bool:
    """Whether the weeks after this one are being planned."""
    job = jobs.of(AHEAD)
    return job is not None and not job.ended


def planned(folder: Path, tell: Tell) -> None:
    """Plan the weeks after this one; what the worker process does."""
    tell("Planning", 0, 1)
    with Store.open(folder) as store:
        keep_plan(store, Changes(), now=datetime.now().astimezone(), weeks=USUAL_WEEKS)
