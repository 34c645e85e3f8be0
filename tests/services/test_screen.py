"""A screening explained: one day, two days, and what speaks against an exercise."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from hipwise.errors import UnreadableFile, UsageError
from hipwise.reporting.screening import to_json
from hipwise.reporting.terminal import summary
from hipwise.screening.reading import parse_answers
from hipwise.services.conclude import Wishes
from hipwise.services.drafts import Draft
from hipwise.services.screen import in_time_order, screen
from hipwise.storage import Store
from tests.screening.filled_in import answers

WEAK_RIGHT = {"hhd_abduction": {"unit": "N", "left": [150, 160, 155], "right": [90, 92, 99]}}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data") as store:
        yield store


def test_what_is_seen_on_two_days_says_so_and_weighs_more() -> None:
    first = answers(WEAK_RIGHT, {"taken_at": "2026-05-01"})
    second = answers(WEAK_RIGHT, {"taken_at": "2026-05-08"})
    once, twice = screen(second), screen(second, earlier=[first])
    assert once.findings[0].side == "right"
    assert "Seen on one day" in once.findings[0].seen
    assert twice.findings[0].id == once.findings[0].id
    assert "Seen on one day" not in twice.findings[0].seen
    assert twice.findings[0].weight > once.findings[0].weight
    assert twice.screened is not None
    assert once.screened is not None
    assert twice.screened.screening == once.screened.screening


def test_the_routine_serves_what_stands_out_first() -> None:
    screened = screen(answers(WEAK_RIGHT), Wishes(phase="strength"))
    assert screened.session is not None
    assert any(screened.findings[0].id in item.serves for item in screened.session.items)


def test_the_document_holds_what_was_answered_and_reads_back() -> None:
    screened = screen(answers(WEAK_RIGHT))
    document = to_json(screened)
    assert screened.screened is not None
    assert parse_answers(document.encode(), "kept").tests == screened.screened.answers.tests
    assert json.loads(document)["result"]["earlier"] == []


def test_yes_and_no_are_told_in_words() -> None:
    drop = {"trendelenburg_30s.drop_with_lean": {"left": [False], "right": [True]}}
    console = Console(file=io.StringIO(), width=100)
    console.print(summary(screen(answers(drop))))
    assert isinstance(console.file, io.StringIO)
    (line,) = [x for x in console.file.getvalue().splitlines() if x.startswith("Hips drop and")]
    assert line.split()[-3:] == ["no", "yes", "1/1"]


def test_several_files_come_in_the_order_of_their_days() -> None:
    days = [answers(None, {"taken_at": f"2026-05-{day:02d}"}) for day in (8, 1)]
    assert in_time_order(days) == days[::-1]
    with pytest.raises(UsageError, match="taken_at"):
        in_time_order([*days, answers(None, {"taken_at": None})])


def test_finished_screenings_of_late_are_found(store: Store) -> None:
    draft = Draft.open(store, "home")
    draft.put(34, "runner", "age_years")
    today = answers(None, {"taken_at": datetime.now(UTC).isoformat()})
    draft.finish(to_json(screen(today)), today)
    long_ago = answers(None, {"taken_at": "2020-01-01"})
    store.screenings.add(to_json(screen(long_ago)), long_ago)
    assert store.draft.get() is None
    (found,) = store.screenings.since(datetime.now(UTC) - timedelta(days=28))
    assert found.taken_at == today.taken_at


def test_a_draft_is_whole_on_the_disk_after_every_answer(store: Store) -> None:
    draft = Draft.open(store, "full")
    for place, value in enumerate((34, "female", 1.7)):
        draft.put(value, "runner", f"field_{place}")
        with Store.open(store.folder) as again:
            assert Draft.open(again).raw == draft.raw


@pytest.mark.parametrize("document", [{}, {"taken_at": "some day"}])
def test_a_draft_without_its_day_can_be_begun_anew(store: Store, document: dict[str, str]) -> None:
    store.draft.put(document)
    with pytest.raises(UnreadableFile, match="--restart"):
        Draft.open(store)
    assert Draft.open(store, restart=True).is_new


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(UsageError, match="HIPWISE_DATA"):
        Store.open(tmp_path / "taken" / "data")
