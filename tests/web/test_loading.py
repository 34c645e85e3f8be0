"""What the app does not load before it is needed: a start is short by what it leaves out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LATER = {"numpy", "scipy", "pandas", "PIL", "av", "altair", "highspy", "alembic", "yaml"}
FIRST_PAGE = f"""
import sys
from pathlib import Path
from fastapi.testclient import TestClient
from hipwise.storage import Store
from hipwise.web import create_app
from hipwise.web.sessions import Sessions
with Store.open(Path(sys.argv[1])) as store, TestClient(create_app(store, Sessions("t"))) as client:
    print(client.get("/enter?token=t").url.path, sorted({LATER!r} & set(sys.modules)))
"""


def of_program(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def evidence_parsed_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's cache as every start but the first finds it."""
    monkeypatch.setenv("HIPWISE_CACHE", str(tmp_path / "cache"))
    of_program("from hipwise.knowledge import load; load()")


@pytest.mark.usefixtures("evidence_parsed_before")
def test_the_first_page_of_a_runner_needs_nothing_that_measures_or_draws(
    screened_records: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(screened_records, tmp_path / "data")
    assert of_program(FIRST_PAGE, str(folder)) == "/today []"
