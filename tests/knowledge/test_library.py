from __future__ import annotations

import subprocess
import sys

import pytest

from hipwise.errors import KnowledgeError
from hipwise.knowledge import load
from hipwise.knowledge.exercises import Movement, Phase
from hipwise.knowledge.models import Status, Unit

SIDE_VIEW = (
    *("cadence", "stride_time", "stride_time_variability", "contact_time", "flight_time"),
    *("duty_factor", "vertical_oscillation", "thigh_excursion", "peak_thigh_extension"),
    *("peak_thigh_flexion", "thigh_flexion_at_contact", "hip_excursion_to_trunk"),
    *("hip_flexion_to_trunk_at_contact", "knee_flexion_at_contact", "peak_knee_flexion_stance"),
    *("shank_forward_lean_at_contact", "trunk_forward_lean"),
)
REAR_VIEW = ["cadence", "trunk_lateral_lean", "step_width", "crossover"]


@pytest.mark.parametrize(
    ("method", "metric"),
    [("video.side", m) for m in SIDE_VIEW] + [("video.rear", m) for m in REAR_VIEW],
)
def test_every_shown_metric_has_the_errors_that_judge_it(method: str, metric: str) -> None:
    known = load().metric(metric)
    assert known.withheld is None
    error, side_error = known.error(method), known.side_error(method)
    assert error is not None
    assert error > 0
    assert (side_error is not None) == known.sided


def test_metrics_a_camera_cannot_see_are_withheld_with_a_reason() -> None:
    for metric in ["contralateral_pelvic_drop", "anterior_pelvic_tilt", "hip_internal_rotation"]:
        assert len(load().metric(metric).withheld or "") > 30


def test_an_unknown_method_has_no_error() -> None:
    assert load().metric("cadence").error("sundial") is None
    assert load().metric("thigh_excursion").side_error("video.rear") is None


def test_times_are_known_no_better_than_the_frames_allow() -> None:
    contact = load().metric("contact_time")
    slow, fast = (contact.error("video.side", rate) for rate in (30.0, 240.0))
    assert slow == pytest.approx(1000 / 30)
    figures = contact.figures("video.side")
    assert figures is not None
    assert fast == max(figure.value for figure in figures.error.given)
    assert contact.error("video.side") == slow
    assert load().metric("stride_time").error("video.side", 25.0) == pytest.approx(0.04)


def test_the_largest_figure_decides() -> None:
    knee = load().metric("peak_knee_flexion_stance").figures("video.side")
    assert knee is not None
    assert knee.error.deciding(Unit.DEG, 30.0) == max(f.value for f in knee.error.given)
    assert len(knee.error.given) > 1


def test_the_hip_against_the_pelvis_is_no_norm_for_the_thigh_or_the_trunk() -> None:
    library = load()
    assert library.norm_curve("hip_flexion") is not None
    for angle in ("thigh_flexion", "hip_flexion_to_trunk"):
        assert library.norm_curve(angle) is None
    for metric in ("thigh_excursion", "peak_thigh_extension", "hip_excursion_to_trunk"):
        assert library.norm(metric) is None
        assert library.metric(metric).norm_note


def test_norms_agree_with_the_table_they_were_computed_from() -> None:
    library = load()
    knee = library.norm_curve("knee_flexion")
    assert knee is not None
    # The mean curve peaks a little below the mean of the runners' own peaks.
    swing_peak = library.norms["peak_knee_flexion_swing"].mean
    assert swing_peak - 3 < max(knee.mean_deg) < swing_peak
    at_contact = library.norm("knee_flexion_at_contact")
    assert at_contact is not None
    assert knee.mean_deg[0] == at_contact.mean


def test_every_target_has_an_exercise_before_a_run_or_as_strength() -> None:
    library = load()
    served = {s.target for e in library.exercises.values() for s in e.targets}
    assert served == set(library.targets)


def test_there_are_enough_exercises_and_none_is_held_long_before_a_run() -> None:
    exercises = load().exercises.values()
    assert len(exercises) == 76
    for phase in Phase:
        assert sum(phase in e.phases for e in exercises) >= 5
    before = [e for e in exercises if Phase.PRE_RUN in e.phases]
    assert all(e.movement is not Movement.STATIC_HOLD for e in before)


def test_a_progression_is_never_easier_and_a_regression_never_harder() -> None:
    library = load()
    for exercise in library.exercises.values():
        if exercise.progression:
            assert library.exercise(exercise.progression).effort >= exercise.effort, exercise.id
        if exercise.regression:
            assert library.exercise(exercise.regression).effort <= exercise.effort, exercise.id


def test_weights_and_bands_are_no_household_things_and_a_broomstick_is() -> None:
    library = load()
    assert library.exercise("hip_hinge_drill").household
    for id in ("goblet_squat", "clamshell", "copenhagen_short", "nordic_hamstring"):
        assert not library.exercise(id).household


def test_seconds_count_both_sides_and_the_rests_between_sets() -> None:
    raises = load().exercise("side_lying_hip_abduction")
    # one set: 10 repetitions x 5 s on each of two sides
    assert raises.seconds(1) == 100
    # three sets a side with two rests of 30 s between them
    assert raises.seconds(3) == 2 * (3 * 50 + 2 * 30)


def test_every_finding_rule_names_evidence_and_every_asymmetry_what_speaks_against() -> None:
    for rule in load().rules.values():
        assert rule.sources
        if rule.kind == "asymmetry":
            assert rule.against


def test_a_fact_without_a_source_says_that_it_was_chosen() -> None:
    for metric in load().metrics.values():
        for errors in metric.errors:
            for figure in errors.error.given:
                assert (figure.source is None) == (figure.status is Status.CHOSEN)


def test_asking_for_what_is_not_there_names_it() -> None:
    for ask in (load().metric, load().exercise, load().rule, load().source, load().target):
        with pytest.raises(KnowledgeError, match="nonsense"):
            ask("nonsense")


def test_no_rule_speaks_of_a_personal_probability_of_injury() -> None:
    for rule in load().rules.values():
        wording = rule.wording
        told = rule.may_mean + (f"{wording.title} {wording.seen}" if wording else "")
        assert "risk" not in told.lower()
        assert "likely to be injured" not in told.lower()


def test_importing_the_library_loads_no_solver_and_no_arrays() -> None:
    program = (
        "import sys, hipwise.knowledge; print([m for m in ('highspy', 'av') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
