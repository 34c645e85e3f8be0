from __future__ import annotations

import io
from base64 import b64decode

import numpy as np
import pytest
from PIL import Image

from hipwise.knowledge.poses import FigurePoses
from hipwise.reporting.animation import MovingFigure, moving_figure

MARCH = FigurePoses.model_validate(
    {
        "shows": "march",
        "camera": {"azimuth_deg": 20, "elevation_deg": 5},
        "mirrored": True,
        "frames": [
            {
                "name": "stand",
                "seconds": 0.5,
                "angles": {"hip_flexion_left": 0},
                "contacts": ["heel_right"],
            },
            {
                "name": "knee up",
                "seconds": 1.0,
                "angles": {"hip_flexion_left": 80, "knee_flexion_left": 90},
                "contacts": ["heel_right"],
            },
        ],
    }
)


@pytest.fixture(scope="module")
def figure() -> MovingFigure:
    return moving_figure(MARCH)


def test_the_picture_moves_and_is_small(figure: MovingFigure) -> None:
    data = b64decode(figure.uri.partition(",")[2])
    picture = Image.open(io.BytesIO(data))
    assert picture.size == (320, 260)
    assert getattr(picture, "n_frames", 1) > 10
    assert len(data) < 150_000


def test_stills_show_two_different_poses(figure: MovingFigure) -> None:
    stills = [
        np.asarray(Image.open(io.BytesIO(b64decode(s.uri.partition(",")[2]))), int)
        for s in figure.stills
    ]
    assert [s.name for s in figure.stills] == ["start", "end"]
    assert np.abs(stills[0] - stills[1]).mean() > 1


def test_the_longest_loop_stays_small() -> None:
    slow = MARCH.model_copy(
        update={"frames": tuple(f.model_copy(update={"seconds": 9.0}) for f in MARCH.frames)}
    )
    made = moving_figure(slow)
    picture = Image.open(io.BytesIO(b64decode(made.uri.partition(",")[2])))
    assert getattr(picture, "n_frames", 1) <= 60
    assert len(made.uri) < 200_000
