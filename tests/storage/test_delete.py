"""Deleted is gone: no file of the folder holds a byte of it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hipwise.errors import UsageError
from hipwise.progress.log import RunDone
from hipwise.storage import Store, backups, deletion
from tests.storage.filled import MARK, NOON, fill


def holding(folder: Path, mark: str) -> list[Path]:
    """Files with a word in their content or their name."""
    return [
        path
        for path in folder.rglob("*")
        if mark in path.name or (path.is_file() and mark.encode() in path.read_bytes())
    ]


def with_everything(store: Store, scratch: Path) -> None:
    """Records of every kind, a backup, and files of an earlier hipwise and of a broken import."""
    fill(store, scratch)
    backups.back_up(store.database.path, "0001")
    for name in ("screenings", "incoming-x"):
        (store.folder / name).mkdir()
        (store.folder / name / "old.json.taken-over").write_text(MARK)


def test_no_byte_is_left(store: Store, tmp_path: Path) -> None:
    with_everything(store, tmp_path)
    assert len(holding(store.folder, MARK)) >= 7
    store.delete()
    assert holding(store.folder, MARK) == []
    store.log.append(RunDone("new", NOON, km=8))
    store.close()
    assert [path.name for path in store.folder.iterdir()] == ["hipwise.sqlite3"]
    assert holding(store.folder, MARK) == []


def test_the_records_can_be_used_again(store: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    store.export(tmp_path / "all.zip")
    store.delete()
    assert store.runner.get() is None
    assert store.draft.get() is None
    assert store.settings.all() == {}
    assert store.screenings.kept() == ()
    assert store.analyses.list() == ()
    assert store.recordings.list() == ()
    assert store.measurements.list() == ()
    assert store.plans.history() == ()
    assert store.log.entries() == ()
    assert store.import_(tmp_path / "all.zip").added > 0


def test_what_is_removed_alone_is_overwritten_too(store: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    store.log.append(RunDone("Gone-4711", NOON, km=8))
    store.log.remove("Gone-4711")
    store.close()
    assert holding(store.folder, MARK) != []
    assert holding(store.folder, "Gone-4711") == []


def test_another_program_that_still_reads_is_named(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deletion, "BUSY_S", 0.05)
    with_everything(store, tmp_path)
    with closing(sqlite3.connect(store.database.path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM log").fetchall()
        with pytest.raises(UsageError, match="close it, then delete again"):
            store.delete()
    store.delete()
    assert holding(store.folder, MARK) == []


def test_another_program_that_has_them_open_is_no_hindrance(store: Store, tmp_path: Path) -> None:
    with_everything(store, tmp_path)
    with Store.open(store.folder) as other:
        assert other.log.entries()
        shutil.rmtree(store.folder / "screenings")
        store.delete()
        assert other.log.entries() == ()
        assert holding(store.folder, MARK) == []
