"""Films of runs: what is kept of them, and what no longer is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from hipwise.drawn import run
from hipwise.drawn.film import film
from hipwise.errors import UsageError
from hipwise.measurement import View
from hipwise.reporting import names
from hipwise.reporting.screening import to_json
from hipwise.services.runs import (
    events_of,
    file_of,
    measure_run,
    others_of,
    remove_run,
    run_of,
    runs_of,
)
from hipwise.services.screen import screen
from hipwise.storage import Store
from tests.screening.filled_in import answers

NOW = datetime.now().astimezone()
SIZE_PX = (216, 324)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The records of a runner who answered the safety questions."""
    given = answers({}, {"taken_at": NOW.isoformat()})
    with Store.open(tmp_path / "data") as opened:
        opened.screenings.add(to_json(screen(given)), given)
        yield opened


def drawn(folder: Path, view: View, seconds: float) -> Path:
    path = folder / f"{view}.mp4"
    film(run(duration_s=seconds), path, view, fps=30, size_px=SIZE_PX)
    return path


def silent(*_: object) -> None: ...


def test_films_from_two_sides_are_measured_together_and_each_is_shown_by_itself(
    store: Store, tmp_path: Path
) -> None:
    views = View.LEFT, View.REAR
    films = [store.recordings.add(drawn(tmp_path, view, 5)) for view in views]
    measure_run(store, films, NOW, silent)
    (kept,) = store.analyses.list()
    assert kept.recordings == tuple(films)
    for film_, view in zip(films, views, strict=True):
        one = run_of(store, film_)
        for name in (names.REPORT, names.OVERLAY, names.ANGLES):
            assert file_of(store, one, name).is_file()
        assert {event["view"] for event in events_of(store, one)} == {view.value}
        assert [other.sha256 for other in others_of(store, one)] == [f for f in films if f != film_]
    side, rear = (file_of(store, run_of(store, film_), names.ANGLES) for film_ in films)
    assert side.read_text() != rear.read_text()
    remove_run(store, films[1])
    (left,) = runs_of(store)
    assert left.film.sha256 == films[0]
    assert left.analysis is None, "what was measured with a film goes with it"


def test_nothing_is_kept_of_a_film_that_is_removed_while_it_is_measured(
    store: Store, tmp_path: Path
) -> None:
    sha256 = store.recordings.add(drawn(tmp_path, View.LEFT, 4))
    with pytest.raises(UsageError, match="No recording"):
        measure_run(store, [sha256], NOW, lambda *_: remove_run(store, sha256))
    assert store.analyses.list() == ()
    assert runs_of(store) == ()
    assert not list((tmp_path / "data" / "reports").glob("*"))
