"""Every metric against the drawn runner's truth, with perfect keypoints."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from hipwise.drawn import Legs, RunningForm, run
from hipwise.drawn.keypoints import perfect_track
from hipwise.drawn.truth import rear_view_truth, side_view_truth
from hipwise.errors import NotEnoughData
from hipwise.gait import Gait, Runner, measure
from hipwise.knowledge import load
from hipwise.measurement import Side, one
from hipwise.motion import KeypointCleaning, Motion, View
from hipwise.pose import KeypointTrack

FAULT = RunningForm(extension_change_deg=Legs(0, -12), contact_s=Legs(0.25, 0.27))
LARGEST_DIFFERENCE = {"deg": 2.0, "ms": 20.0, "s": 0.005, "%": 3.0, "1/min": 0.5, "cm": 0.6}


def motion_of(form: RunningForm, view: View, seconds: float = 7.0, fps: float = 60.0) -> Motion:
    return KeypointCleaning().motion(
        perfect_track(run(form, None, seconds), view, fps=fps), "drawn"
    )


@pytest.fixture(scope="module", params=[View.LEFT, View.RIGHT])
def side_gait(request: pytest.FixtureRequest) -> Gait:
    return measure(motion_of(FAULT, request.param), runner=Runner(height_m=1.75))


def test_every_side_metric_is_true(side_gait: Gait) -> None:
    truth = side_view_truth(run(FAULT, None, 7.0))
    assert {(m.metric, m.side) for m in side_gait.measurements} == set(truth)
    for m in side_gait.measurements:
        allowed = LARGEST_DIFFERENCE[load().metric(m.metric).unit.value]
        assert m.value == pytest.approx(truth[m.metric, m.side], abs=allowed), (m.metric, m.side)


def test_every_measurement_carries_its_error_n_and_method(side_gait: Gait) -> None:
    for m in side_gait.measurements:
        assert m.error is not None, m.metric
        assert m.error > 0
        assert m.n >= 7, m.metric
        assert m.method == "video.side"


def test_the_planted_difference_is_the_symmetry_of_the_thigh(side_gait: Gait) -> None:
    thigh = next(s for s in side_gait.symmetries if s.metric == "peak_thigh_extension")
    assert thigh.difference == pytest.approx(12, abs=1)
    assert thigh.beyond_error


def test_rear_metrics_are_true_but_for_what_perspective_bends() -> None:
    form = RunningForm(crossover_deg=Legs(4, 0), trunk_side_lean_deg=Legs(2, 6))
    gait = measure(motion_of(form, View.REAR))
    truth = rear_view_truth(run(form, None, 7.0))
    for metric, side, allowed in (
        ("crossover", Side.LEFT, 0.05),
        ("crossover", Side.RIGHT, 0.05),
        ("step_width", None, 0.05),
        ("trunk_lateral_lean", Side.LEFT, 0.5),
        ("trunk_lateral_lean", Side.RIGHT, 0.5),
    ):
        measured = one(gait.measurements, metric, side)
        assert measured is not None
        assert measured.value == pytest.approx(truth[metric, side], abs=allowed), (metric, side)


def test_pelvic_drop_is_withheld_with_its_reason() -> None:
    gait = measure(motion_of(RunningForm(), View.REAR))
    assert one(gait.measurements, "contralateral_pelvic_drop", Side.LEFT) is None
    reasons = {w.metric: w.reason for w in gait.withheld}
    assert "hip" in reasons["contralateral_pelvic_drop"]


def test_without_a_height_there_are_no_centimetres() -> None:
    gait = measure(motion_of(RunningForm(), View.LEFT))
    assert one(gait.measurements, "vertical_oscillation") is None
    assert any(w.metric == "vertical_oscillation" for w in gait.withheld)


def test_curves_have_101_points_a_band_and_a_count(side_gait: Gait) -> None:
    names = {(c.angle, c.side) for c in side_gait.curves}
    assert {("thigh_flexion", side) for side in Side} <= names
    for curve in side_gait.curves:
        assert curve.mean.shape == curve.sd.shape == (101,)
        assert curve.n >= 7
        assert 30 < curve.toe_off_percent < 45


def test_few_strides_are_given_and_marked() -> None:
    gait = measure(motion_of(RunningForm(), View.LEFT, seconds=3.5))
    assert "few_strides" in {w.code for w in gait.warnings}
    assert one(gait.measurements, "cadence") is not None


def test_thirty_frames_a_second_is_marked_as_coarse() -> None:
    gait = measure(motion_of(RunningForm(), View.LEFT, fps=30.0))
    assert "low_frame_rate" in {w.code for w in gait.warnings}


def test_the_date_is_kept() -> None:
    day = datetime(2026, 1, 2, tzinfo=UTC)
    gait = measure(motion_of(RunningForm(), View.LEFT, seconds=4.0), taken_at=day)
    assert {m.taken_at for m in gait.measurements} == {day}


def refusal(motion: Motion) -> NotEnoughData:
    with pytest.raises(NotEnoughData) as refused:
        measure(motion)
    return refused.value


def test_too_few_frames_a_second_is_refused() -> None:
    assert refusal(motion_of(RunningForm(), View.LEFT, fps=20.0)).code == "low_frame_rate"


def test_two_seconds_of_running_are_too_short() -> None:
    assert refusal(motion_of(RunningForm(), View.LEFT, seconds=1.6)).code == "too_short"


def test_feet_out_of_the_picture_are_refused() -> None:
    track = perfect_track(run(RunningForm(), None, 4.0), View.LEFT)
    cropped = replace(track, height_px=int(np.percentile(track.point("left_ankle")[:, 1], 20)))
    answer = refusal(KeypointCleaning().motion(cropped, "drawn"))
    assert answer.code == "feet_not_visible"
    assert "room below the feet" in str(answer)


def walking_track() -> KeypointTrack:
    """Running at a walker's rhythm whose pelvis rises over the standing leg instead of sinking."""
    track = perfect_track(run(RunningForm(cadence_per_min=130), None, 6.0), View.LEFT)
    hips = (track.point("left_hip") + track.point("right_hip"))[:, 1] / 2
    fall = (hips - hips.mean())[:, None, None] * np.array([0, 2.0])
    return replace(track, xy_px=(track.xy_px - fall).astype(np.float32))


def test_walking_is_not_running() -> None:
    answer = refusal(KeypointCleaning().motion(walking_track(), "drawn"))
    assert answer.code == "not_running"
    assert "walking" in str(answer)


def test_standing_still_is_not_running() -> None:
    track = perfect_track(run(RunningForm(), None, 4.0), View.LEFT)
    still = np.repeat(track.xy_px[:1], len(track.time_s), axis=0)
    assert (
        refusal(KeypointCleaning().motion(replace(track, xy_px=still), "drawn")).code
        == "not_running"
    )
