"""Contacts against a force plate, and against drawn runners."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from hipwise.drawn import DrawnRun, Legs, RunningForm, run
from hipwise.drawn.keypoints import perfect_track
from hipwise.gait import EventKind
from hipwise.gait.events import FootVelocityEvents, PelvisHeightEvents, crossing_times
from hipwise.measurement import Side
from hipwise.motion import KeypointCleaning, View
from tests.gait.force_plate_runner import ForcePlateRun, load_run

Array = NDArray[np.float64]


@pytest.fixture(scope="module")
def force_plate(shared_data: Path) -> ForcePlateRun:
    return load_run(shared_data / "mocap" / "rbds001")


def errors_ms(found: list[float], true: Array) -> Array:
    """Found minus true for the true events well inside the recording; each must be found."""
    inside = true[(true > 1.0) & (true < 28.0)]
    apart = np.array(found)[:, None] - inside
    closest = apart[np.abs(apart).argmin(axis=0), np.arange(len(inside))]
    return np.asarray(closest * 1000)


@pytest.mark.data
@pytest.mark.parametrize(("fps", "noise_m"), [(150.0, 0.0), (60.0, 0.006), (30.0, 0.006)])
def test_contacts_agree_with_the_force_plate(
    force_plate: ForcePlateRun, fps: float, noise_m: float
) -> None:
    motion = KeypointCleaning().motion(force_plate.track(fps, noise_m), "force plate")
    events = FootVelocityEvents().detect(motion)
    for side in Side:
        for kind, true in (
            (EventKind.FOOT_STRIKE, force_plate.strikes[side]),
            (EventKind.TOE_OFF, force_plate.toe_offs[side]),
        ):
            found = [e.time_s for e in events if e.side is side and e.kind is kind]
            off = errors_ms(found, true)
            assert abs(off.mean()) < 12, (side, kind)
            assert off.std() < 12, (side, kind)


@pytest.mark.parametrize("view", [View.LEFT, View.RIGHT])
@pytest.mark.parametrize(
    "form",
    [
        RunningForm(),
        RunningForm(cadence_per_min=156, contact_s=Legs.both(0.30)),
        RunningForm(cadence_per_min=186, contact_s=Legs.both(0.22)),
        RunningForm(contact_s=Legs(0.24, 0.28)),
    ],
    ids=["ordinary", "slow", "quick", "uneven"],
)
def test_contacts_of_drawn_runners_are_found(form: RunningForm, view: View) -> None:
    runner = run(form, duration_s=5.0)
    motion = KeypointCleaning().motion(perfect_track(runner, view), "drawn")
    events = FootVelocityEvents().detect(motion)
    for side in Side:
        for kind, true in (
            (EventKind.FOOT_STRIKE, runner.strike_s(side)),
            (EventKind.TOE_OFF, runner.toe_off_s(side)),
        ):
            assert_each_found(events, side, kind, true, within_ms=20)


def test_the_standing_leg_is_found_from_behind() -> None:
    runner = run(duration_s=5.0)
    motion = KeypointCleaning().motion(perfect_track(runner, View.REAR), "drawn")
    events = PelvisHeightEvents().detect(motion)
    for side in Side:
        assert_each_found(events, side, EventKind.FOOT_STRIKE, runner.strike_s(side), within_ms=35)
        assert_each_found(events, side, EventKind.TOE_OFF, runner.toe_off_s(side), within_ms=35)


@pytest.mark.parametrize("lost_from_s", np.arange(2.0, 2.7, 0.05))
def test_the_standing_leg_is_found_from_behind_though_the_runner_is_lost_for_a_while(
    lost_from_s: float,
) -> None:
    runner = run(duration_s=5.0)
    track = perfect_track(runner, View.REAR)
    lost = (track.time_s >= lost_from_s) & (track.time_s < lost_from_s + 0.4)
    gone = np.where(lost[:, None, None], np.float32(np.nan), track.xy_px)
    motion = KeypointCleaning().motion(replace(track, xy_px=gone), "drawn")
    strikes = [e for e in PelvisHeightEvents().detect(motion) if e.kind is EventKind.FOOT_STRIKE]
    assert len(strikes) >= 10
    for strike in strikes:
        assert np.abs(runner.strike_s(strike.side) - strike.time_s).min() < 0.035


def assert_each_found(
    events: object, side: Side, kind: EventKind, true: Array, *, within_ms: float
) -> None:
    assert isinstance(events, tuple)
    found = [e.time_s for e in events if e.side is side and e.kind is kind]
    inside = true[(true > 0.9) & (true < 4.0)]
    assert len(inside) >= 3
    for t in inside:
        assert min(abs(np.array(found) - t)) * 1000 < within_ms, (side, kind, t)


@pytest.mark.data
def test_the_pelvis_height_at_true_contacts_is_as_the_rear_view_assumes(
    force_plate: ForcePlateRun,
) -> None:
    height = (force_plate.points["left_hip"] + force_plate.points["right_hip"])[:, 1] / 2
    shares: dict[str, list[float]] = {"strike": [], "toe_off": []}
    for side in Side:
        for strike, toe_off in zip(
            force_plate.strikes[side], force_plate.toe_offs[side], strict=True
        ):
            near = (force_plate.time_s > strike - 0.1) & (force_plate.time_s < toe_off + 0.1)
            low, high = height[near].min(), height[near].max()
            for name, t in (("strike", strike), ("toe_off", toe_off)):
                here = np.interp(t, force_plate.time_s, height)
                shares[name].append((here - low) / (high - low))
    assert np.median(shares["strike"]) == pytest.approx(0.79, abs=0.05)
    assert np.median(shares["toe_off"]) == pytest.approx(0.88, abs=0.05)


def test_a_crossing_is_placed_between_the_samples() -> None:
    time_s, values = np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 4.0, 0.0, np.nan])
    assert crossing_times(time_s, values, 1.0, rising=True) == pytest.approx([0.25])
    assert crossing_times(time_s, values, 1.0, rising=False) == pytest.approx([1.75])


@pytest.mark.data
def test_the_drawn_runner_leaves_the_ground_as_the_force_plate_runner_does(
    force_plate: ForcePlateRun,
) -> None:
    """The drawn runner's toe-off lies where the real runner's does against the bend of the knee."""
    drawn: DrawnRun = run(RunningForm(variability_percent=0), duration_s=20.0)
    lags = {}
    for name, track, toe_offs in (
        ("drawn", perfect_track(drawn, View.RIGHT, fps=150), drawn.toe_off_s(Side.RIGHT)),
        ("real", force_plate.track(150, 0.0), force_plate.toe_offs[Side.RIGHT]),
    ):
        motion = KeypointCleaning().motion(track, name)
        knee = motion.angles["knee_flexion_right"]
        inside = toe_offs[(toe_offs > 1) & (toe_offs < 18)]
        lags[name] = np.mean([_bend_after(motion.time_s, knee, t) - t for t in inside])
    assert lags["drawn"] == pytest.approx(lags["real"], abs=0.012)


def _bend_after(time_s: Array, knee: Array, toe_off_s: float) -> float:
    """When the knee has bent 20 degrees more than at its straightest around toe-off."""
    near = (time_s > toe_off_s - 0.08) & (time_s < toe_off_s + 0.2)
    straightest = knee[near].min()
    after = near & (time_s > time_s[near][np.argmin(knee[near])])
    return float(crossing_times(time_s[after], knee[after], straightest + 20, rising=True)[0])
