"""Planning beside the pages: news is taken in before somebody asks, and ends with the records."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

from fastapi.testclient import TestClient

from hipwise.storage import Store
from hipwise.web.jobs import Jobs
from tests.web.test_app import posted, sent, session_entry
from tests.web.test_jobs import go_on_for_ever, until_there


def version_of(store: Store) -> int:
    current = store.plans.current()
    assert current is not None
    return current.version


def test_the_plan_takes_in_a_session_before_the_next_page(runner: TestClient, store: Store) -> None:
    before = version_of(store)
    assert sent(runner, session_entry(runner)).status_code == 201
    runner.app.state.catch_up.wait()  # type: ignore[attr-defined]
    assert version_of(store) == before + 1
    assert runner.get("/plan").status_code == 200
    assert version_of(store) == before + 1, "nothing is left to plan"


def test_what_is_written_down_by_hand_is_taken_in_too(runner: TestClient, store: Store) -> None:
    before = version_of(store)
    posted(runner, "/progress", what="morning", pain="2")
    posted(runner, "/progress", what="morning", pain="3")
    assert runner.get("/today").status_code == 200
    assert version_of(store) in {before + 1, before + 2}, "planned once for each, at most"


def test_deleting_stops_what_would_write_of_it_again(
    runner: TestClient, store: Store, tmp_path: Path
) -> None:
    jobs: Jobs = runner.app.state.jobs  # type: ignore[attr-defined]
    jobs.start("a film", go_on_for_ever, tmp_path / "pid")
    until_there(tmp_path / "pid")
    assert "Everything is deleted" in posted(runner, "/settings/delete", word="delete").text
    assert not multiprocessing.active_children()
    assert store.plans.current() is None
