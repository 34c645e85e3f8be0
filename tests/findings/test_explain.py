from __future__ import annotations

import dataclasses
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_runners import EVEN_REAR_VIEW, EVEN_SIDE_VIEW, runner, sides, value

from hipwise.findings import Finding, FindingKind, explain
from hipwise.knowledge import load
from hipwise.knowledge.rules import Compare, Condition, Rule, RuleKind
from hipwise.measurement import Measurement, Side, Symmetry

PAIRS = EVEN_SIDE_VIEW | EVEN_REAR_VIEW
STIFF_RIGHT = {
    "peak_thigh_extension": (22.0, 10.0),
    "thigh_excursion": (57.0, 45.0),
    "hip_excursion_to_trunk": (58.0, 45.0),
    "contact_time": (262.0, 228.0),
}


def found(
    given: tuple[tuple[Measurement, ...], tuple[Symmetry, ...]], *kinds: FindingKind
) -> list[Finding]:
    return [f for f in explain(*given, load()) if not kinds or f.kind in kinds]


def test_a_thigh_that_goes_back_less_is_told_first_and_as_one_story() -> None:
    first, *others = found(runner(STIFF_RIGHT, n=13))
    assert first.rule == "thigh_extension_uneven"
    assert first.side is Side.RIGHT
    assert first.title == "Your right thigh goes back less than your left one"
    assert "12° less than your left one (10° against 22°; error 6°, n = 13 and 13" in first.seen
    assert "thigh swing: 57° left and 45° right (error 7°)" in first.seen
    assert "time on the ground: 262 ms left and 228 ms right" in first.seen
    assert "hip_extension_mobility" in first.targets
    assert {m.metric for m in first.measurements} == set(STIFF_RIGHT)
    assert all(f.kind is FindingKind.FINE for f in others)


def test_differences_that_point_to_different_sides_stay_apart() -> None:
    uneven = {"peak_thigh_extension": (22.0, 10.0), "thigh_excursion": (45.0, 57.0)}
    both = found(runner(uneven), FindingKind.ASYMMETRY)
    assert [(f.rule, f.side) for f in both] == [
        ("thigh_extension_uneven", Side.RIGHT),
        ("thigh_excursion_uneven", Side.LEFT),
    ]


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
    lean = (dataclasses.replace(value("trunk_forward_lean", -9), error=None),)
    assert found((lean, ())) == []


@pytest.mark.parametrize("nonsense", [math.nan, math.inf, -math.inf])
def test_a_value_that_is_no_number_carries_no_finding(nonsense: float) -> None:
    uneven = (sides("peak_thigh_extension", nonsense, 10),)
    assert found(((value("trunk_forward_lean", nonsense),), uneven)) == []


def test_a_difference_just_above_its_error_is_not_written_as_equal_to_it() -> None:
    (finding,) = found(((), (sides("peak_thigh_extension", 20.0, 13.7),)))
    assert "6.3° less" in finding.seen
    assert "error 6.0°" in finding.seen


def test_contact_time_may_differ_by_what_is_ordinary_among_runners() -> None:
    # 32 ms exceed the error of 25 ms, but are only 5.3 % of 600 ms; 6 % are ordinary.
    assert found(((), (sides("contact_time", 600, 568),)), FindingKind.ASYMMETRY) == []
    assert found(((), (sides("contact_time", 600, 560),)), FindingKind.ASYMMETRY) != []


def test_limits_count_only_beyond_the_error() -> None:
    # limit -8 degrees, error 5 degrees
    for shank, rules in ((-12.9, set()), (-13.1, {"overstride"})):
        both = sides("shank_forward_lean_at_contact", shank, shank)
        findings = found(((both.left, both.right), (both,)), FindingKind.LIMIT)
        assert {f.rule for f in findings} == rules


def test_a_limit_on_one_side_names_that_side_only() -> None:
    one = sides("shank_forward_lean_at_contact", -15, -11)
    (finding,) = found(((one.left, one.right), (one,)), FindingKind.LIMIT)
    assert finding.side is Side.LEFT
    assert "−15° on the left" in finding.seen
    assert "right" not in finding.seen


def test_the_knee_is_compared_with_the_norm_of_the_same_angle() -> None:
    # mean 41.0, SD 5.2, error 6: beyond 29.8
    for knee, count in ((30, 0), (29, 1)):
        both = sides("peak_knee_flexion_stance", knee, knee)
        findings = found(((both.left, both.right), (both,)), FindingKind.LIMIT)
        assert len(findings) == count
        assert all("41° ± 5°" in f.compared_with for f in findings)


@given(st.floats(-30, 60), st.floats(-5.9, 5.9))
def test_no_thigh_angle_by_itself_is_a_finding(extension_deg: float, uneven_deg: float) -> None:
    # The published hip norm is against the pelvis: it must not judge the thigh.
    both = sides("peak_thigh_extension", extension_deg, extension_deg + uneven_deg)
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
    measurements, symmetries = runner(STIFF_RIGHT, whole={"trunk_forward_lean": -2})
    shuffled = (
        tuple(random.Random(1).sample(measurements, len(measurements))),
        tuple(random.Random(2).sample(symmetries, len(symmetries))),
    )
    assert found(shuffled) == found((measurements, symmetries))


def test_findings_are_ranked_and_what_is_fine_stands_last() -> None:
    findings = found(runner(STIFF_RIGHT, whole={"trunk_forward_lean": -2}))
    fine = [f.kind is FindingKind.FINE for f in findings]
    assert fine == sorted(fine)
    told = [f.weight for f in findings if f.kind is not FindingKind.FINE]
    assert told == sorted(told, reverse=True)
    assert all(0 < f.weight <= 1 for f in findings)


def test_a_larger_difference_is_surer() -> None:
    weights = [
        found(((), (sides("peak_thigh_extension", 20, 20 - d),)))[0].weight for d in (7, 9, 11)
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
