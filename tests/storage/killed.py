"""Writers of the log that are killed at any moment; run by `test_durability`.

Prints how many entries were acknowledged, and ends with 1 where one of them is gone.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import alembic.command  # noqa: F401 (loaded once, here, for all writers)

from hipwise.progress.log import RunDone
from hipwise.storage import Store

NOON = datetime(2026, 5, 31, 12, tzinfo=UTC)


def write(folder: Path, name: int, told: int) -> None:
    """Append entries and tell each one that was acknowledged, without end."""
    with Store.open(folder) as store:
        for number in range(1_000_000):
            entry = RunDone(f"{name}.{number}", NOON, km=8)
            store.log.append(entry)
            os.write(told, f"{entry.id}\n".encode())


def killed(folder: Path, name: int, after_s: float) -> list[str]:
    """Start a writer, kill it, and return what was acknowledged to it."""
    reading, writing = os.pipe()
    writer = os.fork()
    if writer == 0:
        os.close(reading)
        try:
            write(folder, name, writing)
        finally:
            os._exit(1)
    os.close(writing)
    time.sleep(after_s)
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    with os.fdopen(reading) as told:
        return told.read().split()


def main(folder: Path, rounds: int) -> int:
    """Kill many writers and return how many entries were acknowledged; ends where one is gone."""
    chance, acknowledged = random.Random(20260531), set[str]()
    for name in range(rounds):
        acknowledged |= set(killed(folder, name, chance.uniform(0, 0.15)))
        with Store.open(folder) as store:
            kept = {entry.id for entry in store.log.entries()}
        if not acknowledged <= kept or len(kept) > len(acknowledged) + name + 1:
            gone = acknowledged - kept
            sys.exit(f"{len(gone)} acknowledged entries are gone after kill {name}")
    return len(acknowledged)


if __name__ == "__main__":
    sys.stdout.write(str(main(Path(sys.argv[1]), int(sys.argv[2]))))
