from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from hipwise.reporting.screening import to_json
from hipwise.services.changes import Changes
from hipwise.services.plans import keep_plan
from hipwise.services.screen import screen
from hipwise.storage import Store
from hipwise.web import create_app
from hipwise.web.sessions import Sessions
from tests.screening.filled_in import answers

KNEE = {"left": [9, 10, 9.5], "right": [4, 4.5, 4.5]}
TOKEN = "made-for-this-test"


@pytest.fixture(scope="session")
def screened_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a runner who was screened today and has a plan; solved once, then copied."""
    folder = tmp_path_factory.mktemp("records") / "data"
    now = datetime.now().astimezone()
    given = answers({"knee_to_wall": KNEE}, {"taken_at": now.isoformat()})
    with Store.open(folder) as made:
        made.screenings.add(to_json(screen(given)), given)
        keep_plan(made, Changes(), now=now)
    return folder


@pytest.fixture
def store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Store]:
    """The records: empty, or those of the screened runner where the test is about one."""
    monkeypatch.setenv("HIPWISE_CACHE", str(tmp_path / "cache"))
    if "runner" in request.fixturenames:
        shutil.copytree(request.getfixturevalue("screened_records"), tmp_path / "data")
    with Store.open(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def stranger(store: Store) -> Iterator[TestClient]:
    """A browser that has not come in."""
    app = create_app(store, Sessions(TOKEN), {"localhost"})
    with TestClient(app, base_url="http://localhost:8765") as client:
        yield client


@pytest.fixture
def visitor(stranger: TestClient) -> TestClient:
    """A browser that came in by the printed address."""
    assert stranger.get(f"/enter?token={TOKEN}").status_code == 200
    return stranger


@pytest.fixture
def runner(visitor: TestClient) -> TestClient:
    """A browser of a runner who was screened today and has a plan."""
    return visitor
