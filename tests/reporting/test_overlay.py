from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hipwise.errors import UsageError
from hipwise.measurement import Side
from hipwise.recording.video import open_video
from hipwise.reporting import names
from hipwise.reporting.analysis import Analysis
from hipwise.reporting.keyframes import KeyFrames, moments_of
from hipwise.reporting.overlay import drawn_frames
from hipwise.reporting.readout import Readout


def test_the_film_has_every_frame_at_its_time(analysis: Analysis, report_dir: Path) -> None:
    overlay = open_video(report_dir / names.OVERLAY)
    times = [frame.time_s for frame in overlay]
    assert np.allclose(times, analysis.views[0].track.time_s, atol=1e-3)
    assert (overlay.width, overlay.height) == (216, 320)


def test_the_runner_is_drawn_on_it(report_dir: Path) -> None:
    frame = next(iter(open_video(report_dir / names.OVERLAY))).rgb.astype(int)
    below_panel = frame[60:]
    assert (below_panel[..., 0] - below_panel[..., 2] > 60).any()
    assert (below_panel[..., 2] - below_panel[..., 0] > 60).any()


def test_a_frame_nobody_was_tracked_in_stays_plain(analysis: Analysis) -> None:
    view = analysis.views[0]
    late = replace(view, track=replace(view.track, time_s=view.track.time_s + 1.0))
    first = next(iter(drawn_frames(late)))
    assert np.ptp(first.rgb) <= 4


def test_without_its_file_there_is_no_film(analysis: Analysis) -> None:
    with pytest.raises(UsageError, match=r"drawn_rear\.mp4 was not kept"):
        next(iter(drawn_frames(analysis.views[1])))


def test_the_panel_knows_which_foot_is_on_the_ground(analysis: Analysis) -> None:
    gait = analysis.views[0].gait
    stride = gait.strides_of(Side.LEFT)[2]
    middle_s = (stride.strike_s + stride.toe_off_s) / 2
    after_s = stride.toe_off_s + 0.03
    pictures = []
    for time_s in (middle_s, after_s):
        image = np.zeros((320, 216, 3), np.uint8)
        Readout(gait).draw(image, time_s)
        pictures.append(image)
    assert pictures[0].any()
    assert (pictures[0] != pictures[1]).any()


def test_key_frames_are_strike_middle_and_toe_off_of_each_side(analysis: Analysis) -> None:
    view = analysis.views[0]
    moments = moments_of(view)
    assert [(m.side.value, m.name) for m in moments] == [
        (side, name)
        for side in ("left", "right")
        for name in ("foot strike", "mid-stance", "toe-off")
    ]
    times = [m.time_s for m in moments[:3]]
    assert times == sorted(times)


def test_from_behind_nothing_claims_a_timed_contact(analysis: Analysis) -> None:
    assert {m.name for m in moments_of(analysis.views[1])} == {
        "early stance",
        "mid-stance",
        "late stance",
    }


def test_key_pictures_hold_the_runner_at_one_size(analysis: Analysis) -> None:
    view = analysis.views[0]
    frames = KeyFrames(view)
    for frame in drawn_frames(view):
        frames.offer(frame)
    assert len(frames.pictures) == 6
    assert len({(p.width, p.height) for p in frames.pictures}) == 1
    assert all(p.uri.startswith("data:image/webp;base64,") for p in frames.pictures)
    assert frames.pictures[0].height > frames.pictures[0].width


def test_no_strides_no_key_frames(analysis: Analysis) -> None:
    view = analysis.views[0]
    empty = replace(view, gait=replace(view.gait, strides=()))
    frames = KeyFrames(empty)
    frames.offer(next(iter(drawn_frames(empty))))
    assert frames.pictures == ()
