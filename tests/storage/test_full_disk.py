"""A disk that takes no more: said in one sentence, nothing half-written, what was kept stays."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from hipwise.errors import UsageError
from hipwise.progress.log import RunDone
from hipwise.storage import Store
from tests.storage.filled import NOON, fill

LIMITED = """
import resource, sys
from datetime import datetime, timezone
from pathlib import Path
import alembic.command
from hipwise.errors import UsageError
from hipwise.progress.log import RunDone
from hipwise.storage import Store

def allow(size_bytes):
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))

folder, big = Path(sys.argv[1]), Path(sys.argv[2])
noon = datetime(2026, 5, 31, 12, tzinfo=timezone.utc)
allow(int(sys.argv[3]))
kept = []
try:
    with Store.open(folder) as store:
        for attempt in sys.argv[4:]:
            if attempt == "record":
                store.recordings.add(big)
            elif attempt == "analyse":
                store.analyses.add([], "x" * 1_000_000, [])
            elif attempt == "export":
                store.export(folder.parent / "all.zip")
            else:
                for number in range(10_000):
                    store.log.append(RunDone(str(number), noon, km=8))
                    kept.append(number)
except UsageError as error:
    print(len(kept), error)
"""


@pytest.fixture
def big(tmp_path: Path) -> Path:
    """A recording that is larger than what the disk still takes."""
    path = tmp_path / "big.mp4"
    path.write_bytes(b"film" * 500_000)
    return path


def limited(folder: Path, big: Path, size_bytes: int, attempt: str) -> tuple[int, str]:
    """Try something while no file may grow beyond a size; return what was kept and said."""
    command = [sys.executable, "-c", LIMITED, str(folder), str(big), str(size_bytes), attempt]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    kept, _, said = run.stdout.partition(" ")
    return int(kept), said


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def posix() -> None:
    pytest.importorskip("resource", reason="only POSIX limits the size of files")


def test_records_that_cannot_be_created(tmp_path: Path, big: Path) -> None:
    kept, said = limited(tmp_path / "data", big, 8192, "log")
    assert kept == 0
    assert "full" in said
    with Store.open(tmp_path / "data") as store:
        assert store.log.entries() == ()


def test_the_log_keeps_what_was_acknowledged(tmp_path: Path, big: Path) -> None:
    kept, said = limited(tmp_path / "data", big, 400_000, "log")
    assert "full" in said
    assert kept > 10
    with Store.open(tmp_path / "data") as store:
        assert len(store.log.entries()) == kept


def test_a_full_database_says_so_and_goes_on_when_there_is_room(store: Store) -> None:
    def pages(limit: int) -> None:
        with store.database.reading() as session:
            session.connection().exec_driver_sql(f"PRAGMA max_page_count={limit}")

    def write(numbers: range) -> None:
        for number in numbers:
            store.log.append(RunDone(str(number), NOON + timedelta(minutes=number), km=8))

    pages(40)
    with pytest.raises(UsageError, match="is full: make room; nothing of this was kept"):
        write(range(10_000))
    kept = store.log.entries()
    assert [entry.id for entry in kept] == [str(number) for number in range(len(kept))]
    pages(10_000)
    write(range(len(kept) + 1))
    assert len(store.log.entries()) == len(kept) + 1


@pytest.mark.parametrize("attempt", ["record", "analyse"])
def test_of_files_that_do_not_fit_nothing_stays(tmp_path: Path, big: Path, attempt: str) -> None:
    with Store.open(tmp_path / "data") as store:
        fill(store, tmp_path)
    before = files(store.folder)
    _, said = limited(store.folder, big, 900_000, attempt)
    assert "cannot be written" in said
    assert files(store.folder) == before
    with Store.open(store.folder) as store:
        assert len(store.recordings.list()) == len(store.analyses.list()) == 1


def test_of_an_export_that_does_not_fit_nothing_stays(tmp_path: Path, big: Path) -> None:
    with Store.open(tmp_path / "data") as store:
        store.recordings.add(big)
    before = files(tmp_path)
    _, said = limited(store.folder, big, 900_000, "export")
    assert "all.zip cannot be written" in said
    assert files(tmp_path) == before
