"""Server time of every page of the app with five years of daily use in the records.

Fills a folder with records as a runner leaves them behind: a session and a morning a day, five runs
a week, a screening every six weeks and a plan a day. Then it starts the real server on one core
and asks for every page from another one, first by itself, then ten visitors at once. It prints the
median and the 99th percentile (ms) of each page, the ratio of ten visitors to one, and the
size of the first load.

    uv run python benchmarks/web.py [--days 1825] [--asks 100]
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import httpx2 as httpx
import numpy as np

from hipwise.progress.log import ExerciseDone, Felt, MorningAfter, RunDone, SessionDone
from hipwise.reporting.screening import to_json
from hipwise.screening import Answers
from hipwise.screening.reading import read_answers
from hipwise.services.changes import Changes
from hipwise.services.plans import current_plan, keep_plan
from hipwise.services.screen import screen
from hipwise.storage import Store

RUNNER = Path(__file__).parents[1] / "tests" / "screening" / "runners" / "sore_knee_weak_hips.yaml"
PAGES = (
    "/today",
    "/check",
    "/run",
    "/hips",
    "/plan",
    "/progress",
    "/evidence",
    "/evidence/cat_cow",
    "/settings",
    "/play",
    "/start",
    "/api/v1/today",
    "/api/v1/plan",
    "/api/v1/sessions/ahead",
    "/api/v1/log",
)
FIRST_LOAD = ("/today", "/look.css", "/static/app.js", "/static/outbox.js", "/manifest.webmanifest")
VISITORS = 10
SCREENED_EVERY_DAYS = 42


def fill(folder: Path, days: int) -> None:
    """Write the records of `days` days of use up to today."""
    now = datetime.now().astimezone()
    first = now - timedelta(days=days)
    answers = read_answers(RUNNER)
    with Store.open(folder) as store:
        for day in range(0, days + 1, SCREENED_EVERY_DAYS):
            _screened(store, answers, first + timedelta(days=day))
        _screened(store, answers, now)
        keep_plan(store, Changes(), now=now)
        _logged(store, first, days)
        _planned(store, first, days)
        current_plan(store, now)


def _screened(store: Store, answers: Answers, at: datetime) -> None:
    given = answers.model_copy(update={"taken_at": at})
    store.screenings.add(to_json(screen(given)), given)


def _planned(store: Store, first: datetime, days: int) -> None:
    """Keep one version of the plan for each day; the last one stays the one that holds."""
    current = store.plans.current()
    assert current is not None
    for day in range(days):
        made_on = (first + timedelta(days=day)).date()
        store.plans.put(current.document, made_on, based_on=current.version + day)


def _logged(store: Store, first: datetime, days: int) -> None:
    plan = current_plan(store, datetime.now().astimezone()).plan
    sessions = [s for week in plan.weeks for s in week.sessions]
    for day in range(days):
        at = first + timedelta(days=day)
        session = sessions[day % len(sessions)]
        items = tuple(
            ExerciseDone(i.exercise, i.sets, reps=i.reps or None, felt=Felt.RIGHT, pain=0)
            for i in session.items
        )
        store.log.append(
            SessionDone(
                f"s{day}", at, session.id, session.kind, session.seconds, items, pain_after=1
            )
        )
        store.log.append(MorningAfter(f"m{day}", (at + timedelta(days=1)).date(), pain=0))
        if day % 7 < 5:
            store.log.append(RunDone(f"r{day}", at, km=8.0, pain=0))


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, float]]:
    """Start the server on one core; yield its address and the seconds it took to print it."""
    cores = sorted(os.sched_getaffinity(0))
    environment = {**os.environ, "HIPWISE_DATA": str(folder)}
    command = [sys.executable, "-m", "hipwise", "serve", "--no-open", "--port", "0"]
    begun = time.perf_counter()
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    os.sched_setaffinity(server.pid, cores[:1])
    assert server.stdout is not None
    found = re.search(r"http://\S+", server.stdout.readline())
    started_s = time.perf_counter() - begun
    os.sched_setaffinity(0, cores[1:] or cores)
    try:
        assert found is not None
        yield found[0], started_s
    finally:
        server.terminate()
        server.wait()


def asked(client: httpx.Client, path: str, times: int) -> list[float]:
    """Ask for a page again and again; return the milliseconds of each answer."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        answer = client.get(path)
        took.append(1000 * (time.perf_counter() - begun))
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:200])
    return took


def visitor(address: str) -> httpx.Client:
    """Return a client that came in by the printed address."""
    client = httpx.Client(base_url=address.partition("/enter")[0], timeout=120)
    client.get(address, follow_redirects=True)
    return client


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--days", type=int, default=5 * 365)
    parser.add_argument("--asks", type=int, default=100)
    parser.add_argument("--records", type=Path, help="a folder to fill once and use again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.records or Path(temporary) / "data"
        if not folder.exists():
            fill(folder, options.days)
        size_mb = (folder / "hipwise.sqlite3").stat().st_size / 1e6
        print(f"{options.days} days of use, a database of {size_mb:.0f} MB")
        with served(folder) as (address, started_s):
            print(f"address printed after {started_s:.2f} s")
            _table(address, options.asks)


def _table(address: str, asks: int) -> None:
    client = visitor(address)
    size = sum(len(client.get(path).content) for path in FIRST_LOAD)
    print(f"first load {size / 1000:.0f} KB (uncompressed)\n")
    print(f"{'page':26}{'median':>9}{'99th':>9}{'ten: median':>13}{'99th':>9}{'ratio':>7}")
    others = [visitor(address) for _ in range(VISITORS)]
    for path in PAGES:
        asked(client, path, 2)
        alone = asked(client, path, asks)
        with ThreadPoolExecutor(VISITORS) as pool:
            each = max(asks // VISITORS, 1)
            lists = pool.map(asked, others, [path] * VISITORS, [each] * VISITORS)
            many = [took for took_by_one in lists for took in took_by_one]
        median, high = np.percentile(alone, [50, 99])
        median_ten, high_ten = np.percentile(many, [50, 99])
        print(
            f"{path:26}{median:9.1f}{high:9.1f}{median_ten:13.1f}{high_ten:9.1f}"
            f"{median_ten / median:7.1f}"
        )


if __name__ == "__main__":
    main()
