"""Where the two networks' weights come from; `mediapipe` itself is never imported."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from hipwise.cache import user_cache
from hipwise.errors import UnreadableFile, WeightsMissing

MEDIAPIPE_VERSION = "0.10.21"


@dataclass(frozen=True)
class WeightFile:
    """One network's file: its place in the mediapipe wheel and in a `.task` file, and its hash."""

    in_wheel: str
    in_task: str
    sha256: str

    @property
    def name(self) -> str:
        """The bare file name, under which it lies in the user's cache."""
        return self.in_wheel.rpartition("/")[2]


DETECTOR = WeightFile(
    in_wheel="mediapipe/modules/pose_detection/pose_detection.tflite",
    in_task="pose_detector.tflite",
    sha256="9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
)
LANDMARKS = WeightFile(
    in_wheel="mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
    in_task="pose_landmarks_detector.tflite",
    sha256="e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
)
FILES = (DETECTOR, LANDMARKS)


@dataclass(frozen=True)
class Weights:
    """The bytes of the two networks, and where they were found."""

    detector: bytes
    landmarks: bytes
    origin: str


@dataclass(frozen=True)
class WeightsStatus:
    """Whether the weights are on this machine, where, or what to do to get them."""

    found: bool
    explanation: str


def load_weights(task: str | Path | None = None, *, use_wheel: bool = True) -> Weights:
    """Read the weights from `task`, else from the installed wheel, else from the user's cache.

    `task` is a `pose_landmarker_*.task` file. Raises UnreadableFile where it is not one, and
    WeightsMissing where the weights are nowhere, or are not the published ones.
    """
    if task is not None:
        return _from_task(Path(task))
    places = [("the user's cache", cache_folder(), [file.name for file in FILES])]
    installed = _wheel_folder() if use_wheel else None
    if installed is not None:
        in_wheel = [file.in_wheel for file in FILES]
        places.insert(
            0, (f"the installed mediapipe {MEDIAPIPE_VERSION} wheel", installed, in_wheel)
        )
    for origin, folder, names in places:
        paths = [folder / name for name in names]
        if all(path.is_file() for path in paths):
            detector, landmarks = (path.read_bytes() for path in paths)
            check_sha256(detector, DETECTOR.sha256, DETECTOR.name)
            check_sha256(landmarks, LANDMARKS.sha256, LANDMARKS.name)
            return Weights(detector, landmarks, origin)
    raise WeightsMissing(
        "The pose network's weights are not on this machine; run `hipwise doctor --fetch-weights`."
    )


def weights_status(*, use_wheel: bool = True) -> WeightsStatus:
    """Say whether the weights are here and whole; never raises for lack of them."""
    try:
        weights = load_weights(use_wheel=use_wheel)
    except WeightsMissing as error:
        return WeightsStatus(found=False, explanation=str(error))
    return WeightsStatus(found=True, explanation=f"Pose weights found in {weights.origin}.")


def cache_folder() -> Path:
    """Where fetched weights are kept: `HIPWISE_CACHE`, else the platform's user-cache folder."""
    return user_cache() / "pose"


def check_sha256(content: bytes, expected: str, name: str) -> None:
    """Raise WeightsMissing where `content` is not what was published."""
    if hashlib.sha256(content).hexdigest() != expected:
        raise WeightsMissing(
            f"{name} is not the file that was published (its SHA-256 differs); remove it and run "
            "`hipwise doctor --fetch-weights`."
        )


def _wheel_folder() -> Path | None:
    """Return the folder into which the right version of mediapipe is installed, if it is."""
    try:
        installed = distribution("mediapipe")
    except PackageNotFoundError:
        return None
    if installed.version != MEDIAPIPE_VERSION:
        return None
    return Path(str(installed.locate_file("")))


def _from_task(path: Path) -> Weights:
    try:
        with zipfile.ZipFile(path) as task:
            return Weights(task.read(DETECTOR.in_task), task.read(LANDMARKS.in_task), str(path))
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise UnreadableFile(
            f"{path} is not a pose_landmarker .task file; give one, or leave it out and run "
            "`hipwise doctor --fetch-weights`."
        ) from error
