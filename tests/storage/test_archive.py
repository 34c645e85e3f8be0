"""Files that call themselves an export: refused whole, in one sentence, and nothing is changed."""

from __future__ import annotations

import json
import random
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from hipwise.errors import HipwiseError, UnreadableFile, UsageError
from hipwise.storage import Store, database
from hipwise.storage.archive import Limits
from hipwise.storage.importing import import_
from tests.storage.filled import fill
from tests.storage.test_export import RECORDS, state

Files = dict[str, bytes]
BOMB_BYTES = 64 << 20


@pytest.fixture
def files(store: Store, tmp_path: Path) -> Files:
    """The content of a whole export; `store` has the same records."""
    fill(store, tmp_path)
    store.export(tmp_path / "sound.zip")
    with ZipFile(tmp_path / "sound.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def listed(files: Files) -> Files:
    """The files with a manifest that fits them."""
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {
        name: sha256(content).hexdigest()
        for name, content in files.items()
        if name != "manifest.json"
    }
    return files | {"manifest.json": json.dumps(manifest).encode()}


def packed(files: Files, path: Path) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def changed(files: Files, name: str, change: Callable[[Any], Any]) -> Files:
    document = json.loads(files[name])
    return listed(files | {name: json.dumps(change(document)).encode()})


def kept_in(folder: Path) -> set[Path]:
    """Every file but the database's."""
    return {p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("hipwise.")}


def refused(path: Path, folder: Path, words: str, limits: Limits | None = None) -> None:
    """Check that an import into new records is refused and leaves no trace."""
    with Store.open(folder / "new") as store:
        before = kept_in(folder)
        with pytest.raises(UnreadableFile, match=words):
            import_(store.database, store.runner_id, path, limits)
        assert kept_in(folder) == before
        empty = state(store, folder)
    with Store.open(folder / "empty") as store:
        assert state(store, folder) == empty


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../outside.json",
        "files/../../outside",
        "files/ab/" + "0" * 61 + "/../../../../outside",
        "C:\\outside.json",
        "reports/" + "a" * 32 + "/../../outside",
        "reports/" + "a" * 32 + "/.hidden",
        "hipwise.sqlite3",
        "folder/",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(files: Files, tmp_path: Path, name: str) -> None:
    path = packed(listed(files | {name: b"x"}), tmp_path / "bad.zip")
    refused(path, tmp_path, "in no export of hipwise")
    assert not list(tmp_path.rglob("outside*"))


def test_a_link_is_refused(files: Files, tmp_path: Path) -> None:
    name = f"reports/{'a' * 32}/link"
    path = tmp_path / "bad.zip"
    rest = listed(files | {name: b"/etc/passwd"})
    with ZipFile(path, "w") as archive:
        link = ZipInfo(name)
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, rest.pop(name))
        for other, content in rest.items():
            archive.writestr(other, content)
    refused(path, tmp_path, "in no export of hipwise")


def test_a_name_that_stands_twice_is_refused(files: Files, tmp_path: Path) -> None:
    path = packed(files, tmp_path / "bad.zip")
    with ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("log.json", b"[]")
    refused(path, tmp_path, "in no export of hipwise")


def test_another_way_of_packing_is_refused(files: Files, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "bad.zip", "w", ZIP_BZIP2) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    refused(tmp_path / "bad.zip", tmp_path, "in no export of hipwise")


def test_a_bomb_is_refused_while_it_unpacks(files: Files, tmp_path: Path) -> None:
    name = f"reports/{'a' * 32}/bomb.html"
    path = packed(listed(files | {name: b"\0" * BOMB_BYTES}), tmp_path / "bad.zip")
    assert path.stat().st_size < BOMB_BYTES / 300
    refused(path, tmp_path, "unpacks to more")


def test_a_bomb_that_says_it_is_small_is_refused(files: Files, tmp_path: Path) -> None:
    name = f"reports/{'a' * 32}/bomb.html"
    with ZipFile(tmp_path / "bad.zip", "w", ZIP_DEFLATED) as archive:
        for other, content in listed(files | {name: b"\0" * BOMB_BYTES}).items():
            archive.writestr(other, content)
        archive.getinfo(name).file_size = 10
    refused(tmp_path / "bad.zip", tmp_path, "no whole zip file")


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(entries=5), "more files"),
        (Limits(total_bytes=100_000), "unpacks to more"),
        (Limits(ratio=1, free_bytes=0), "unpacks to more"),
        (Limits(document_bytes=200), "too large"),
        (Limits(document_bytes=1500), "larger than any"),
    ],
)
def test_every_limit_holds(files: Files, tmp_path: Path, limits: Limits, words: str) -> None:
    path = packed(files, tmp_path / "sound.zip")
    refused(path, tmp_path, words, limits)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda f: {n: c for n, c in f.items() if n != "manifest.json"}, "has no manifest.json"),
        (lambda f: f | {"manifest.json": b"{"}, "no export of hipwise"),
        (lambda f: f | {"log.json": b"[]"}, "'log.json' is not what was exported"),
        (lambda f: f | {"more.json": b"[]"}, "does not hold the files"),
        (lambda f: {n: c for n, c in f.items() if n != "log.json"}, "does not hold the files"),
        (
            lambda f: listed({n: c for n, c in f.items() if n != "log.json"}),
            "'log.json': This document is missing",
        ),
        (lambda f: listed(f | {"log.json": b"[" * 100_000}), "log.json"),
        (lambda f: listed(f | {"log.json": b'[{"entry": "swim"}]'}), "'swim'"),
        (lambda f: listed(f | {"log.json": b"[{}"}), "'log.json'"),
        (lambda f: listed(f | {"runner.json": b"{}"}), "'runner.json', 'profile'"),
        (
            lambda f: listed({n: b"other" if n.startswith("files/") else c for n, c in f.items()}),
            "is not what was exported",
        ),
    ],
)
def test_an_export_that_is_not_whole_is_refused(
    files: Files, tmp_path: Path, change: Callable[[Files], Files], words: str
) -> None:
    refused(packed(change(files), tmp_path / "bad.zip"), tmp_path, words)


@pytest.mark.parametrize(
    ("name", "field", "value", "words"),
    [
        ("analyses.json", "id", "../../../../outside", "'analyses.json', 'id'"),
        ("analyses.json", "id", "b" * 32, "of no analysis in it"),
        ("recordings.json", "sha256", "../" * 20, "'recordings.json', 'sha256'"),
        ("screenings.json", "document", "{}", "not what its id says"),
        ("plans.json", "version", "first", "'plans.json', 'version'"),
        ("measurements.json", "measurement", {}, "'measurements.json', 'measurement.metric'"),
    ],
)
def test_a_record_that_cannot_be_is_refused(
    files: Files, tmp_path: Path, name: str, field: str, value: object, words: str
) -> None:
    bad = changed(files, name, lambda records: [records[0] | {field: value}, *records[1:]])
    refused(packed(bad, tmp_path / "bad.zip"), tmp_path, words)


def test_a_value_that_is_no_number_is_refused(files: Files, tmp_path: Path) -> None:
    text = files["measurements.json"].replace(b"170.5", b"NaN")
    bad = packed(listed(files | {"measurements.json": text}), tmp_path / "bad.zip")
    refused(bad, tmp_path, "cannot be kept")


def test_an_export_of_a_newer_hipwise_is_named(files: Files, tmp_path: Path) -> None:
    manifest = json.loads(files["manifest.json"]) | {"schema": "hipwise.export/2"}
    newer = files | {"manifest.json": json.dumps(manifest).encode()}
    refused(packed(newer, tmp_path / "new.zip"), tmp_path, "hipwise.export/2.*up to date")


def test_what_is_no_zip_file_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"film" * 1000)
    refused(tmp_path / "film.mp4", tmp_path, "no whole zip file")
    refused(tmp_path / "none.zip", tmp_path, "cannot be read")
    refused(tmp_path, tmp_path, "cannot be read")


def test_whatever_is_damaged_either_nothing_or_the_same_comes_in(
    store: Store, files: Files, tmp_path: Path
) -> None:
    sound = packed(files, tmp_path / "sound.zip").read_bytes()
    before, chance = state(store, tmp_path), random.Random(20260531)
    for number in range(80):
        content = bytearray(sound)
        place = chance.randrange(len(content))
        content[place : place + chance.choice([1, 4, 64])] = chance.randbytes(chance.choice([1, 8]))
        if number % 4 == 0:
            del content[place:]
        (tmp_path / "bad.zip").write_bytes(content)
        with suppress(HipwiseError):
            store.import_(tmp_path / "bad.zip")
    assert state(store, tmp_path) == before


def test_the_rest_of_an_import_that_fails_late_is_taken_away(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed(files, tmp_path / "sound.zip")
    monkeypatch.setattr(database, "BUSY_S", 0.05)
    with Store.open(tmp_path / "new") as store:
        with closing(sqlite3.connect(store.database.path)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(UsageError, match="Another program"):
                store.import_(path)
        assert [p.name for p in kept_in(store.folder)] == []
        assert store.import_(path).added == RECORDS
