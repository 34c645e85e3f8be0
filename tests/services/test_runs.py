"""Films of runs: what is kept of them, and what no longer is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from hipwise.drawn import run
from hipwise.drawn.film import film
from hipwise.errors import UsageError
from hipwise.measurement import View
from hipwise.reporting.screening import to_json
from hipwise.services.runs import measure_run, remove_run, runs_of
from hipwise.services.screen import screen
from hipwise.storage import Store
from tests.screening.filled_in import answers


def test_nothing_is_kept_of_a_film_that_is_removed_while_it_is_measured(tmp_path: Path) -> None:
    now = datetime.now().astimezone()
    given = answers({}, {"taken_at": now.isoformat()})
    path = tmp_path / "run.mp4"
    film(run(duration_s=4), path, View.LEFT, fps=30, size_px=(216, 324))
    with Store.open(tmp_path / "data") as store:
        store.screenings.add(to_json(screen(given)), given)
        sha256 = store.recordings.add(path)
        with pytest.raises(UsageError, match="No recording"):
            measure_run(store, sha256, now, lambda *_: remove_run(store, sha256))
        assert store.analyses.list() == ()
        assert runs_of(store) == ()
        assert not list((tmp_path / "data" / "reports").glob("*"))
