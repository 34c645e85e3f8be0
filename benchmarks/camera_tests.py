"""How well a camera measures the self-tests: drawn people with known angles, filmed and measured.

Each self-test is performed by a drawn body of known angles, filmed square to the movement, followed
by the pose network and measured as `hipwise screen --video` would. Prints true beside measured.

    uv run python benchmarks/camera_tests.py [TEST ...]
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipwise import pose
from hipwise.body.camera import Camera
from hipwise.body.ground import grounded
from hipwise.body.kinematics import forward
from hipwise.body.painting import paint
from hipwise.body.proportions import Body
from hipwise.body.raster import pixels_of, pixels_of_svg
from hipwise.errors import NotEnoughData
from hipwise.knowledge import load
from hipwise.measurement import Side
from hipwise.recording import Frame
from hipwise.screening.camera import CAMERA_TESTS, measure_test

Array = NDArray[np.float64]
SIDE_VIEW, FRONT_VIEW = 90.0, 0.0
TIME_S = np.arange(0, 10, 1 / 30)
SIZE_PX = 640
SUPINE = {"pelvic_anterior_tilt": -90.0}
ON_THE_LEFT_SIDE = {"pelvic_right_drop": -90.0}
ARMS_CROSSED = {
    f"{angle}_{side}": value
    for side in Side
    for angle, value in (
        ("shoulder_flexion", 55.0),
        ("shoulder_internal_rotation", 60.0),
        ("elbow_flexion", 120.0),
    )
}


@dataclass(frozen=True)
class Performance:
    """One self-test performed: the angles over time, the tested side, what is true."""

    test: str
    angles: Mapping[str, object]
    side: Side | None
    true: float


def there_and_back(low: float, high: float, count: int) -> Array:
    """Up and down `count` times; a single one stays up for half of the time."""
    wave = (1 - np.cos(2 * np.pi * count * TIME_S / TIME_S[-1])) / 2
    return np.asarray(low + (high - low) * (np.minimum(2 * wave, 1) if count == 1 else wave))


def performances() -> Iterator[Performance]:
    """Every self-test, on the side near the camera."""
    left = Side.LEFT
    for angle in (-5.0, 8.0, 18.0):
        yield Performance(
            "modified_thomas",
            {
                **SUPINE,
                "hip_flexion_right": 120.0,
                "knee_flexion_right": 130.0,
                "hip_flexion_left": there_and_back(40, -angle, 1),
                "knee_flexion_left": 80.0,
            },
            left,
            angle,
        )
    for angle in (50.0, 65.0, 80.0):
        raised = {**SUPINE, "hip_flexion_left": there_and_back(0, angle, 1)}
        yield Performance("straight_leg_raise", raised, left, angle)
    for angle in (95.0, 110.0, 125.0):
        hugged = {
            **SUPINE,
            "hip_flexion_left": there_and_back(5, angle, 1),
            "knee_flexion_left": there_and_back(10, 125, 1),
        }
        yield Performance("hip_flexion_supine", hugged, left, angle)
    for angle in (28.0, 36.0, 44.0):
        lean = there_and_back(0, angle, 1)
        yield Performance(
            "knee_to_wall",
            {
                "ankle_dorsiflexion_left": lean,
                "knee_flexion_left": 1.6 * lean,
                "hip_flexion_left": 0.6 * lean,
                "hip_flexion_right": -20.0,
                "knee_flexion_right": 30.0,
            },
            left,
            angle,
        )
    for count in (4, 7):
        bridge = {
            **SUPINE,
            **{f"hip_flexion_{side}": there_and_back(58, 5, count) for side in Side},
            **{f"knee_flexion_{side}": 75.0 for side in Side},
        }
        yield Performance("single_leg_bridge", bridge, left, count)
        raises = {**ON_THE_LEFT_SIDE, "hip_adduction_right": there_and_back(0, -35, count)}
        yield Performance("sidelying_leg_raise_reps", raises, Side.RIGHT, count)
        sitting = there_and_back(88, 2, count)
        stands = {f"{joint}_flexion_{side}": sitting for joint in ("hip", "knee") for side in Side}
        yield Performance("chair_stand_30s", {**ARMS_CROSSED, **stands}, None, count)
    for seconds in (4.0, 7.0):
        up = np.where((TIME_S > 1.5) & (1.5 + seconds > TIME_S), 35.0, 0.0)
        stance = {**ARMS_CROSSED, "hip_flexion_right": up, "knee_flexion_right": 2 * up}
        yield Performance("single_leg_stance_eo", stance, left, seconds)
        sag = np.where(seconds > TIME_S, 0.0, 35.0)
        plank = {
            **ON_THE_LEFT_SIDE,
            "hip_adduction_left": -sag,
            "hip_adduction_right": sag,
            "shoulder_abduction_left": 85.0,
            "elbow_flexion_left": 90.0,
        }
        yield Performance("side_plank_hold", plank, left, seconds)


def frames(performance: Performance) -> Iterator[Frame]:
    """Film the performance with a camera square to it."""
    angles = {
        name: np.broadcast_to(np.asarray(value, dtype=float), TIME_S.shape)
        for name, value in performance.angles.items()
    }
    body = grounded(forward(Body.of(), angles))
    view = CAMERA_TESTS[performance.test].view
    eye = Camera(
        SIDE_VIEW if view == "side" else FRONT_VIEW,
        elevation_deg=4.0,
        distance_m=3.5,
        width_px=SIZE_PX,
        height_px=SIZE_PX,
    ).fitted(body.points, height_m=1.75, margin=0.12)
    room = pixels_of_svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE_PX}" height="{SIZE_PX}">'
        f'<rect width="100%" height="100%" fill="#cfd6d8"/>'
        f'<rect y="78%" width="100%" height="22%" fill="#a98f74"/></svg>'
    )
    for time_s, instant in zip(TIME_S, body, strict=True):
        yield Frame(float(time_s), pixels_of(paint(instant, eye), room))


def main() -> None:
    """Perform, film and measure the tests named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tests", nargs="*", metavar="TEST")
    chosen = parser.parse_args().tests
    print(f"{'test':28s} {'true':>8s} {'measured':>9s}")
    for performance in performances():
        if chosen and performance.test not in chosen:
            continue
        track = pose.track(frames(performance))
        try:
            measured = measure_test(
                track, performance.test, performance.side, load(), source="drawn"
            )
            said = f"{measured.value:9.1f}"
        except NotEnoughData as refusal:
            said = f"refused: {refusal}"
        print(f"{performance.test:28s} {performance.true:8.1f} {said}", flush=True)


if __name__ == "__main__":
    main()
