"""Self-tests that one camera can measure: a film in, a measurement with its error out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from hipwise.errors import NotEnoughData, UsageError
from hipwise.knowledge.library import Library
from hipwise.measurement import Measurement, Side
from hipwise.motion import KeypointCleaning
from hipwise.pose.keypoints import KeypointTrack
from hipwise.screening import signals
from hipwise.screening.counting import RepetitionCounter, longest_hold_s, steady_extreme
from hipwise.screening.signals import Points

Array = NDArray[np.float64]
CUTOFF_HZ = 6.0
"""Self-tests are slow: less passes than in running (chosen by us)."""
SEEN = 0.5
SEEN_SHARE = 0.7
"""The joints a test needs must be seen in this share of the frames (chosen by us)."""


@dataclass(frozen=True)
class Reading:
    """What one film says: the value, its spread over `n` trials or repetitions."""

    value: float
    sd: float | None
    n: int


Reader = Callable[[Array, Points, Side], Reading]


@dataclass(frozen=True)
class CameraTest:
    """How one self-test is read from a film taken square to the movement from `view`.

    `metric` is what comes out: the protocol itself, or another quantity where the camera measures
    an angle and the protocol a distance. `joints` must be seen, of the tested side, with `both`
    of either side.
    """

    metric: str
    view: str
    joints: tuple[str, ...]
    read: Reader
    both: bool = False
    sided: bool = True


def held_angle(signal: signals.Signal, hold_s: float = 1.0) -> Reader:
    """The furthest the angle goes and stays for `hold_s`."""

    def read(time_s: Array, points: Points, side: Side) -> Reading:
        return Reading(steady_extreme(time_s, signal(points, side), hold_s), None, 1)

    return read


def repetitions(
    signal: signals.Signal, rest: float, full: float, *, within_s: float | None = None
) -> Reader:
    """How often the angle goes from `rest` to `full` and back, within `within_s` of the first."""
    counter = RepetitionCounter(rest, full)

    def read(time_s: Array, points: Points, side: Side) -> Reading:
        done = counter.count(time_s, signal(points, side))
        if done and within_s is not None:
            done = tuple(r for r in done if r.peak_s - done[0].start_s <= within_s)
        return Reading(float(len(done)), None, 1 if done else 0)

    return read


def hold(signal: signals.Signal, low: float, high: float, longest_s: float = np.inf) -> Reader:
    """How long the angle stays within its limits."""

    def read(time_s: Array, points: Points, side: Side) -> Reading:
        held_s = longest_hold_s(time_s, signal(points, side), low, high)
        return Reading(min(held_s, longest_s), None, 1)

    return read


def at_the_deepest(time_s: Array, points: Points, side: Side) -> Reading:
    """Knee line at the deepest instant of repetitions 2 to 4 of a squat or step-down, averaged."""
    depth = signals.crouch_percent(points, side)
    done = RepetitionCounter(rest=0.0, full=float(np.nanpercentile(depth, 97))).count(time_s, depth)
    chosen = done[1:4] if len(done) >= 4 else done
    line = signals.knee_inward_deg(points, side)
    values = np.array([np.interp(r.peak_s, time_s, line) for r in chosen])
    sd = float(values.std(ddof=1)) if len(values) > 1 else None
    return Reading(float(values.mean()) if len(values) else float("nan"), sd, len(values))


LEG = ("hip", "knee", "ankle")
TRUNK_AND_THIGH = ("shoulder", "hip", "knee")
BODY = ("shoulder", "hip", "ankle")

CAMERA_TESTS: Mapping[str, CameraTest] = {
    "modified_thomas": CameraTest(
        "modified_thomas", "side", ("hip", "knee"), held_angle(signals.thigh_below_horizontal_deg)
    ),
    "straight_leg_raise": CameraTest(
        "straight_leg_raise", "side", LEG, held_angle(signals.leg_above_horizontal_deg)
    ),
    "hip_flexion_supine": CameraTest(
        "hip_flexion_supine", "side", TRUNK_AND_THIGH, held_angle(signals.hip_flexion_to_trunk_deg)
    ),
    "knee_to_wall": CameraTest(
        "knee_to_wall.shin_lean", "side", ("knee", "ankle"), held_angle(signals.shank_lean_deg)
    ),
    "step_down_control": CameraTest("step_down_control", "front", LEG, at_the_deepest, both=True),
    "single_leg_stance_eo": CameraTest(
        "single_leg_stance_eo",
        "front",
        ("hip", "ankle"),
        hold(signals.other_foot_raised_percent, 6.0, 80.0, longest_s=45.0),
        both=True,
    ),
    "single_leg_bridge": CameraTest(
        "single_leg_bridge",
        "side",
        TRUNK_AND_THIGH,
        repetitions(signals.hip_flexion_to_trunk_deg, rest=55.0, full=10.0),
    ),
    "side_plank_hold": CameraTest(
        "side_plank_hold", "front", BODY, hold(signals.body_bend_deg, 0.0, 20.0)
    ),
    "sidelying_leg_raise_reps": CameraTest(
        "sidelying_leg_raise_reps",
        "front",
        ("hip", "ankle"),
        repetitions(signals.legs_apart_deg, rest=4.0, full=28.0),
        both=True,
    ),
    "chair_stand_30s": CameraTest(
        "chair_stand_30s",
        "side",
        TRUNK_AND_THIGH,
        repetitions(signals.hip_flexion_to_trunk_deg, rest=80.0, full=10.0, within_s=30.0),
        sided=False,
    ),
}
"""Every self-test a camera measures, by its protocol. Angles of rest and of a full repetition and
the limits of a hold are chosen by us within the protocols' words."""


def measure_test(
    track: KeypointTrack,
    test: str,
    side: Side | None,
    library: Library,
    *,
    source: str,
    taken_at: datetime | None = None,
) -> Measurement:
    """Read the self-test `test` of `side` from a film.

    Raises UsageError for a test no camera measures or a side that is missing, NotEnoughData
    (`no_person`, `joints_not_seen`, `nothing_measured`) where the picture does not allow it.
    """
    chosen = camera_test(test, side)
    _require_seen(track, chosen, side)
    points = KeypointCleaning(cutoff_hz=CUTOFF_HZ, jumps=None).clean(track)
    by_name = {name: points[:, i] for i, name in enumerate(track.names)}
    # A test without sides is read from the side that the camera sees better.
    reading = chosen.read(track.time_s, by_name, side or _better_seen(track, chosen.joints))
    if not np.isfinite(reading.value) or reading.n == 0:
        raise NotEnoughData(
            f"The movement of this test was not found in the film: film it whole from the "
            f"{chosen.view}, from the start position to the end.",
            code="nothing_measured",
        )
    method = f"video.{chosen.view}"
    return Measurement(
        metric=chosen.metric,
        value=reading.value,
        side=side if chosen.sided else None,
        sd=reading.sd,
        n=reading.n,
        error=library.metric(chosen.metric).error(method, value=reading.value),
        method=method,
        taken_at=taken_at or datetime.now(UTC),
        source=source,
    )


def camera_test(test: str, side: Side | None) -> CameraTest:
    """Return how `test` is read from a film; raises UsageError where no camera can, or no side."""
    if test not in CAMERA_TESTS:
        raise UsageError(
            f"'{test}' is no test a camera can measure; it can measure {', '.join(CAMERA_TESTS)}."
        )
    if CAMERA_TESTS[test].sided and side is None:
        raise UsageError(f"Say which side was tested in the film of '{test}': left or right.")
    return CAMERA_TESTS[test]


def _require_seen(track: KeypointTrack, chosen: CameraTest, side: Side | None) -> None:
    if not track.tracked.any():
        raise NotEnoughData(
            "No person was found in the video: film the whole body in good light.",
            code="no_person",
        )
    sides = tuple(Side) if chosen.both or side is None else (side,)
    share = {s: [_seen_share(track, f"{s}_{joint}") for joint in chosen.joints] for s in sides}
    worst = {s: min(values) for s, values in share.items()}
    # Without a tested side, one side that is seen well is enough.
    if (min(worst.values()) if chosen.both or side else max(worst.values())) >= SEEN_SHARE:
        return
    s = min(worst, key=lambda s: worst[s])
    joint = chosen.joints[int(np.argmin(share[s]))]
    raise NotEnoughData(
        f"The {s} {joint} is seen in only {worst[s]:.0%} of the frames: film from the "
        f"{chosen.view}, square to the movement, with the whole body in the picture.",
        code="joints_not_seen",
    )


def _better_seen(track: KeypointTrack, joints: tuple[str, ...]) -> Side:
    return max(Side, key=lambda s: sum(_seen_share(track, f"{s}_{joint}") for joint in joints))


def _seen_share(track: KeypointTrack, name: str) -> float:
    return float((track.visibility[:, track.names.index(name)] >= SEEN).mean())
