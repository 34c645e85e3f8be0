from __future__ import annotations

import dataclasses
import functools
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.findings import Finding, FindingKind, explain, wording
from hipwise.knowledge import load
from hipwise.knowledge.rules import Compare, Condition, Rule, RuleKind
from hipwise.measurement import Measurement, Side, Symmetry
from tests.findings.made_up_runners import EVEN_REAR_VIEW, EVEN_SIDE_VIEW, runner, sides, value

PAIRS = EVEN_SIDE_VIEW | EVEN_REAR_VIEW


def side_error(metric: str) -> float:
    known = load().metric(metric)
    error = known.side_error("video.side" if "side" in known.views else "video.rear")
    assert error is not None
    return error


def less_on_the_right(metric: str, errors: float = 2.0) -> tuple[float, float]:
    left, _ = PAIRS[metric]
    return left, left - errors * side_error(metric)


STIFF_RIGHT = {
    metric: less_on_the_right(metric)
    for metric in (
        *("peak_thigh_extension", "thigh_excursion", "hip_excursion_to_trunk", "contact_time"),
    )
}


def found(
    given: tuple[tuple[Measurement, ...], tuple[Symmetry, ...]], *kinds: FindingKind
) -> list[Finding]:
    return [f for f in explain(*given, load()) if not kinds or f.kind in kinds]


def told(metric: str, number: float) -> str:
    return wording.quantity(load().metric(metric), number)


def test_a_thigh_that_goes_back_less_is_told_first_and_as_one_story() -> None:
    first, *others = found(runner(STIFF_RIGHT, n=13))
    assert first.rule == "thigh_extension_uneven"
    assert first.side is Side.RIGHT
    assert first.title == "Your right thigh goes back less than your left one"
    left, right = STIFF_RIGHT["peak_thigh_extension"]
    extension = functools.partial(told, "peak_thigh_extension")
    assert f"{extension(left - right)} less than your left one" in first.seen
    assert f"({extension(right)} against {extension(left)}; error" in first.seen
    assert f"{extension(side_error('peak_thigh_extension'))}, n = 13 and 13 strides)" in first.seen
    swing = [told("thigh_excursion", x) for x in STIFF_RIGHT["thigh_excursion"]]
    assert f"thigh swing: {swing[0]} left and {swing[1]} right (error" in first.seen
    assert "time on the ground: " in first.seen
    assert "hip_extension_mobility" in first.targets
    assert {m.metric for m in first.measurements} == set(STIFF_RIGHT)
    assert all(f.kind is FindingKind.FINE for f in others)


def test_differences_that_point_to_different_sides_stay_apart() -> None:
    extension = less_on_the_right("peak_thigh_extension")
    excursion = less_on_the_right("thigh_excursion")[::-1]
    uneven = {"peak_thigh_extension": extension, "thigh_excursion": excursion}
    both = found(runner(uneven), FindingKind.ASYMMETRY)
    assert {(f.rule, f.side) for f in both} == {
        ("thigh_extension_uneven", Side.RIGHT),
        ("thigh_excursion_uneven", Side.LEFT),
    }


def test_an_even_runner_is_told_what_is_fine_and_nothing_else() -> None:
    findings = found(runner())
    assert {f.kind for f in findings} == {FindingKind.FINE}
    rules = {f.rule for f in findings}
    assert {"thighs_even", "contact_even", "cadence_usual", "sideways_lean_even"} <= rules
    assert all(f.targets == () for f in findings)


def test_six_strides_a_side_carry_no_finding_and_seven_do() -> None:
    assert found(runner(STIFF_RIGHT, n=6)) == []
    assert found(runner(STIFF_RIGHT, n=7), FindingKind.ASYMMETRY) != []


def test_an_unknown_error_carries_no_finding() -> None:
    measurements, symmetries = runner(STIFF_RIGHT)
    blind = [dataclasses.replace(s, error=None) for s in symmetries]
    assert found((measurements, tuple(blind)), FindingKind.ASYMMETRY) == []
    lean = (dataclasses.replace(value("trunk_forward_lean", -19), error=None),)
    assert found((lean, ())) == []


@pytest.mark.parametrize("nonsense", [math.nan, math.inf, -math.inf])
def test_a_value_that_is_no_number_carries_no_finding(nonsense: float) -> None:
    uneven = (sides("peak_thigh_extension", nonsense, 10),)
    assert found(((value("trunk_forward_lean", nonsense),), uneven)) == []


def test_a_difference_just_above_its_error_is_not_written_as_equal_to_it() -> None:
    error = side_error("peak_thigh_extension")
    (finding,) = found(((), (sides("peak_thigh_extension", 20.0, 20.0 - error - 0.04),)))
    assert f"{error + 0.04:.2f}° less" in finding.seen
    assert f"error {error:.2f}°" in finding.seen


def test_contact_time_may_differ_by_what_is_ordinary_among_runners() -> None:
    # Beyond the error; 6 % of the longer time are ordinary.
    error = side_error("contact_time")
    long_ms = 20 * error
    for percent, count in ((5.5, 0), (6.5, 1)):
        uneven = (sides("contact_time", long_ms, long_ms * (1 - percent / 100)),)
        assert len(found(((), uneven), FindingKind.ASYMMETRY)) == count


def shank_against_its_limit(errors: float) -> tuple[float, float]:
    rule = load().rule("overstride")
    limit = rule.conditions[0].limit
    error = load().metric("shank_forward_lean_at_contact").error("video.side")
    assert limit is not None
    assert error is not None
    return limit.value - errors * error, limit.value


@pytest.mark.parametrize(("errors", "rules"), [(0.99, set()), (1.01, {"overstride"})])
def test_limits_count_only_beyond_the_error(errors: float, rules: set[str]) -> None:
    shank, _ = shank_against_its_limit(errors)
    both = sides("shank_forward_lean_at_contact", shank, shank)
    findings = found(((both.left, both.right), (both,)), FindingKind.LIMIT)
    assert {f.rule for f in findings} == rules


def test_a_limit_on_one_side_names_that_side_only() -> None:
    one = sides("shank_forward_lean_at_contact", *shank_against_its_limit(1.3))
    (finding,) = found(((one.left, one.right), ()), FindingKind.LIMIT)
    assert finding.side is Side.LEFT
    assert "on the left" in finding.seen
    assert "right" not in finding.seen


@pytest.mark.parametrize(("errors", "count"), [(0.99, 0), (1.01, 1)])
def test_the_knee_is_compared_with_the_norm_of_the_same_angle(errors: float, count: int) -> None:
    norm = load().norm("peak_knee_flexion_stance")
    error = load().metric("peak_knee_flexion_stance").error("video.side")
    assert norm is not None
    assert error is not None
    knee = norm.mean - 2 * norm.sd - errors * error
    both = sides("peak_knee_flexion_stance", knee, knee)
    findings = found(((both.left, both.right), (both,)), FindingKind.LIMIT)
    assert len(findings) == count
    assert all("41° ± 5°" in f.compared_with for f in findings)


def test_a_whole_body_metric_is_judged_by_its_one_value() -> None:
    # Cadence comes with a value for each side too, which must not be told beside the whole.
    steps = (value("cadence", 168), value("cadence", 120, Side.LEFT))
    (finding,) = found((steps, ()))
    assert finding.rule == "cadence_usual"
    assert "You take 168 steps a minute (" in finding.seen


@given(st.floats(-30, 60), st.floats(-0.99, 0.99))
def test_no_thigh_angle_by_itself_is_a_finding(extension_deg: float, errors: float) -> None:
    # The published hip norm is against the pelvis: it must not judge the thigh.
    error = side_error("peak_thigh_extension")
    both = sides("peak_thigh_extension", extension_deg, extension_deg + errors * error)
    findings = found(((both.left, both.right), (both,)))
    assert all(f.kind is FindingKind.FINE for f in findings)


@given(st.data())
def test_differences_within_the_error_are_never_an_asymmetry(data: st.DataObject) -> None:
    uneven = {}
    for metric, (left, _) in PAIRS.items():
        error = sides(metric, left, left).error
        assert error is not None
        uneven[metric] = (left, left + data.draw(st.floats(-0.999, 0.999)) * error)
    assert found(runner(uneven), FindingKind.ASYMMETRY) == []


@given(st.dictionaries(st.sampled_from(sorted(PAIRS)), st.floats(-4, 4), max_size=4))
def test_a_mirrored_runner_gets_mirrored_findings(changes: dict[str, float]) -> None:
    uneven = {}
    for metric, errors in changes.items():
        left, right = PAIRS[metric]
        uneven[metric] = (left, right + errors * (sides(metric, left, right).error or 0))
    mirror = {metric: (right, left) for metric, (left, right) in (PAIRS | uneven).items()}
    plain, mirrored = found(runner(uneven)), found(runner(mirror))
    assert {(f.rule, f.side, round(f.weight, 9)) for f in plain} == {
        (f.rule, f.side and f.side.other, round(f.weight, 9)) for f in mirrored
    }


def test_the_order_of_the_measurements_does_not_matter() -> None:
    measurements, symmetries = runner(STIFF_RIGHT, whole={"trunk_forward_lean": -9})
    shuffled = (
        tuple(random.Random(1).sample(measurements, len(measurements))),
        tuple(random.Random(2).sample(symmetries, len(symmetries))),
    )
    assert found(shuffled) == found((measurements, symmetries))


def test_findings_are_ranked_and_what_is_fine_stands_last() -> None:
    findings = found(runner(STIFF_RIGHT, whole={"trunk_forward_lean": -9}))
    fine = [f.kind is FindingKind.FINE for f in findings]
    assert fine == sorted(fine)
    told = [f.weight for f in findings if f.kind is not FindingKind.FINE]
    assert told == sorted(told, reverse=True)
    assert all(0 < f.weight <= 1 for f in findings)


def test_a_larger_difference_is_surer() -> None:
    metric = "peak_thigh_extension"
    weights = [
        found(((), (sides(metric, *less_on_the_right(metric, errors)),)))[0].weight
        for errors in (1.1, 1.5, 1.9)
    ]
    assert weights == sorted(set(weights))


RULES = [rule for rule in load().rules.values() if rule.kind is not RuleKind.STATEMENT]


def made_to_hold(condition: Condition) -> tuple[tuple[Measurement, ...], Symmetry | None]:
    """Measurements on which `condition` must hold."""
    metric = load().metric(condition.metric)
    low = condition.limit.value if condition.limit else 0.0
    norm = load().norm(condition.metric)
    far = 100 * (value(metric.id, 0).error or 0)
    number = {
        Compare.ABOVE: low + far,
        Compare.ABOVE_NORM: (norm.mean if norm else 0) + far,
        Compare.BELOW: low - far,
        Compare.BELOW_NORM: (norm.mean if norm else 0) - far,
        Compare.BETWEEN: low + 0.1,
        Compare.SIDE_DIFFERENCE: far,
        Compare.SIDES_EVEN: 10.0,
    }[condition.compare]
    if not metric.sided:
        return (value(metric.id, number),), None
    uneven = condition.compare is Compare.SIDE_DIFFERENCE
    both = sides(metric.id, number, 0.0 if uneven else number)
    return (both.left, both.right), both


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_every_rule_can_be_told_in_whole_sentences(rule: Rule) -> None:
    held = [made_to_hold(condition) for condition in rule.conditions]
    measurements = tuple(m for ms, _ in held for m in ms)
    symmetries = tuple(s for _, s in held if s is not None)
    findings = [f for f in explain(measurements, symmetries, load()) if f.rule == rule.id]
    (finding,) = findings
    told = " ".join((finding.title, finding.seen, finding.compared_with, finding.may_mean))
    assert not set("{}") & set(told)
    assert "  " not in told
    assert "error" in finding.seen
    assert finding.seen.endswith(".")
    assert finding.sources
    assert finding.grade in "ABCD"
    assert finding.measurements
