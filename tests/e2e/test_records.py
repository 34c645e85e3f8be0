"""`hipwise export`, `import` and `delete` as real processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from hipwise.storage import Store
from tests.e2e.program import hipwise, said
from tests.storage.filled import ENTRIES, MARK, fill
from tests.storage.test_delete import holding


def records(folder: Path) -> Path:
    """Records where the program run in `folder` finds them."""
    folder.mkdir()
    (folder / "scratch").mkdir()
    with Store.open(folder / "data") as store:
        fill(store, folder / "scratch")
    return folder / "data"


def test_what_is_exported_here_is_imported_there(tmp_path: Path) -> None:
    records(tmp_path / "here")
    there = tmp_path / "there"
    there.mkdir()
    export = hipwise("export", tmp_path / "all.zip", folder=tmp_path / "here")
    assert export.returncode == 0, export.stderr
    assert "all.zip" in export.stdout
    first = hipwise("import", tmp_path / "all.zip", folder=there)
    assert first.returncode == 0, first.stderr
    assert "New: 13. Here already: 0." in first.stdout
    assert (
        "New: 0. Here already: 13." in hipwise("import", tmp_path / "all.zip", folder=there).stdout
    )
    with Store.open(there / "data") as store:
        assert store.log.entries() == ENTRIES


def test_what_cannot_be_is_one_sentence(tmp_path: Path) -> None:
    records(tmp_path / "here")
    (tmp_path / "film.mp4").write_text("film")
    for arguments, code, words in (
        (("export", tmp_path / "film.mp4"), 2, "there already"),
        (("import", tmp_path / "film.mp4"), 3, "no whole zip file"),
        (("import", tmp_path / "none.zip"), 3, "cannot be read"),
    ):
        result = hipwise(*arguments, folder=tmp_path / "here")
        assert result.returncode == code, result.stderr
        assert words in said(result)
        assert "Traceback" not in result.stderr


def test_damaged_records_are_one_sentence(tmp_path: Path) -> None:
    data = records(tmp_path / "here")
    (data / "hipwise.sqlite3").write_bytes(b"no database" * 1000)
    result = hipwise("export", tmp_path / "all.zip", folder=tmp_path / "here")
    assert result.returncode == 3
    assert "damaged" in said(result)
    assert not (tmp_path / "all.zip").exists()


def test_delete_asks_for_the_word(tmp_path: Path) -> None:
    data = records(tmp_path / "here")
    for typed, code in (("yes\n", 2), ("", 2), ("delete\n", 0)):
        assert holding(data, MARK)
        result = subprocess.run(
            [sys.executable, "-m", "hipwise", "delete"],
            input=typed,
            capture_output=True,
            text=True,
            env={"HIPWISE_DATA": str(data), "PATH": ""},
            check=False,
        )
        assert result.returncode == code, result.stderr
        assert str(data) in result.stdout
    assert holding(data, MARK) == []


def test_delete_does_not_ask_with_yes(tmp_path: Path) -> None:
    data = records(tmp_path / "here")
    result = hipwise("delete", "--yes", folder=tmp_path / "here")
    assert result.returncode == 0, result.stderr
    assert holding(data, MARK) == []
    hipwise("export", tmp_path / "all.zip", folder=tmp_path / "here")
    with ZipFile(tmp_path / "all.zip") as archive:
        assert archive.read("log.json") == b"[]"
