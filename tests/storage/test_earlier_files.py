"""Screenings that an earlier hipwise kept as files are taken over once, and stay."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hipwise.errors import UnreadableFile
from hipwise.reporting.screening import to_json
from hipwise.services.screen import screen
from hipwise.storage import Store
from tests.screening.filled_in import answers, written


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """The folder of an earlier hipwise: two finished screenings and one begun."""
    folder = tmp_path / "screenings"
    folder.mkdir()
    for day in ("2026-05-01", "2026-05-08"):
        document = to_json(screen(answers(None, {"taken_at": day})))
        (folder / f"{day}T10-00-00.json").write_text(document + "\n", encoding="utf-8")
    (folder / "unfinished.json").write_text(json.dumps(written()), encoding="utf-8")
    return folder


def test_they_are_taken_over_and_renamed(earlier: Path, tmp_path: Path) -> None:
    before = {file.name: file.read_bytes() for file in earlier.iterdir()}
    for _ in range(2):
        with Store.open(tmp_path) as store:
            kept = [one.taken_at for one in store.screenings.kept()]
            assert store.draft.get() == written()
    assert kept == [datetime(2026, 5, day, 12, tzinfo=UTC) for day in (1, 8)]
    after = {file.name: file.read_bytes() for file in earlier.iterdir()}
    assert after == {f"{name}.taken-over": content for name, content in before.items()}


def test_a_file_that_comes_back_is_no_second_screening(earlier: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path):
        pass
    for file in earlier.glob("2*"):
        file.rename(file.with_suffix(""))
    with Store.open(tmp_path) as store:
        assert len(store.screenings.kept()) == 2


def test_what_can_no_longer_be_read_is_kept_as_it_is(earlier: Path, tmp_path: Path) -> None:
    (earlier / "2026-04-01T10-30-00.json").write_bytes(b'{"half": \xff')
    (earlier / "2026-copy.json").write_text("{}")
    (earlier / "unfinished.json").write_text('{"schema": "hipw')
    with Store.open(tmp_path) as store:
        first, *_, last = store.screenings.kept()
        assert first.taken_at == datetime(2026, 4, 1, 10, 30, tzinfo=UTC)
        assert first.document.startswith('{"half"')
        assert last.document == "{}"
        assert len(store.screenings.since(datetime(2026, 1, 1, tzinfo=UTC))) == 2
        with pytest.raises(UnreadableFile, match="--restart"):
            store.draft.get()
        store.draft.put({"begun": "anew"})
    with Store.open(tmp_path) as store:
        assert store.draft.get() == {"begun": "anew"}
