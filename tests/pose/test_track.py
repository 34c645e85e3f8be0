from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from hipwise.pose import KeypointTrack, load_weights, track
from hipwise.pose.detector import INPUT_PX, PersonDetector, anchor_centres
from hipwise.recording import Frame, open_video

REFERENCE_NAMES = {
    "shoulder": "shoulder",
    "hip": "hip",
    "knee": "knee",
    "ankle": "ankle",
    "heel": "heel",
    "foot_index": "big_toe",
}
FRAMES = 40


@pytest.fixture(scope="module")
def runner(shared_data: Path) -> KeypointTrack:
    video = open_video(shared_data / "video" / "male_side.mp4")
    return track(islice(video, FRAMES))


def test_the_detector_has_2254_anchors() -> None:
    anchors = anchor_centres()
    assert anchors.shape == (2254, 2)
    # 28 × 28 cells of 8 px with two each, 14 × 14 of 16 px with two, 7 × 7 of 32 px with six.
    assert anchors[0] * INPUT_PX == pytest.approx([4, 4])
    assert anchors[2] * INPUT_PX == pytest.approx([12, 4])
    assert anchors[2 * 28 * 28] * INPUT_PX == pytest.approx([8, 8])
    assert anchors[-1] * INPUT_PX == pytest.approx([208, 208])


@pytest.mark.data
def test_a_runner_is_found_in_every_frame(runner: KeypointTrack) -> None:
    assert runner.tracked.all()
    assert (runner.width_px, runner.height_px) == (720, 1280)
    assert np.diff(runner.time_s) == pytest.approx(np.full(FRAMES - 1, 1 / 30))
    assert runner.visibility.min() >= 0
    assert runner.visibility.max() <= 1


@pytest.mark.data
def test_keypoints_agree_with_another_network(runner: KeypointTrack, shared_data: Path) -> None:
    """RTMPose's keypoints for the same frames (zzzhushi/running-gait-analysis, MIT)."""
    reference = json.loads((shared_data / "video" / "male_side.pose.json").read_text())
    names, theirs = reference["keypoint_names"], np.array(reference["frames"])[:FRAMES, :, :2]
    trunk_px = np.linalg.norm(runner.point("left_shoulder") - runner.point("left_hip"), axis=1)
    for ours, other in REFERENCE_NAMES.items():
        for side in ("left", "right"):
            apart = runner.point(f"{side}_{ours}") - theirs[:, names.index(f"{side[0]}_{other}")]
            distance = np.median(np.linalg.norm(apart, axis=1) / trunk_px)
            assert distance < 0.3, f"{side}_{ours} is {distance:.2f} trunks away"


@pytest.mark.data
def test_keeps_to_the_person_first_chosen(shared_data: Path) -> None:
    """A man on a wall, jumps off at 5.3 s; a woman walks past below to the left."""
    video = open_video(shared_data / "video" / "two_people_walk_and_jump.mp4")
    man = track(islice((frame for frame in video if frame.time_s > 1.0), 0, 155, 3))
    assert man.tracked[(man.time_s > 1.5) & (man.time_s < 5.0)].all()
    assert not man.tracked[man.time_s > 5.7].any()
    hip_heights = man.point("left_hip")[man.tracked, 1]
    assert hip_heights.max() < 0.45 * man.height_px


def noise(count: int) -> Iterator[Frame]:
    random = np.random.default_rng(5)
    for i in range(count):
        yield Frame(i / 30, random.integers(0, 255, (120, 160, 3), dtype=np.uint8))


def test_without_a_person_every_frame_is_nan() -> None:
    nobody = track(noise(4))
    assert nobody.xy_px.shape == (4, 33, 2)
    assert np.isnan(nobody.xy_px).all()
    assert not nobody.visibility.any()
    assert not nobody.tracked.any()


def test_no_frames_give_an_empty_track() -> None:
    nothing = track(noise(0))
    assert nothing.xy_px.shape == (0, 33, 2)
    assert len(nothing.time_s) == 0


def test_the_detector_finds_nobody_in_a_blank_picture() -> None:
    detector = PersonDetector(load_weights().detector)
    assert detector.detect(np.full((90, 160, 3), 128, dtype=np.uint8)) == []


@pytest.mark.data
def test_progress_counts_the_frames(tmp_path: Path, shared_data: Path) -> None:
    from hipwise.recording import FilmWriter

    source = open_video(shared_data / "video" / "male_side.mp4")
    with FilmWriter(tmp_path / "short.mp4", source.width, source.height, source.fps) as film:
        for frame in islice(source, 3):
            film.write(frame.rgb)
    told: list[tuple[int, int]] = []
    track(tmp_path / "short.mp4", progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_mediapipe_is_never_imported_and_nothing_is_said() -> None:
    program = (
        "import sys, numpy as np\n"
        "from hipwise.pose import track\n"
        "from hipwise.recording import Frame\n"
        "track([Frame(0.0, np.zeros((64, 64, 3), np.uint8))])\n"
        "sys.exit(any(name.split('.')[0] in ('mediapipe', 'cv2') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
