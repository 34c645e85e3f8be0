from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from hipwise.errors import UnreadableFile
from hipwise.recording import open_video
from tests.recording.sample_videos import corner_colours, write_video

ONE = 1 << 16
W = 1 << 30


def test_describes_a_file(tmp_path: Path) -> None:
    path = write_video(tmp_path / "run.mp4", times_s=[i / 50 for i in range(20)])
    video = open_video(path)
    assert (video.width, video.height) == (96, 64)
    assert video.fps == pytest.approx(50)
    assert video.frame_count == 20
    assert video.duration_s == pytest.approx(0.4)
    assert not video.cut_short
    assert len(video.sha256) == 64
    frames = list(video)
    assert len(frames) == 20
    assert frames[0].rgb.shape == (64, 96, 3)
    assert frames[0].rgb.dtype == np.uint8


def test_can_be_iterated_twice(tmp_path: Path) -> None:
    video = open_video(write_video(tmp_path / "run.mp4"))
    assert [frame.time_s for frame in video] == [frame.time_s for frame in video]


@pytest.mark.parametrize("name", ["run.mp4", "run.mov", "run.mkv", "run.ts"])
def test_reads_any_container(tmp_path: Path, name: str) -> None:
    video = open_video(write_video(tmp_path / name))
    assert video.fps == pytest.approx(30, rel=0.01)
    assert [frame.time_s for frame in video] == pytest.approx(
        [i / 30 for i in range(10)], abs=0.001
    )


def test_keeps_the_time_stamps_of_a_variable_frame_rate(tmp_path: Path) -> None:
    steps = [0.033, 0.033, 0.033, 0.1, 0.033, 0.017, 0.033, 0.2, 0.033]
    times_s = [0.0, *np.cumsum(steps)]
    video = open_video(write_video(tmp_path / "run.mp4", times_s=times_s))
    assert [frame.time_s for frame in video] == pytest.approx(times_s, abs=1e-4)
    assert video.fps == pytest.approx(1 / 0.033, rel=0.01)


def test_time_starts_at_the_first_frame(tmp_path: Path) -> None:
    video = open_video(write_video(tmp_path / "run.mkv", times_s=[5 + i / 30 for i in range(6)]))
    assert [frame.time_s for frame in video] == pytest.approx([i / 30 for i in range(6)], abs=0.001)
    assert video.duration_s == pytest.approx(0.2, abs=0.002)


def test_places_frames_without_time_stamps_at_the_nominal_rate(tmp_path: Path) -> None:
    times_s = [frame.time_s for frame in open_video(write_video(tmp_path / "run.h264"))]
    assert times_s[0] == 0
    assert np.diff(times_s) == pytest.approx(np.full(9, times_s[1]))


@pytest.mark.parametrize(
    ("coefficients", "size", "corners"),
    [
        ((0, 1, -1, 0), (64, 96), ["blue", "red", "white", "green"]),
        ((0, -1, 1, 0), (64, 96), ["green", "white", "red", "blue"]),
        ((-1, 0, 0, -1), (96, 64), ["white", "blue", "green", "red"]),
        ((-1, 0, 0, 1), (96, 64), ["green", "red", "white", "blue"]),
    ],
)
def test_shows_frames_as_the_phone_was_held(
    tmp_path: Path,
    coefficients: tuple[int, int, int, int],
    size: tuple[int, int],
    corners: list[str],
) -> None:
    a, b, c, d = (ONE * value for value in coefficients)
    video = open_video(write_video(tmp_path / "run.mp4", matrix=[a, b, 0, c, d, 0, 0, 0, W]))
    assert (video.width, video.height) == size
    assert (video.stored_width, video.stored_height) == (96, 64)
    picture = next(iter(video)).rgb
    assert picture.shape == (size[1], size[0], 3)
    assert corner_colours(picture) == corners


def test_reduces_large_frames(tmp_path: Path) -> None:
    video = open_video(
        write_video(tmp_path / "run.mp4", width=1920, height=1080, times_s=[0, 0.04])
    )
    assert (video.width, video.height) == (1280, 720)
    assert (video.stored_width, video.stored_height) == (1920, 1080)
    picture = next(iter(video)).rgb
    assert picture.shape == (720, 1280, 3)
    assert corner_colours(picture) == ["red", "green", "blue", "white"]


def test_makes_pixels_square(tmp_path: Path) -> None:
    video = open_video(write_video(tmp_path / "run.mp4", pixel_aspect=Fraction(4, 3)))
    assert (video.width, video.height) == (128, 64)
    assert next(iter(video)).rgb.shape == (64, 128, 3)


def test_an_odd_size_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "odd.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", rate=30)
        stream.width, stream.height, stream.pix_fmt = 97, 65, "yuv420p"
        blank = np.zeros((65, 97, 3), dtype=np.uint8)
        container.mux(stream.encode(av.VideoFrame.from_ndarray(blank, format="rgb24")))
        container.mux(stream.encode())
    assert next(iter(open_video(path))).rgb.shape == (65, 97, 3)


def test_a_truncated_file_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    times_s = [i / 30 for i in range(60)]
    for name, options in (("run.mp4", {"movflags": "+faststart"}), ("run.mkv", {})):
        path = write_video(tmp_path / name, times_s=times_s, options=options, noise=True)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        video = open_video(path)
        assert video.cut_short
        assert 20 < video.frame_count < 40
        assert len(list(video)) == video.frame_count
        assert video.duration_s == pytest.approx(video.frame_count / 30, abs=0.05)


def test_a_damaged_stretch_is_left_out(tmp_path: Path) -> None:
    path = write_video(
        tmp_path / "run.mp4",
        times_s=[i / 30 for i in range(30)],
        options={"movflags": "+faststart"},
        noise=True,
    )
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 3000] = bytes(3000)
    path.write_bytes(content)
    times_s = [frame.time_s for frame in open_video(path)]
    assert 15 < len(times_s) < 30
    assert np.all(np.diff(times_s) > 0)


def unreadable(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        open_video(path)
    assert str(caught.value).endswith(".")
    return str(caught.value)


def test_bad_files_get_a_clear_sentence(tmp_path: Path) -> None:
    assert "no file" in unreadable(tmp_path / "missing.mp4")
    assert "folder" in unreadable(tmp_path)
    assert "too long" in unreadable(tmp_path / ("a" * 300 + ".mp4"))
    empty = tmp_path / "empty.mp4"
    empty.touch()
    assert "empty" in unreadable(empty)
    text = tmp_path / "text.mp4"
    text.write_text("I ran ten kilometres today.\n" * 50)
    assert "not a video" in unreadable(text)
    notes = tmp_path / "notes.txt"
    notes.write_text("I ran ten kilometres today.\n" * 50)
    assert "text file" in unreadable(notes)
    truncated = write_video(tmp_path / "cut.mp4")
    truncated.write_bytes(truncated.read_bytes()[:1000])
    assert "cut off" in unreadable(truncated)


def test_sound_without_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "sound.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44_100)
        silence = np.zeros((1, 4096), dtype=np.float32)
        frame = av.AudioFrame.from_ndarray(silence, format="fltp", layout="mono")
        frame.rate = 44_100
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    assert "sound but no picture" in unreadable(path)


def test_nothing_is_said_on_standard_error(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = write_video(tmp_path / "run.mp4", options={"movflags": "+faststart"}, noise=True)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    list(open_video(path))
    assert capfd.readouterr() == ("", "")
