"""How far each metric is off on drawn runners whose truth is known, through the whole program.

Films drawn runners of different form, size and clothing from the left, the right and behind, runs
each film through pose, motion and gait, and prints for every metric

- `bias` and `sd` of measured minus true,
- `95 %`: the limit that 95 % of errors stay within, |bias| + 1.96 SD,
- `side 95 %`: the same for the error of the left-right difference,
- `slope`: how much the measured value moves for each unit of true change between the runners
  (0.12 for pelvic drop would mean that the network cannot see it).

The figures stand in `knowledge/content/metrics.yaml` as `accuracy_on_drawn_runner`.

    uv run python benchmarks/drawn_runner_accuracy.py [--fps 60] [--seconds 7] [--view side|rear]
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does

import numpy as np
from numpy.typing import NDArray

from hipwise import pose
from hipwise.body.painting import Appearance
from hipwise.body.proportions import Body
from hipwise.drawn import DrawnRun, Legs, RunningForm, run
from hipwise.drawn.film import film
from hipwise.drawn.truth import Truth, rear_view_truth, side_view_truth
from hipwise.errors import NotEnoughData
from hipwise.gait import Runner, measure
from hipwise.knowledge import Library, load
from hipwise.measurement import Side, one
from hipwise.motion import KeypointCleaning, View

WIDTHS = (3, 8, 7, 7, 9, 6)
Pairs = dict[tuple[str, Side | None], list[float]]
DARK = Appearance(skin="#6b4630", hair="#15110f", shirt="#c9463d", shorts="#3b5b7a")
PALE = Appearance(skin="#f0c9b0", hair="#b98b52", shirt="#e9e4da", shorts="#596063")

SIDE_FORMS = (
    RunningForm(),
    RunningForm(extension_change_deg=Legs(-12, 0)),
    RunningForm(extension_change_deg=Legs(0, -8)),
    RunningForm(extension_change_deg=Legs.both(6)),
    RunningForm(cadence_per_min=156, contact_s=Legs.both(0.30)),
    RunningForm(cadence_per_min=186, contact_s=Legs.both(0.22)),
    RunningForm(contact_s=Legs(0.24, 0.28)),
    RunningForm(trunk_forward_lean_deg=3),
    RunningForm(trunk_forward_lean_deg=16),
    RunningForm(knee_at_contact_change_deg=Legs.both(10)),
    RunningForm(knee_at_contact_change_deg=Legs(8, 0)),
    RunningForm(pelvic_drop_deg=Legs.both(9)),
)
REAR_FORMS = (
    RunningForm(),
    RunningForm(crossover_deg=Legs.both(4)),
    RunningForm(crossover_deg=Legs.both(-3)),
    RunningForm(crossover_deg=Legs(5, 0)),
    RunningForm(trunk_side_lean_deg=Legs.both(7)),
    RunningForm(trunk_side_lean_deg=Legs(0, 6)),
    RunningForm(knee_in_deg=Legs.both(14)),
    RunningForm(knee_in_deg=Legs(12, 0)),
    RunningForm(pelvic_drop_deg=Legs.both(0)),
    RunningForm(pelvic_drop_deg=Legs.both(10)),
    RunningForm(pelvic_drop_deg=Legs(2, 9)),
)
PEOPLE = ((Body.of(1.60, 53.0), DARK), (Body.of(1.88, 84.0), PALE))


@dataclass(frozen=True)
class Clip:
    """One film to make: who runs how, and where the camera stands."""

    run: DrawnRun
    view: View
    look: Appearance


def clips(seconds: float, views: str) -> Iterator[Clip]:
    """Every film of the comparison."""
    ordinary = (Body.of(), Appearance())
    for forms, cameras in ((SIDE_FORMS, (View.LEFT, View.RIGHT)), (REAR_FORMS, (View.REAR,))):
        if views not in ("all", "side" if View.LEFT in cameras else "rear"):
            continue
        for camera in cameras:
            cases = [(form, ordinary) for form in forms]
            cases += [(form, person) for person in PEOPLE for form in forms[:2]]
            for form, (body, look) in cases:
                yield Clip(run(form, body, seconds), camera, look)


def errors_of(clip: Clip, folder: Path, fps: float) -> Pairs:
    """Film, follow and measure one clip: (true, measured) for every metric and side."""
    path = folder / "clip.mp4"
    film(clip.run, path, clip.view, fps=fps, appearance=clip.look)
    motion = KeypointCleaning().motion(pose.track(path), source="drawn")
    gait = measure(motion, runner=Runner(clip.run.body.height_m), library=_nothing_withheld())
    truth: Truth = (rear_view_truth if clip.view is View.REAR else side_view_truth)(clip.run)
    pairs = {}
    for (metric, side), true in truth.items():
        measured = one(gait.measurements, metric, side)
        if measured is not None:
            pairs[metric, side] = [true, measured.value]
    return pairs


def _nothing_withheld() -> Library:
    """The evidence as if every metric were shown: what is withheld is measured here too."""
    library = load()
    shown = {
        name: metric.model_copy(update={"withheld": None})
        for name, metric in library.metrics.items()
    }
    return replace(library, metrics=shown)


def report(kind: str, results: list[tuple[Clip, Pairs]]) -> None:
    """Print one line a metric."""
    pairs, differences = defaultdict(list), defaultdict(list)
    for clip, values in results:
        for (metric, side), pair in values.items():
            pairs[metric].append(pair)
            seen = clip.view is (View.LEFT if side is Side.LEFT else View.RIGHT)
            if side is not None and kind == "side":
                pairs[f"{metric} ({'near' if seen else 'far'})"].append(pair)
            if side is Side.LEFT and (metric, Side.RIGHT) in values:
                differences[metric].append(np.subtract(pair, values[metric, Side.RIGHT]))
    print(f"\n{kind} view, {len(results)} films")
    heads = ("n", "bias", "sd", "95 %", "side 95 %", "slope")
    print(f"{'metric':40s} " + " ".join(f"{h:>{w}s}" for h, w in zip(heads, WIDTHS, strict=True)))
    for metric in sorted(pairs):
        true, measured = np.array(pairs[metric]).T
        off = measured - true
        limit = abs(off.mean()) + 1.96 * off.std(ddof=1)
        slope = np.polyfit(true, measured, 1)[0] if np.ptp(true) > 1e-6 else np.nan
        between = _side_limit(differences[metric]) if metric in differences else np.nan
        print(
            f"{metric:40s} {len(off):3d} {off.mean():8.2f} {off.std(ddof=1):7.2f} {limit:7.2f} "
            f"{between:9.2f} {slope:6.2f}"
        )


def _side_limit(differences: list[NDArray[np.float64]]) -> float:
    true, measured = np.array(differences).T
    off = measured - true
    return float(abs(off.mean()) + 1.96 * off.std(ddof=1))


def main() -> None:
    """Run all films and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fps", type=float, default=60.0)
    parser.add_argument("--seconds", type=float, default=7.0)
    parser.add_argument("--view", choices=("all", "side", "rear"), default="all")
    arguments = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for clip in clips(arguments.seconds, arguments.view):
            try:
                results.append((clip, errors_of(clip, Path(folder), arguments.fps)))
                print(".", end="", flush=True)
            except NotEnoughData as refusal:
                print(f"\nrefused: {clip.view} {clip.run.form}: {refusal}")
    for kind, rear in (("side", False), ("rear", True)):
        chosen = [(c, v) for c, v in results if (c.view is View.REAR) == rear]
        if chosen:
            report(kind, chosen)


if __name__ == "__main__":
    main()
