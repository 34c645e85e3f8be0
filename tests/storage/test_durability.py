"""What was acknowledged stays: killed at any moment, and with others writing at the same time."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from hipwise.errors import Conflict, UsageError
from hipwise.progress.log import RunDone
from hipwise.storage import Store, database
from tests.storage import killed
from tests.storage.filled import NOON

KILLS = 60
AT_ONCE = """
import sys
from datetime import date, datetime, timezone
from pathlib import Path
from hipwise.errors import Conflict
from hipwise.progress.log import RunDone
from hipwise.storage import Store
name = sys.argv[2]
noon = datetime(2026, 5, 31, 12, tzinfo=timezone.utc)
with Store.open(Path(sys.argv[1])) as store:
    won = 0
    while won < 20:
        plan = store.plans.current()
        try:
            based_on = plan.version if plan else 0
            store.plans.put({"by": name}, date(2026, 6, 1), based_on=based_on)
        except Conflict:
            continue
        store.log.append(RunDone(f"{name}.{won}", noon, km=8))
        won += 1
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only POSIX kills like this")
def test_no_acknowledged_entry_is_lost_when_killed_at_any_moment(tmp_path: Path) -> None:
    command = [sys.executable, killed.__file__, str(tmp_path / "data"), str(KILLS)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert int(run.stdout) > 5 * KILLS


def test_programs_that_write_at_once_lose_nothing_of_each_other(tmp_path: Path) -> None:
    programs = [
        subprocess.Popen([sys.executable, "-c", AT_ONCE, str(tmp_path), name]) for name in "ab"
    ]
    assert [program.wait(timeout=120) for program in programs] == [0, 0]
    with Store.open(tmp_path) as store:
        assert {e.id for e in store.log.entries()} == {f"{p}.{n}" for p in "ab" for n in range(20)}
        history = store.plans.history()
    assert [plan.version for plan in history] == list(range(1, 41))
    assert sorted(plan.document["by"] for plan in history) == ["a"] * 20 + ["b"] * 20


def test_threads_share_a_store(store: Store) -> None:
    def write(number: int) -> bool:
        store.log.append(RunDone(str(number), NOON, km=8))
        try:
            store.plans.put({"by": number}, date(2026, 6, 1), based_on=0)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(write, range(40))) == 1
    assert len(store.log.entries()) == 40


def test_a_program_that_does_not_let_go_is_named(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_S", 0.05)
    with (
        Store.open(store.folder) as impatient,
        closing(sqlite3.connect(store.database.path)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UsageError, match="Another program"):
            impatient.settings.put("a", 1)
        assert impatient.settings.all() == {}
        other.rollback()
        impatient.settings.put("a", 1)
    assert store.settings.all() == {"a": 1}
