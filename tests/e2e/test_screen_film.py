"""`hipwise screen --video`: a drawn person raises a straight leg; the real program measures it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient

from hipwise.body.camera import Camera
from hipwise.body.ground import grounded
from hipwise.body.kinematics import forward
from hipwise.body.painting import paint
from hipwise.body.proportions import Body
from hipwise.body.raster import pixels_of
from hipwise.knowledge.models import FILM
from hipwise.recording import FilmWriter
from hipwise.screening.battery import ALL_EQUIPMENT, EVERYWHERE
from hipwise.services.drafts import Draft
from hipwise.storage import Store
from hipwise.web.app import create_app
from hipwise.web.sessions import Sessions
from tests.e2e.program import hipwise, said
from tests.screening.filled_in import answers

TRUE_DEG = 64.0
EVERYTHING = [thing for thing in ALL_EQUIPMENT if thing not in EVERYWHERE]
SIZE_PX = 480


@pytest.fixture(scope="module")
def leg_raise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("film") / "leg_raise.mp4"
    time_s = np.arange(0, 5, 1 / 25)
    lift = TRUE_DEG * np.minimum(1 - np.cos(2 * np.pi * time_s / time_s[-1]), 1)
    angles = {"pelvic_anterior_tilt": np.full(len(time_s), -90.0), "hip_flexion_left": lift}
    body = grounded(forward(Body.of(), angles))
    eye = Camera(90.0, 4.0, distance_m=3.5, width_px=SIZE_PX, height_px=SIZE_PX)
    eye = eye.fitted(body.points, height_m=1.75, margin=0.12)
    with FilmWriter(path, SIZE_PX, SIZE_PX, 25) as film:
        for instant in body:
            film.write(pixels_of(paint(instant, eye), "#cfd6d8"))
    return path


def test_the_film_gives_the_angle_within_its_error(leg_raise: Path, tmp_path: Path) -> None:
    result = hipwise(
        *("screen", "--video", leg_raise, "--test", "straight_leg_raise", "--side", "left"),
        "--json",
        folder=tmp_path,
    )
    assert result.returncode == 0, result.stderr
    measured = json.loads(result.stdout)
    assert measured["metric"] == "straight_leg_raise"
    assert measured["side"] == "left"
    assert abs(measured["value"] - TRUE_DEG) < 5 < measured["error"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--test", "straight_leg_raise"], 2, "--video"),
        (["--video", "{film}", "--test", "hhd_abduction"], 2, "no test a camera can measure"),
        (["--video", "{film}", "--test", "straight_leg_raise"], 2, "which side"),
        (
            ["--video", "{film}", "--test", "straight_leg_raise", "--side", "both"],
            2,
            "left or right",
        ),
        (["--video", "gone.mp4", "--test", "straight_leg_raise", "--side", "left"], 3, "gone.mp4"),
        (["--video", "{film}", "--test", "single_leg_bridge", "--side", "left"], 4, "not found"),
    ],
)
def test_what_is_wrong_is_said(
    leg_raise: Path, tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    told = [a.format(film=leg_raise) for a in arguments]
    result = hipwise("screen", *told, folder=tmp_path)
    assert result.returncode == code, result.stderr
    assert words in said(result)
    assert "Traceback" not in result.stderr


def test_what_is_kept_goes_into_the_screening(leg_raise: Path, tmp_path: Path) -> None:
    test = ("--test", "straight_leg_raise", "--side", "left")
    result = hipwise("screen", "--video", leg_raise, *test, "--keep", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    with Store.open(tmp_path / "data") as store:
        draft = store.draft.get()
    assert draft is not None
    answer = draft["tests"]["straight_leg_raise"]
    assert answer["method"] == "video.side"
    assert abs(answer["left"][0] - TRUE_DEG) < 5


def test_the_page_measures_one_side_and_types_nothing_beside_it(
    leg_raise: Path, tmp_path: Path
) -> None:
    given = answers({})
    runner = {**given.runner.model_dump(mode="json", exclude_none=True), "equipment": EVERYTHING}
    with Store.open(tmp_path / "data") as store:
        draft = Draft.open(store, restart=True)
        draft.put("full", "set")
        draft.put(runner, "runner")
        draft.put(dict(given.safety), "safety")
        app = create_app(store, Sessions("token"))
        with TestClient(app, base_url="http://localhost") as client:
            client.get("/enter?token=token", follow_redirects=False)
            token = {"form_token": client.get("/api/v1/form-token").json()["form_token"]}
            page = "/check/straight_leg_raise"
            film = {"film": ("leg.mp4", leg_raise.read_bytes(), "video/mp4")}
            unsaid = client.post(f"{page}/film", data=token, files=film)
            assert "which side" in unsaid.text
            client.post(f"{page}/film", data={**token, "side": "left"}, files=film)
            while not client.get(f"{page}/film/progress").json()["ended"]:
                time.sleep(0.1)
            shown = client.get(f"{page}/film").text
            assert "from the film" in shown
            assert "Left: <b>6" in shown
            client.post(page, data={**token, "skip|right": "yes"})
            held = Draft.open(store).get("tests", "straight_leg_raise")
        assert not list(store.folder.glob("files/.partial-*")), "the film is not kept"
    assert abs(held["left"][0] - TRUE_DEG) < 5
    assert held["right"] == "skipped"
    assert held["method"].startswith(FILM)
