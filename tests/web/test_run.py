"""The page of runs: what is taken, what is refused, and what is told of a film."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from hipwise.storage import Store
from hipwise.web.strip import LANE_PX, strip_of
from tests.web.test_app import NASTY, form_token

FILM = b"no film, but kept all the same"


def given(client: TestClient, name: str, kind: str = "video/mp4", content: bytes = FILM) -> Any:
    fields = {"form_token": form_token(client)}
    files = {"film": (name, content, kind)}
    return client.post("/run", data=fields, files=files, follow_redirects=False)


def given_two(client: TestClient, first: str, second: str) -> Any:
    files = {"film": (first, FILM, "video/mp4"), "other": (second, FILM + b"2", "video/mp4")}
    data = {"form_token": form_token(client)}
    return client.post("/run", data=data, files=files, follow_redirects=False)


def measured(client: TestClient, address: str) -> str:
    """Wait until the measuring has ended; return the page."""
    while not client.get(f"{address}/progress").json()["ended"]:
        time.sleep(0.05)
    return client.get(address).text


@pytest.mark.parametrize("name", ["run.txt", "run.mp4.exe", "run", "", ".mp4/x"])
def test_what_is_no_film_by_its_name_is_refused(
    runner: TestClient, store: Store, name: str
) -> None:
    answer = given(runner, name)
    assert answer.status_code in {400, 422}
    assert store.recordings.list() == ()


def test_a_wrong_type_is_refused(runner: TestClient, store: Store) -> None:
    answer = given(runner, "run.mp4", "application/zip")
    assert answer.status_code == 400
    assert "is no film that is taken here" in answer.text
    assert store.recordings.list() == ()


def test_a_film_that_cannot_be_read_is_kept_and_its_fault_told(
    runner: TestClient, store: Store
) -> None:
    address = given(runner, f"../../etc/{NASTY}.mp4").headers["location"]
    page = measured(runner, address)
    assert "is not a video that can be read" in page
    assert NASTY not in page
    (kept,) = store.recordings.list()
    assert "/" not in kept.name
    assert ".." not in kept.name
    assert "not measured" in runner.get("/run").text
    runner.post(f"{address}/remove", data={"form_token": form_token(runner)})
    assert store.recordings.list() == ()
    assert runner.get(address).status_code == 400


def test_two_films_are_measured_together_and_their_fault_is_told_on_both(
    runner: TestClient, store: Store
) -> None:
    address = given_two(runner, "side.mp4", "rear.mp4").headers["location"]
    assert "side.mp4 is not a video that can be read" in measured(runner, address)
    side, rear = store.recordings.list()
    assert address == f"/run/{side.sha256}"
    assert "side.mp4 is not a video that can be read" in runner.get(f"/run/{rear.sha256}").text


@pytest.mark.parametrize("name", ["rear.txt", "rear"])
def test_where_one_of_two_is_no_film_neither_is_kept(
    runner: TestClient, store: Store, name: str
) -> None:
    answer = given_two(runner, "side.mp4", name)
    assert answer.status_code == 400
    assert f"&#39;{name}&#39; is no film" in answer.text
    assert store.recordings.list() == ()


def test_a_very_long_name_is_cut_from_its_beginning(runner: TestClient, store: Store) -> None:
    assert given(runner, f"{'走' * 200}.mp4").status_code == 303
    (kept,) = store.recordings.list()
    assert kept.name.endswith("走.mp4")
    assert len(kept.name.encode()) <= 120


def test_a_film_that_is_too_large_is_refused_unread(runner: TestClient) -> None:
    answer = runner.post("/run", content=b"x", headers={"content-length": str(3 * 2**30)})
    assert answer.status_code == 413


def test_before_the_safety_questions_no_film_is_taken(visitor: TestClient, store: Store) -> None:
    assert visitor.get("/run", follow_redirects=False).headers["location"] == "/welcome"
    given(visitor, "run.mp4")
    assert store.recordings.list() == ()


@pytest.mark.parametrize("name", ["../../hipwise.sqlite3", "..%2F..%2Fhipwise.sqlite3", "x.mp4"])
def test_no_other_file_is_handed_over(runner: TestClient, name: str) -> None:
    address = given(runner, "run.mp4").headers["location"]
    assert runner.get(f"{address}/{name}").status_code in {400, 404}


def test_the_strip_breaks_where_nothing_is_known(tmp_path: Path) -> None:
    path = tmp_path / "angles.csv"
    path.write_text(
        "time_s,trunk_forward_lean_deg,thigh_flexion_left_deg,thigh_flexion_right_deg\n"
        "0,4,-10,\n0.5,4,,\n1,6,30,\n1.5,5,10,\n"
    )
    strip = strip_of(path, [{"kind": "foot_strike", "side": "left", "time_s": 0.5}])
    thigh, trunk = strip.lanes
    assert [line.side for line in thigh.lines] == ["left"], "nothing is known of the right"
    assert thigh.lines[0].path.count("M") == 2
    assert thigh.lines[0].path.startswith(f"M0.0 {thigh.top_px + LANE_PX:.1f}")
    assert trunk.lines[0].side == "middle"
    assert strip.strikes == ((60.0, "left"),)
    assert strip.width_px == 180
    assert strip.values["curves"][0]["values"] == (-10, None, 30, 10)
