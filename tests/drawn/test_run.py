"""The drawn runner keeps what its form promises."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from hipwise.drawn import DrawnRun, Legs, RunningForm, run
from hipwise.drawn.film import belt_speed_mps
from hipwise.drawn.truth import rear_view_truth, side_view_truth
from hipwise.errors import UsageError
from hipwise.measurement import Side

Array = NDArray[np.float64]
SOLE = ("heel", "ball", "toe_tip")


@pytest.fixture(scope="module")
def ordinary() -> DrawnRun:
    return run(RunningForm(variability_percent=0), duration_s=4.0)


def lowest_sole_m(runner: DrawnRun, side: Side, time_s: Array) -> Array:
    body = runner.skeleton(time_s)
    return np.asarray(np.min([body.point(f"{p}_{side}")[:, 1] for p in SOLE], axis=0))


def test_the_sole_is_on_the_floor_in_contact_and_nowhere_below(ordinary: DrawnRun) -> None:
    time_s = np.arange(0.5, 3.5, 1 / 200)
    for side in Side:
        sole = lowest_sole_m(ordinary, side, time_s)
        standing = ordinary.phase(time_s, side) < ordinary.contact_share(side)
        assert np.abs(sole[standing]).max() < 0.004
        assert sole.min() > -0.004


def test_both_feet_are_off_the_floor_in_flight(ordinary: DrawnRun) -> None:
    toe_off = ordinary.toe_off_s(Side.LEFT)[2]
    strike = ordinary.strike_s(Side.RIGHT)
    middle = np.array([(toe_off + strike[strike > toe_off][0]) / 2])
    assert all(lowest_sole_m(ordinary, side, middle)[0] > 0.002 for side in Side)


def test_the_belt_runs_at_the_speed_of_the_norm_runners(ordinary: DrawnRun) -> None:
    assert belt_speed_mps(ordinary) == pytest.approx(2.5, abs=0.25)


def test_cadence_and_contact_are_as_set() -> None:
    runner = run(RunningForm(cadence_per_min=182, contact_s=Legs(0.22, 0.24)), duration_s=6.0)
    truth = side_view_truth(runner)
    assert truth["cadence", None] == pytest.approx(182, abs=1.5)
    assert truth["contact_time", Side.LEFT] == pytest.approx(220, abs=3)
    assert truth["contact_time", Side.RIGHT] == pytest.approx(240, abs=3)


def test_less_extension_on_one_side_changes_that_side_only() -> None:
    even = side_view_truth(run(RunningForm(variability_percent=0), duration_s=4.0))
    fault = RunningForm(variability_percent=0, extension_change_deg=Legs(0, -12))
    limited = side_view_truth(run(fault, duration_s=4.0))
    lost = even["peak_thigh_extension", Side.RIGHT] - limited["peak_thigh_extension", Side.RIGHT]
    assert lost == pytest.approx(12, abs=0.5)
    assert limited["peak_thigh_extension", Side.LEFT] == pytest.approx(
        even["peak_thigh_extension", Side.LEFT], abs=0.2
    )


def test_the_trunk_leans_as_set() -> None:
    form = RunningForm(trunk_forward_lean_deg=14, trunk_side_lean_deg=Legs(1, 6))
    runner = run(form, duration_s=4.0)
    assert side_view_truth(runner)["trunk_forward_lean", None] == pytest.approx(14, abs=0.7)
    rear = rear_view_truth(runner)
    assert rear["trunk_lateral_lean", Side.LEFT] == pytest.approx(1, abs=0.5)
    assert rear["trunk_lateral_lean", Side.RIGHT] == pytest.approx(6, abs=0.5)


def test_crossover_brings_the_foot_inwards() -> None:
    plain = rear_view_truth(run(RunningForm(), duration_s=4.0))
    crossed = rear_view_truth(run(RunningForm(crossover_deg=Legs.both(4)), duration_s=4.0))
    assert crossed["crossover", Side.LEFT] > plain["crossover", Side.LEFT] + 0.15
    assert crossed["step_width", None] < plain["step_width", None] - 0.3


def test_even_legs_are_mirror_images_half_a_stride_apart(ordinary: DrawnRun) -> None:
    time_s = np.linspace(1.0, 1.6, 20)
    now = ordinary.angles(time_s)
    later = ordinary.angles(time_s + ordinary.form.stride_s / 2)
    for name in ("hip_flexion", "knee_flexion", "ankle_dorsiflexion"):
        assert now[f"{name}_left"] == pytest.approx(later[f"{name}_right"], abs=0.1)


def test_the_same_seed_runs_the_same_run() -> None:
    one, two = run(duration_s=3.0), run(duration_s=3.0)
    assert one.strike_s(Side.LEFT) == pytest.approx(two.strike_s(Side.LEFT))
    other = run(RunningForm(seed=5), duration_s=3.0)
    assert np.abs(one.strike_s(Side.LEFT) - other.strike_s(Side.LEFT)).max() > 0.001


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: RunningForm(cadence_per_min=300),
        lambda: RunningForm(contact_s=Legs(0.4, 0.2)),
        lambda: RunningForm(contact_s=Legs(0.2, 0.05)),
    ],
)
def test_what_is_no_running_is_refused(wrong: Callable[[], RunningForm]) -> None:
    with pytest.raises(UsageError, match="drawn runner"):
        wrong()
