"""What each repository keeps and gives back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from hipwise.errors import Conflict, UnreadableFile, UsageError
from hipwise.measurement import Side
from hipwise.screening.reading import parse_answers
from hipwise.storage import Store
from tests.screening.filled_in import answers
from tests.storage.filled import measurement


def document(day: str) -> str:
    return answers(None, {"taken_at": day}).model_dump_json(by_alias=True, exclude_none=True)


def keep_screening(store: Store, day: str) -> str:
    text = document(day)
    return store.screenings.add(text, parse_answers(text.encode(), "kept"))


def test_the_runner(store: Store) -> None:
    assert store.runner.get() is None
    profile = answers().runner
    store.runner.put(profile)
    assert store.runner.get() == profile
    older = profile.model_copy(update={"age_years": 35})
    store.runner.put(older)
    assert store.runner.get() == older


def test_screenings_come_oldest_first_with_their_documents(store: Store) -> None:
    days = ["2026-05-08", "2026-04-01", "2026-05-01"]
    for day in days:
        keep_screening(store, day)
    assert [s.document for s in store.screenings.kept()] == [document(d) for d in sorted(days)]
    begin = datetime(2026, 4, 20, tzinfo=UTC)
    late = [one.taken_at.day for one in store.screenings.since(begin) if one.taken_at]
    assert late == [1, 8]
    latest = store.screenings.latest()
    assert latest is not None
    assert latest.taken_at == datetime(2026, 5, 8, 12, tzinfo=UTC)


def test_a_screening_kept_twice_is_one(store: Store) -> None:
    assert store.screenings.latest() is None
    assert keep_screening(store, "2026-05-01") == keep_screening(store, "2026-05-01")
    assert len(store.screenings.kept()) == 1


def test_a_screening_that_is_no_longer_taken_is_passed_over(store: Store) -> None:
    keep_screening(store, "2026-05-01")
    store.screenings.add('{"schema": "hipwise.screening/0"}', answers(None, {"taken_at": None}))
    latest = store.screenings.latest()
    assert latest is not None
    assert latest.taken_at == datetime(2026, 5, 1, 12, tzinfo=UTC)
    with pytest.raises(UnreadableFile, match="Your screening of"):
        store.screenings.kept()[-1].answers()


def test_the_draft(store: Store) -> None:
    assert store.draft.get() is None
    store.draft.put({"tests": {"a": [1.5, True, "skipped"]}})
    store.draft.put({"tests": {"a": [2.5, None, "ü"]}})
    assert store.draft.get() == {"tests": {"a": [2.5, None, "ü"]}}
    store.draft.clear()
    store.draft.clear()
    assert store.draft.get() is None


def test_a_finished_draft_is_a_screening(store: Store) -> None:
    store.draft.put({"begun": True})
    text = document("2026-05-01")
    store.draft.finish(text, parse_answers(text.encode(), "kept"))
    assert store.draft.get() is None
    assert [s.document for s in store.screenings.kept()] == [text]


def test_a_recording_lies_in_a_file_named_by_its_content(store: Store, tmp_path: Path) -> None:
    content = b"film" * 600_000
    for name in ("film.mp4", "again.mp4"):
        (tmp_path / name).write_bytes(content)
        fingerprint = store.recordings.add(tmp_path / name)
    assert fingerprint == sha256(content).hexdigest()
    place = store.recordings.path_of(fingerprint)
    assert place == store.folder / "files" / fingerprint[:2] / fingerprint[2:]
    assert place.read_bytes() == content
    (kept,) = store.recordings.list()
    assert (kept.name, kept.size_bytes) == ("film.mp4", len(content))
    assert [p for p in (store.folder / "files").rglob("*") if p.is_file()] == [place]


def test_a_recording_is_removed_with_its_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"film")
    fingerprint = store.recordings.add(tmp_path / "film.mp4")
    place = store.recordings.path_of(fingerprint)
    store.recordings.remove(fingerprint)
    store.recordings.remove(fingerprint)
    assert not place.exists()
    with pytest.raises(UsageError, match="add it first"):
        store.recordings.path_of(fingerprint)


def test_what_is_no_recording_or_gone_is_said(store: Store, tmp_path: Path) -> None:
    for path in (tmp_path / "none.mp4", tmp_path):
        with pytest.raises(UnreadableFile, match="cannot be read"):
            store.recordings.add(path)
    (tmp_path / "film.mp4").write_bytes(b"film")
    fingerprint = store.recordings.add(tmp_path / "film.mp4")
    store.recordings.path_of(fingerprint).unlink()
    with pytest.raises(UnreadableFile, match=r"film\.mp4 is gone"):
        store.recordings.path_of(fingerprint)
    assert store.recordings.add(tmp_path / "film.mp4") == fingerprint
    assert store.recordings.path_of(fingerprint).is_file()


def test_an_analysis_has_its_report_and_its_measurements(store: Store, tmp_path: Path) -> None:
    report = tmp_path / "report"
    report.mkdir()
    (report / "report.html").write_text("<p>", encoding="utf-8")
    (report / "measurements.json").write_text("of the folder", encoding="utf-8")
    film = "ab" * 32
    id = store.analyses.add([film], '{"a": 1}', [measurement(), measurement(day=2)], report)
    (kept,) = store.analyses.list()
    assert (kept.id, kept.recordings) == (id, (film,))
    assert store.analyses.document(id) == '{"a": 1}'
    assert (store.analyses.report_of(id) / "report.html").read_text("utf-8") == "<p>"
    assert store.measurements.list() == (measurement(), measurement(day=2))


def test_an_analysis_is_removed_with_all_that_came_with_it(store: Store) -> None:
    gone = store.analyses.add([], "{}", [measurement()])
    stays = store.analyses.add([], "{}", [measurement()])
    folder = store.analyses.report_of(gone)
    store.analyses.remove(gone)
    store.analyses.remove(gone)
    assert not folder.exists()
    assert [kept.id for kept in store.analyses.list()] == [stays]
    assert store.measurements.list() == (measurement(),)
    store.analyses.remove(stays)
    assert store.measurements.list() == ()


@pytest.mark.parametrize("id", ["nobody", "..", "../.."])
def test_an_unknown_analysis_is_refused(store: Store, id: str) -> None:
    for ask in (store.analyses.document, store.analyses.report_of):
        with pytest.raises(UsageError, match="no analysis"):
            ask(id)
    store.analyses.remove(id)
    assert store.folder.is_dir()


def test_a_folder_that_is_no_report_is_refused_whole(store: Store, tmp_path: Path) -> None:
    (tmp_path / "report" / "inner").mkdir(parents=True)
    with pytest.raises(UsageError, match="no file of a report"):
        store.analyses.add([], "{}", [], tmp_path / "report")
    bad = replace(measurement(), value=float("nan"))
    with pytest.raises(UsageError, match="cannot be kept"):
        store.analyses.add([], "{}", [bad])
    assert store.analyses.list() == ()
    assert list((store.folder / "reports").iterdir()) == []


def test_a_document_that_is_gone_is_said(store: Store) -> None:
    id = store.analyses.add([], "{}", [])
    (store.analyses.report_of(id) / "measurements.json").unlink()
    with pytest.raises(UnreadableFile, match="analyse the film again"):
        store.analyses.document(id)


def test_measurements_are_found_by_metric_side_and_time(store: Store) -> None:
    left, late = measurement(), measurement(171, day=20)
    right = replace(left, side=Side.RIGHT)
    cadence = replace(left, metric="cadence", side=None, sd=None, error=1.5)
    everything = {left, right, late, cadence}
    store.measurements.add(everything)
    store.measurements.add(everything)
    listed = store.measurements.list()
    assert set(listed) == everything
    assert len(listed) == 4
    assert listed[-1] == late
    assert store.measurements.list("cadence") == (cadence,)
    assert set(store.measurements.list("knee_to_wall")) == {left, right, late}
    assert store.measurements.list("knee_to_wall", side=Side.RIGHT) == (right,)
    since = datetime(2026, 6, 10, tzinfo=UTC)
    assert store.measurements.list("knee_to_wall", side=Side.LEFT, since=since) == (late,)


def test_the_plan_has_a_history(store: Store) -> None:
    assert store.plans.current() is None
    assert store.plans.put({"weeks": (1, 2)}, date(2026, 6, 1), based_on=0) == 1
    assert store.plans.put({"weeks": []}, date(2026, 6, 8), based_on=1) == 2
    current = store.plans.current()
    assert current is not None
    assert (current.version, current.made_on) == (2, date(2026, 6, 8))
    assert [plan.document for plan in store.plans.history()] == [{"weeks": [1, 2]}, {"weeks": []}]


@pytest.mark.parametrize("based_on", [0, 2])
def test_a_plan_made_from_another_version_is_refused(store: Store, based_on: int) -> None:
    store.plans.put({"weeks": [1]}, date(2026, 6, 1), based_on=0)
    with pytest.raises(Conflict, match="changed in the meantime"):
        store.plans.put({"weeks": [2]}, date(2026, 6, 1), based_on=based_on)
    assert [plan.document for plan in store.plans.history()] == [{"weeks": [1]}]


@pytest.mark.parametrize("value", [None, False, 0, "", [1, {"a": "ü"}], {"b": 2.5}])
def test_a_setting_comes_back_as_it_was(store: Store, value: Any) -> None:
    assert store.settings.get("key", "other") == "other"
    store.settings.put("key", value)
    assert store.settings.get("key", "other") == value
    assert store.settings.all() == {"key": value}
    store.settings.remove("key")
    store.settings.remove("key")
    assert store.settings.all() == {}


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, "\ud800", object()])
def test_what_is_no_json_is_refused(store: Store, value: Any) -> None:
    with pytest.raises(UsageError, match="'key' cannot be kept"):
        store.settings.put("key", value)
    with pytest.raises(UsageError, match="The plan cannot be kept"):
        store.plans.put({"a": value}, date(2026, 6, 1), based_on=0)
    assert store.settings.all() == {}
