from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from hipwise.errors import UnreadableFile, WeightsMissing
from hipwise.pose import fetch_weights, load_weights, weights_status
from hipwise.pose.fetch import pip_command
from hipwise.pose.runtime import Network
from hipwise.pose.weights import DETECTOR, FILES, LANDMARKS, cache_folder


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIPWISE_CACHE", str(tmp_path))
    return cache_folder()


def test_the_installed_wheel_carries_the_published_weights() -> None:
    weights = load_weights()
    assert hashlib.sha256(weights.detector).hexdigest() == DETECTOR.sha256
    assert hashlib.sha256(weights.landmarks).hexdigest() == LANDMARKS.sha256
    assert weights_status().found


def test_without_the_wheel_and_the_cache_it_says_what_to_do(empty_cache: Path) -> None:
    with pytest.raises(WeightsMissing, match=r"hipwise doctor --fetch-weights"):
        load_weights(use_wheel=False)
    status = weights_status(use_wheel=False)
    assert not status.found
    assert "--fetch-weights" in status.explanation
    assert not empty_cache.exists()


def test_the_cache_serves_where_the_wheel_does_not(empty_cache: Path) -> None:
    weights = load_weights()
    empty_cache.mkdir(parents=True)
    for file, content in zip(FILES, (weights.detector, weights.landmarks), strict=True):
        (empty_cache / file.name).write_bytes(content)
    assert load_weights(use_wheel=False).landmarks == weights.landmarks
    assert weights_status(use_wheel=False).found


def test_damaged_weights_are_refused(empty_cache: Path) -> None:
    empty_cache.mkdir(parents=True)
    for file in FILES:
        (empty_cache / file.name).write_bytes(b"half a download")
    with pytest.raises(WeightsMissing, match="SHA-256"):
        load_weights(use_wheel=False)
    assert not weights_status(use_wheel=False).found


def test_a_task_file_serves_too(tmp_path: Path) -> None:
    weights = load_weights()
    task = tmp_path / "pose_landmarker_full.task"
    with zipfile.ZipFile(task, "w") as archive:
        archive.writestr("pose_detector.tflite", weights.detector)
        archive.writestr("pose_landmarks_detector.tflite", weights.landmarks)
    assert load_weights(task).detector == weights.detector


def test_another_file_is_no_task_file(tmp_path: Path) -> None:
    other = tmp_path / "pose.task"
    other.write_text("not a zip")
    with pytest.raises(UnreadableFile, match=r"\.task"):
        load_weights(other)
    with pytest.raises(UnreadableFile, match=r"\.task"):
        load_weights(tmp_path / "missing.task")


def test_bytes_that_are_no_network_are_refused() -> None:
    with pytest.raises(WeightsMissing, match="not those of BlazePose"):
        Network(b"no model at all", [(1,)])
    with pytest.raises(WeightsMissing, match="not those of BlazePose"):
        Network(load_weights().detector, [(195,)])


def test_a_failed_download_says_so_and_leaves_nothing(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(WeightsMissing, match="could not be downloaded"):
        fetch_weights()
    assert not empty_cache.exists()


def test_there_is_a_way_to_download_here() -> None:
    assert pip_command()


def test_without_pip_and_uv_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    monkeypatch.delenv("UV", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(WeightsMissing, match="Neither pip nor uv"):
        pip_command()
