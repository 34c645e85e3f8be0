from __future__ import annotations

from pathlib import Path

import pytest

from hipwise.drawn import run
from hipwise.drawn.film import film
from hipwise.errors import UsageError
from hipwise.motion import View
from hipwise.services.analyse import analyse_videos
from hipwise.services.conclude import Wishes


def test_a_film_given_twice_is_refused_before_the_work(tmp_path: Path) -> None:
    once, again = tmp_path / "once.mp4", tmp_path / "again.mp4"
    film(run(duration_s=0.5), once, View.LEFT, fps=30, size_px=(144, 216))
    again.write_bytes(once.read_bytes())
    with pytest.raises(UsageError, match=r"once\.mp4 and again\.mp4 are the same film"):
        analyse_videos([once, again], Wishes())


@pytest.mark.parametrize("height_m", [1.75 / 100, 175.0, float("nan")])
def test_a_height_that_no_runner_has_is_refused(height_m: float) -> None:
    with pytest.raises(UsageError, match="--height-cm 175"):
        Wishes(height_m=height_m)
