"""Everything into one file and back: the same, and twice the same as once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from hipwise.errors import UsageError
from hipwise.progress.log import RunDone
from hipwise.storage import Imported, Store
from tests.screening.filled_in import answers
from tests.storage.filled import ENTRIES, MARK, NOON, fill, measurement

RECORDS = 13
"""Settings, draft, screening, recording, analysis, 2 measurements, 2 plans, 4 entries."""


@pytest.fixture
def exported(store: Store, tmp_path: Path) -> Path:
    fill(store, tmp_path)
    store.export(tmp_path / "all.zip")
    return tmp_path / "all.zip"


def content(path: Path) -> dict[str, bytes]:
    """Every file of an export but the manifest, which has the day."""
    with ZipFile(path) as archive:
        return {n: archive.read(n) for n in archive.namelist() if n != "manifest.json"}


def state(store: Store, tmp_path: Path) -> dict[str, bytes]:
    path = tmp_path / "state.zip"
    store.export(path)
    state = content(path)
    path.unlink()
    return state


def test_an_export_imported_elsewhere_is_the_same(
    store: Store, exported: Path, tmp_path: Path
) -> None:
    with Store.open(tmp_path / "new") as other:
        assert other.import_(exported) == Imported(added=RECORDS)
        assert state(other, tmp_path) == content(exported)
        assert other.runner.get() == store.runner.get()
        assert other.settings.all() == store.settings.all()
        assert other.draft.get() == store.draft.get()
        assert other.screenings.kept() == store.screenings.kept()
        assert other.measurements.list() == store.measurements.list()
        assert other.plans.history() == store.plans.history()
        assert other.log.entries() == ENTRIES
        (film,) = other.recordings.list()
        assert other.recordings.path_of(film.sha256).read_bytes() == MARK.encode() * 50_000
        (analysis,) = other.analyses.list()
        assert MARK in other.analyses.document(analysis.id)
        assert (other.analyses.report_of(analysis.id) / "report.html").is_file()
        assert [p.name for p in other.folder.iterdir() if "incoming" in p.name] == []


def test_importing_again_changes_nothing(store: Store, exported: Path, tmp_path: Path) -> None:
    before = state(store, tmp_path)
    assert store.import_(exported) == Imported(known=RECORDS)
    assert state(store, tmp_path) == before


def test_empty_records_go_the_same_way(store: Store, tmp_path: Path) -> None:
    store.export(tmp_path / "empty.zip")
    assert store.import_(tmp_path / "empty.zip") == Imported()


def test_what_is_here_stays_and_what_is_missing_comes(exported: Path, tmp_path: Path) -> None:
    own = RunDone("run", NOON, km=21)
    with Store.open(tmp_path / "new") as other:
        older = answers().runner.model_copy(update={"age_years": 50})
        other.runner.put(older)
        other.settings.put("theme", "mine")
        other.log.append(own)
        other.log.append(replace(own, id="other"))
        other.measurements.add([measurement()])
        done = other.import_(exported)
        assert done == Imported(added=RECORDS - 3, known=1, kept_own=2)
        assert other.runner.get() == older
        assert other.settings.get("theme") == "mine"
        assert own in other.log.entries()
        assert len(other.log.entries()) == len(ENTRIES) + 1


def test_a_plan_that_went_on_there_goes_on_here(exported: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "new") as other:
        other.plans.put({"weeks": [1]}, date(2026, 6, 1), based_on=0)
        other.import_(exported)
        assert [plan.version for plan in other.plans.history()] == [1, 2]


def test_a_plan_that_went_another_way_here_stays(exported: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "new") as other:
        other.plans.put({"weeks": ["mine"]}, date(2026, 6, 1), based_on=0)
        assert other.import_(exported).kept_own == 2
        assert [plan.document for plan in other.plans.history()] == [{"weeks": ["mine"]}]


def test_the_manifest_names_every_file_by_its_content(exported: Path) -> None:
    with ZipFile(exported) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["schema"] == "hipwise.export/1"
    assert manifest["software"]["name"] == "hipwise"
    hashes = {name: sha256(data).hexdigest() for name, data in content(exported).items()}
    assert manifest["files"] == hashes


def test_people_can_read_the_documents(exported: Path) -> None:
    files = content(exported)

    def read(name: str) -> Any:
        return json.loads(files[name])

    assert {e["entry"] for e in read("log.json")} == {"session", "morning_after", "run", "time_off"}
    assert read("screenings.json")[0]["document"]["runner"]["age_years"] == 34
    assert read("runner.json")["unfinished_screening"]["note"] == MARK
    assert read("runner.json")["profile"]["sex"] == "female"
    assert read("plans.json")[1]["document"]["weeks"] == [1, 2]
    assert read("measurements.json")[0]["measurement"]["metric"] == "knee_to_wall"
    assert b'\n  "made_on": "2026-06-01"' in files["plans.json"]


def test_a_screening_that_can_no_longer_be_read_goes_along(store: Store, tmp_path: Path) -> None:
    for document in ('{"half', '"text"', '{"a":1}'):
        store.screenings.add(document, answers(None, {"taken_at": None}))
    store.export(tmp_path / "all.zip")
    with Store.open(tmp_path / "new") as other:
        other.import_(tmp_path / "all.zip")
        assert other.screenings.kept() == store.screenings.kept()


def test_files_that_are_gone_do_not_stop_an_export(store: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    (film,) = store.recordings.list()
    store.recordings.path_of(film.sha256).unlink()
    store.export(tmp_path / "all.zip")
    with Store.open(tmp_path / "new") as other:
        other.import_(tmp_path / "all.zip")
        assert other.recordings.list() == (film,)


def test_a_name_that_is_taken_or_cannot_be_is_refused(store: Store, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_text("mine")
    with pytest.raises(UsageError, match="there already"):
        store.export(tmp_path / "film.mp4")
    with pytest.raises(UsageError, match="cannot be written"):
        store.export(tmp_path / "film.mp4" / "all.zip")
    assert (tmp_path / "film.mp4").read_text() == "mine"
