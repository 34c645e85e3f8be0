from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from hipwise.recording import FilmWriter, open_video
from tests.recording.sample_videos import corner_colours, four_corners


def test_writes_a_film_that_plays_at_once(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with FilmWriter(path, 96, 64, fps=25) as film:
        for _ in range(10):
            film.write(four_corners(96, 64))
    video = open_video(path)
    assert [frame.time_s for frame in video] == pytest.approx([i / 25 for i in range(10)])
    assert corner_colours(next(iter(video)).rgb) == ["red", "green", "blue", "white"]
    with av.open(str(path)) as container:
        codec = container.streams.video[0].codec_context
        assert (codec.name, codec.pix_fmt) == ("h264", "yuv420p")
    content = path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_keeps_real_times(tmp_path: Path) -> None:
    times_s = [0.0, 0.033, 0.066, 0.2, 0.233]
    with FilmWriter(tmp_path / "film.mp4", 96, 64, fps=30) as film:
        for time_s in times_s:
            film.write(four_corners(96, 64), time_s)
    video = open_video(tmp_path / "film.mp4")
    assert [frame.time_s for frame in video] == pytest.approx(times_s, abs=1e-4)


@pytest.mark.parametrize(("width", "height"), [(97, 64), (96, 65), (97, 65)])
def test_an_odd_size_gains_a_row_or_column(tmp_path: Path, width: int, height: int) -> None:
    with FilmWriter(tmp_path / "film.mp4", width, height, fps=30) as film:
        film.write(np.full((height, width, 3), 200, dtype=np.uint8))
    picture = next(iter(open_video(tmp_path / "film.mp4"))).rgb
    assert picture.shape == (height + height % 2, width + width % 2, 3)
    assert picture.min() > 190


def test_an_interrupted_film_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"

    def film_until_stopped() -> None:
        with FilmWriter(path, 96, 64, fps=30) as film:
            film.write(four_corners(96, 64))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        film_until_stopped()
    assert not path.exists()


def test_refuses_a_frame_of_another_size(tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match="a frame is"),
        FilmWriter(tmp_path / "film.mp4", 96, 64, fps=30) as film,
    ):
        film.write(four_corners(64, 96))


def test_refuses_time_that_does_not_advance(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"

    def film_backwards() -> None:
        with FilmWriter(path, 96, 64, fps=30) as film:
            film.write(four_corners(96, 64), 1.0)
            film.write(four_corners(96, 64), 0.5)

    with pytest.raises(ValueError, match="follows one at"):
        film_backwards()
    assert not path.exists()


def test_a_folder_that_is_not_there_is_an_oserror(tmp_path: Path) -> None:
    def film_nowhere() -> None:
        with FilmWriter(tmp_path / "missing" / "film.mp4", 96, 64, fps=30) as film:
            film.write(four_corners(96, 64))

    with pytest.raises(OSError, match="No such file"):
        film_nowhere()
