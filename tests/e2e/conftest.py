from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from hipwise.reporting.screening import to_json
from hipwise.services.screen import screen
from hipwise.storage import Store
from tests.screening.filled_in import answers


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for the records and the cache of what is started."""
    monkeypatch.setenv("HIPWISE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HIPWISE_CACHE", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture
def screened(folder: Path) -> Path:
    """The folder of a runner who was screened today."""
    now = datetime.now().astimezone()
    given = answers({"knee_to_wall": {"left": [9, 10, 9.5], "right": [4, 4.5, 4.5]}})
    given = given.model_copy(update={"taken_at": now})
    with Store.open() as store:
        store.screenings.add(to_json(screen(given)), given)
    return folder
