"""Every bad input gets one clear sentence and its exit code, and nothing is written."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from hipwise.drawn import run
from hipwise.drawn.film import draw_frames, film
from hipwise.motion import View
from hipwise.recording import FilmWriter
from tests.e2e.program import hipwise, said

SMALL = (288, 432)
Made = Callable[[Path], Path]


def missing(folder: Path) -> Path:
    return folder / "gone.mp4"


def empty(folder: Path) -> Path:
    path = folder / "empty.mp4"
    path.touch()
    return path


def text(folder: Path) -> Path:
    path = folder / "notes.mp4"
    path.write_text("Monday: 5 km, felt stiff.\n" * 50)
    return path


def a_folder(folder: Path) -> Path:
    path = folder / "films.mp4"
    path.mkdir()
    return path


def truncated(folder: Path) -> Path:
    path = folder / "whole.mp4"
    film(run(duration_s=1.0), path, View.LEFT, fps=30, size_px=SMALL)
    cut = folder / "cut.mov"
    content = path.read_bytes()
    # The index is in front (faststart): without it the pictures behind it are lost.
    cut.write_bytes(content[: content.index(b"moov") + 40])
    return cut


def audio_only(folder: Path) -> Path:
    path = folder / "voice.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44_100)
        samples = np.zeros((1, 44_100), dtype=np.float32)
        frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="mono")
        frame.sample_rate = 44_100
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def nobody(folder: Path) -> Path:
    path = folder / "empty_room.mp4"
    wall = np.full((SMALL[1], SMALL[0], 3), 190, dtype=np.uint8)
    wall[300:] = (120, 90, 60)
    with FilmWriter(path, *SMALL, 30) as writer:
        for _ in range(60):
            writer.write(wall)
    return path


def too_short(folder: Path) -> Path:
    path = folder / "blink.mp4"
    film(run(duration_s=1.5), path, View.LEFT, fps=30, size_px=SMALL)
    return path


def few_frames(folder: Path) -> Path:
    path = folder / "slow_camera.mp4"
    film(run(duration_s=4.0), path, View.LEFT, fps=20, size_px=SMALL)
    return path


def no_feet(folder: Path) -> Path:
    path = folder / "no_feet.mp4"
    times = np.arange(0, 3.0, 1 / 30)
    height = int(SMALL[1] * 0.78) // 2 * 2
    with FilmWriter(path, SMALL[0], height, 30) as writer:
        for picture in draw_frames(run(duration_s=3.0), times, View.LEFT, SMALL):
            writer.write(picture[:height])
    return path


def nothing_written(folder: Path) -> bool:
    return not (folder / "out").exists() and not list(folder.glob(".hipwise-*"))


@pytest.mark.parametrize(
    ("make", "code", "words"),
    [
        (missing, 3, "gone.mp4"),
        (empty, 3, "empty"),
        (text, 3, "notes.mp4"),
        (a_folder, 3, "folder"),
        (truncated, 3, "cut.mov"),
        (audio_only, 3, "picture"),
        (nobody, 4, "No person"),
        (too_short, 4, "ten seconds"),
        (few_frames, 4, "20 frames a second"),
        (no_feet, 4, "feet"),
    ],
)
def test_bad_films(tmp_path: Path, make: Made, code: int, words: str) -> None:
    result = hipwise("analyse", make(tmp_path), "--out", tmp_path / "out", folder=tmp_path)
    assert result.returncode == code, result.stderr
    assert words in said(result)
    assert one_sentence(result)
    assert nothing_written(tmp_path)


@pytest.mark.data
def test_walking_and_jumping_is_not_running(shared_data: Path, tmp_path: Path) -> None:
    clip = shared_data / "video" / "two_people_walk_and_jump.mp4"
    result = hipwise("analyse", clip, "--out", tmp_path / "out", folder=tmp_path)
    assert result.returncode == 4, result.stderr
    assert "does not look like running" in said(result)
    assert nothing_written(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--height-cm", "1.75"], "height"),
        (["--height-cm", "17500"], "height"),
        (["--minutes", "0"], "minutes"),
        (["--minutes", "-3"], "minutes"),
        (["--minutes", "nan"], "minutes"),
        (["--for", "swimming"], "pre_run"),
    ],
)
def test_wrong_wishes_are_refused_before_the_work(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    result = hipwise("analyse", empty(tmp_path), "--out", "out", *arguments, folder=tmp_path)
    assert result.returncode == 2, result.stderr
    assert words in result.stderr
    assert nothing_written(tmp_path)


def test_an_output_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    for place in ("taken", "taken/report"):
        result = hipwise("analyse", text(tmp_path), "--out", place, folder=tmp_path)
        assert result.returncode == 2, result.stderr
        assert "taken" in said(result)
        assert one_sentence(result)
    assert (tmp_path / "taken").read_text() == "a file, not a folder"


def one_sentence(result: subprocess.CompletedProcess[str]) -> bool:
    return "Traceback" not in result.stderr and len(said(result)) < 400
