from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from hipwise.reporting.screening import to_json
from hipwise.services.screen import screen
from hipwise.storage import Store
from hipwise.web import create_app
from hipwise.web.sessions import Sessions
from tests.screening.filled_in import answers

KNEE = {"left": [9, 10, 9.5], "right": [4, 4.5, 4.5]}
TOKEN = "made-for-this-test"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("HIPWISE_CACHE", str(tmp_path / "cache"))
    with Store.open(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def stranger(store: Store) -> TestClient:
    """A browser that has not come in."""
    app = create_app(store, Sessions(TOKEN), {"localhost"})
    return TestClient(app, base_url="http://localhost:8765")


@pytest.fixture
def visitor(stranger: TestClient) -> TestClient:
    """A browser that came in by the printed address."""
    assert stranger.get(f"/enter?token={TOKEN}").status_code == 200
    return stranger


@pytest.fixture
def runner(store: Store, visitor: TestClient) -> TestClient:
    """A browser of a runner who was screened today."""
    given = answers({"knee_to_wall": KNEE}, {"taken_at": datetime.now().astimezone().isoformat()})
    store.screenings.add(to_json(screen(given)), given)
    return visitor
