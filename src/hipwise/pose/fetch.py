"""Getting the weights onto a machine whose Python has no mediapipe wheel."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from hipwise.cache import keep
from hipwise.errors import WeightsMissing
from hipwise.pose.weights import FILES, MEDIAPIPE_VERSION, cache_folder, check_sha256

WHEEL_SHA256 = "956eb1ebc275c629e61b085b2cab89c3a5b9e93bad1bb107348d98dafb5a4bb5"
"""Of the one wheel fetched on every machine (Linux, CPython 3.12): its weights are the same as in
the other wheels of this version, and nothing in it is run."""

DOWNLOAD = (
    "download", "--no-deps", "--only-binary=:all:", "--python-version", "3.12",
    "--platform", "manylinux_2_28_x86_64", f"mediapipe=={MEDIAPIPE_VERSION}",
)  # fmt: skip
TIMEOUT_S = 900.0


def fetch_weights(progress: Callable[[str], None] | None = None) -> Path:
    """Download the weights (35 MB) from the package index, check them, and keep them.

    Returns the folder in the user's cache that holds the two files, each put there whole or not
    at all. `progress` is told each step in words. Raises WeightsMissing where neither pip nor uv
    is there to download with, the download fails, or what came is not what was published.
    """
    say = progress or (lambda _step: None)
    folder = cache_folder()
    with tempfile.TemporaryDirectory() as scratch:
        say(f"Downloading mediapipe {MEDIAPIPE_VERSION} (35 MB)")
        wheel = _download(Path(scratch))
        say("Checking it")
        check_sha256(wheel.read_bytes(), WHEEL_SHA256, wheel.name)
        with zipfile.ZipFile(wheel) as archive:
            contents = {file: archive.read(file.in_wheel) for file in FILES}
    try:
        for file, content in contents.items():
            check_sha256(content, file.sha256, file.name)
            keep(folder / file.name, content)
    except OSError as error:
        raise WeightsMissing(
            f"The weights cannot be kept in {folder} ({error.strerror}); name a writable folder "
            "in HIPWISE_CACHE."
        ) from error
    say(f"Kept in {folder}")
    return folder


def pip_command() -> list[str]:
    """Return a command that runs pip: this Python's own, one run by uv, or one on the path.

    Environments made by uv hold no pip. Raises WeightsMissing where there is none of the three.
    """
    if importlib.util.find_spec("pip") is not None:
        return [sys.executable, "-m", "pip"]
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv:
        return [uv, "tool", "run", "pip"]
    pip = shutil.which("pip") or shutil.which("pip3")
    if pip:
        return [pip]
    raise WeightsMissing(
        "Neither pip nor uv is here to download the weights with; install one of them and run "
        "`hipwise doctor --fetch-weights` again."
    )


def _download(folder: Path) -> Path:
    command = [*pip_command(), *DOWNLOAD, "--dest", str(folder)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise WeightsMissing(f"The weights could not be downloaded: {error}.") from error
    wheels = list(folder.glob("mediapipe-*.whl"))
    if done.returncode != 0 or not wheels:
        said = (done.stderr.strip() or done.stdout.strip() or "no reason given").splitlines()
        raise WeightsMissing(
            "The weights could not be downloaded; check the network and try again. "
            f"The download said: {said[-1]}"
        )
    return wheels[0]
