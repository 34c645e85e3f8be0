"""A disk that takes no more, while the app is used: said in a sentence, and nothing is lost."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from hipwise.storage import Store

LIMITED = """
import resource, sys
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, hard))
sys.argv = ["hipwise", "serve", "--no-open", "--port", "0"]
from hipwise.cli import app
app()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size")
@pytest.mark.usefixtures("screened")
def test_a_film_that_no_longer_fits_is_said_and_what_is_small_is_kept(folder: Path) -> None:
    server = subprocess.Popen([sys.executable, "-c", LIMITED], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found is not None
        with httpx2.Client(base_url=found[0].partition("/enter")[0], timeout=120) as client:
            client.get(found[0])
            token = client.get("/api/v1/form-token").json()["form_token"]
            for size in (2_000_000, 5_000_000):
                film = {"film": ("run.mp4", b"x" * size, "video/mp4")}
                answer = client.post("/run", data={"form_token": token}, files=film)
                assert "Traceback" not in answer.text
            assert answer.status_code >= 400
            assert "make room on the disk" in answer.text
            run = {"form_token": token, "what": "run", "km": "5"}
            assert client.post("/progress", data=run).status_code == 303
    finally:
        server.terminate()
        server.wait()
        assert server.stdout is not None
        server.stdout.close()
    with Store.open(folder / "data") as store:
        assert len(store.recordings.list()) == 1, "the small one alone"
        assert len(store.log.entries()) == 1
