"""The follow-along film, read back: pictures, sound, chapters, captions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from hipwise.coaching import StepKind, Timeline, coach
from hipwise.coaching.captions import to_vtt
from hipwise.coaching.tones import RATE_HZ, tones
from hipwise.errors import UsageError
from hipwise.knowledge import load
from hipwise.planning import Prescription, Session, SessionKind
from hipwise.planning.dose import seconds_of
from hipwise.reporting import board
from hipwise.reporting.board import FIGURE_AT, FIGURE_PX, Board
from hipwise.reporting.follow_film import write_film

L = load()


def of(*ids: str, sets: int = 1) -> Timeline:
    items = tuple(
        Prescription(id, sets, e.dose.reps, e.dose.hold_s, seconds_of(e, sets, L), (), "", None)
        for id in ids
        for e in (L.exercise(id),)
    )
    return coach(Session(SessionKind.DAILY, 60, items), L)


@dataclass(frozen=True)
class Made:
    timeline: Timeline
    film: Path
    captions: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    timeline = of("side_plank_knees")
    path = tmp_path_factory.mktemp("film") / "today.mp4"
    return Made(timeline, *write_film(path, timeline, L))


def test_it_is_a_film_that_phones_play(made: Made) -> None:
    with av.open(str(made.film)) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        assert (video.codec_context.name, video.width, video.height) == ("h264", 1280, 720)
        assert video.codec_context.pix_fmt == "yuv420p"
        assert audio.codec_context.name == "aac"
        assert film.duration is not None
        assert film.duration / 1e6 == pytest.approx(made.timeline.seconds, abs=0.2)
        assert [c["metadata"]["title"] for c in film.chapters()] == ["Side plank on your knees"]
    assert not list(made.film.parent.glob(".*"))


def test_it_beeps_when_the_timeline_does(made: Made) -> None:
    heard: list[NDArray[np.float32]] = []
    with av.open(str(made.film)) as film:
        rate = film.streams.audio[0].rate
        for frame in film.decode(audio=0):
            heard.append(frame.to_ndarray().mean(axis=0).astype(np.float32))
    sound = np.concatenate(heard)

    def loudness(start_s: float, seconds: float) -> float:
        part = sound[round(start_s * rate) : round((start_s + seconds) * rate)]
        return float(np.sqrt(np.mean(part**2)))

    for beep in made.timeline.beeps:
        assert loudness(beep.at_s + 0.03, beep.seconds - 0.05) > 0.1
    assert loudness(2.0, 3.0) < 0.01, "nothing is heard between"


def test_the_figure_moves_and_is_mirrored_for_the_left_side() -> None:
    timeline = of("clamshell")
    drawn = Board(timeline, L)
    x, y = FIGURE_AT
    place = slice(y, y + FIGURE_PX[1]), slice(x, x + FIGURE_PX[0])
    work = [
        (index, step) for index, step in enumerate(timeline.steps) if step.kind is StepKind.WORK
    ]
    (left_at, left), (right_at, right) = work
    early, later = (drawn.draw(left_at, left.start_s + t)[place] for t in (0.2, 1.6))
    assert np.abs(early.astype(int) - later).mean() > 0.3
    mirrored = drawn.draw(right_at, right.start_s + 0.2)[place]
    assert np.array_equal(early, mirrored[:, ::-1])


@pytest.mark.parametrize("id", list(L.exercises))
def test_every_name_and_caption_fits(id: str) -> None:
    for line in board._wrapped(L.exercise(id).name, 46):
        assert board._font(46).getlength(line) <= board.TEXT_WIDTH
    for step in of(id, sets=3).steps:
        assert board._font(22).getlength(step.caption) <= board.WIDTH_PX - 64


def test_captions_are_webvtt(made: Made) -> None:
    text = made.captions.read_text("utf-8")
    assert text == to_vtt(made.timeline)
    head, *cues = text.strip().split("\n\n")
    assert head == "WEBVTT"
    assert len(cues) == len(made.timeline.steps)
    clock = r"(\d\d):(\d\d):(\d\d\.\d{3})"
    for cue, step in zip(cues, made.timeline.steps, strict=True):
        times, words = cue.split("\n")
        found = re.fullmatch(f"{clock} --> {clock}", times)
        assert found is not None
        hours, minutes, seconds = (float(part) for part in found.groups()[:3])
        assert 3600 * hours + 60 * minutes + seconds == pytest.approx(step.start_s, abs=1e-3)
        assert words == step.caption


def test_tones_stay_between_minus_one_and_one() -> None:
    timeline = of("clamshell", "chair_squat")
    sound = tones(timeline)
    assert len(sound) == round(timeline.seconds * RATE_HZ)
    assert 0.3 < np.abs(sound).max() <= 1


def test_nothing_to_film_and_no_place_for_it_are_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no exercises"):
        write_film(tmp_path / "a.mp4", coach(Session(SessionKind.DAILY, 4, ()), L), L)
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        write_film(tmp_path / "file" / "a.mp4", of("clamshell"), L)


def test_an_interrupted_film_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        del total
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_film(tmp_path / "a.mp4", of("clamshell"), L, progress=stop)
    assert not (tmp_path / "a.mp4").exists()
    assert not list(tmp_path.glob(".*"))
