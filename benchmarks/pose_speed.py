"""How fast hipwise finds keypoints, beside the stock mediapipe pipeline with the same weights.

    uv run python benchmarks/pose_speed.py ../shared/data/video/male_side.mp4 --rounds 5

Both run on the same clip, in turn, each round in a process of its own; the stock pipeline in an
environment of its own, which uv makes (mediapipe drags in OpenCV and more). Time is taken inside
each process, without starting Python and importing:

- *whole*: opening the clip, loading the networks, decoding and finding keypoints in every frame;
- *pose*: finding keypoints alone, from a decoded picture on.

The stock pipeline decodes with PyAV too, and smooths nothing, so that keypoints can be compared.
On Debian without a desktop it may need `apt-get install libgl1`; hipwise does not.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from hipwise.recording import Frame

STOCK_ENVIRONMENT = (
    "uv", "run", "--quiet", "--isolated", "--no-project", "--python", "3.11",
    "--with", "mediapipe==0.10.21", "--with", "av", "python",
)  # fmt: skip
PIPELINES = {"hipwise": (sys.executable,), "stock": STOCK_ENVIRONMENT}


@dataclass(frozen=True)
class Run:
    """One pass over the clip: frames, seconds, and keypoints (T, 33, 2) in pixels."""

    frames: int
    whole_s: float
    pose_s: float
    xy_px: NDArray[np.float32]


def run_hipwise(clip: Path) -> Run:
    """Measure `hipwise.pose.track`."""
    from hipwise.pose import track  # noqa: PLC0415 (absent in the stock environment)
    from hipwise.recording import open_video  # noqa: PLC0415

    start = time.perf_counter()
    other_s = 0.0

    def frames() -> Iterator[Frame]:
        """Pass the frames on; all time until the first one, and inside the decoder, is not pose."""
        nonlocal other_s
        asked = start
        for frame in video:
            other_s += time.perf_counter() - asked
            yield frame
            asked = time.perf_counter()
        other_s += time.perf_counter() - asked

    video = open_video(clip)
    keypoints = track(frames())
    whole_s = time.perf_counter() - start
    return Run(len(keypoints.time_s), whole_s, whole_s - other_s, keypoints.xy_px)


def run_stock(clip: Path) -> Run:
    """Measure `mediapipe.solutions.pose` with the 'full' weights."""
    import av  # noqa: PLC0415

    stock = importlib.import_module("mediapipe.python.solutions.pose")
    seconds, rows = 0.0, []
    start = time.perf_counter()
    with (
        stock.Pose(model_complexity=1, smooth_landmarks=False) as pose,
        av.open(str(clip)) as container,
    ):
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        for frame in container.decode(stream):
            rgb = frame.to_ndarray(format="rgb24")
            before = time.perf_counter()
            landmarks = pose.process(rgb).pose_landmarks
            seconds += time.perf_counter() - before
            height, width = rgb.shape[:2]
            points = landmarks.landmark if landmarks else ()
            row = np.array([(p.x * width, p.y * height) for p in points], dtype=np.float32)
            rows.append(row if landmarks else np.full((33, 2), np.nan, dtype=np.float32))
    return Run(len(rows), time.perf_counter() - start, seconds, np.array(rows))


def measure(pipeline: str, clip: Path, folder: Path) -> Run:
    """Run one pipeline over the clip in a process of its own."""
    saved = folder / "keypoints.npy"
    command = [*PIPELINES[pipeline], __file__, str(clip), "--only", pipeline, "--save", str(saved)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"The {pipeline} pipeline failed:\n{done.stderr}")
    figures = json.loads(done.stdout.splitlines()[-1])
    return Run(**figures, xy_px=np.load(saved))


def report(runs: dict[str, list[Run]]) -> None:
    """Print frames per second of both, their ratio, and how well the keypoints agree."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{'':10}{'whole':>22}{'pose alone':>22}   (frames/s: median, lowest to highest)")
    rates = {
        name: [[r.frames / r.whole_s for r in done], [r.frames / r.pose_s for r in done]]
        for name, done in runs.items()
    }
    for name, columns in rates.items():
        cells = [f"{statistics.median(c):8.1f} ({min(c):.1f} to {max(c):.1f})" for c in columns]
        print(f"{name:10}" + "".join(f"{cell:>22}" for cell in cells))
    ratios = [
        statistics.median(ours) / statistics.median(stock)
        for ours, stock in zip(rates["hipwise"], rates["stock"], strict=True)
    ]
    print(f"{'ratio':10}" + "".join(f"{ratio:21.2f}×" for ratio in ratios))
    ours, stock = runs["hipwise"][0].xy_px, runs["stock"][0].xy_px
    distance_px = np.linalg.norm(ours - stock, axis=2)
    torso_px = np.nanmedian(np.linalg.norm(stock[:, 11] - stock[:, 23], axis=1))
    print(
        f"keypoints: median distance {np.nanmedian(distance_px):.2f} px "
        f"({np.nanmedian(distance_px) / torso_px:.1%} of the trunk), "
        f"95 % within {np.nanpercentile(distance_px, 95):.1f} px; "
        f"found in {np.isfinite(ours[:, 0, 0]).sum()} and {np.isfinite(stock[:, 0, 0]).sum()} "
        f"of {len(ours)} frames"
    )


def main() -> None:
    """Read the arguments; measure both pipelines in turn, or only one inside its process."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("clip", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=list(PIPELINES), help=argparse.SUPPRESS)
    parser.add_argument("--save", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only:
        run = {"hipwise": run_hipwise, "stock": run_stock}[chosen.only](chosen.clip)
        np.save(chosen.save, run.xy_px)
        print(json.dumps({"frames": run.frames, "whole_s": run.whole_s, "pose_s": run.pose_s}))
        return
    runs: dict[str, list[Run]] = {name: [] for name in PIPELINES}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(chosen.rounds):
            for name, done in runs.items():
                done.append(measure(name, chosen.clip, Path(folder)))
    report(runs)


if __name__ == "__main__":
    main()
