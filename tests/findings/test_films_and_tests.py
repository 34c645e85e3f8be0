"""What a film and a self-test say about the same hip: told together, or as not agreeing."""

from __future__ import annotations

from hipwise.findings import Finding, explain
from hipwise.knowledge import load
from tests.findings import made_up_runners
from tests.findings.tested_runners import Tests, person, taken

RIGHT_GOES_BACK_LESS = {"peak_thigh_extension": (22.0, 8.0), "thigh_excursion": (57.0, 44.0)}


def found(tests: Tests, uneven: dict[str, tuple[float, float]] | None = None) -> dict[str, Finding]:
    films, tested = made_up_runners.runner(uneven), taken(tests)
    findings = explain((*films[0], *tested[0]), (*films[1], *tested[1]), load(), person())
    return {finding.id: finding for finding in findings}


def test_a_film_and_a_test_that_agree_are_told_together() -> None:
    findings = found({"modified_thomas": (11, -12)}, RIGHT_GOES_BACK_LESS)
    both = findings["short_hip_in_running_too.right"]
    assert {m.metric for m in both.measurements} >= {"peak_thigh_extension", "modified_thomas"}
    assert "hip_flexor_mobility" in both.targets
    assert both.against


def test_the_other_side_s_short_hip_is_not_linked_to_it() -> None:
    findings = found({"modified_thomas": (-12, 11)}, RIGHT_GOES_BACK_LESS)
    assert "short_hip_in_running_too.left" not in findings
    assert "free_hip_not_used_in_running.right" in findings


def test_a_free_hip_that_goes_back_less_is_not_stretched_for_it() -> None:
    findings = found({"modified_thomas": (11, 12)}, RIGHT_GOES_BACK_LESS)
    assert findings["free_hip_not_used_in_running.right"].targets == ()
    assert not any(id.startswith("short_hip_in_running_too") for id in findings)


def test_without_the_test_nothing_is_said_about_what_limits_the_leg() -> None:
    findings = found({}, RIGHT_GOES_BACK_LESS)
    rules = {finding.rule for finding in findings.values()}
    linked = {"short_hip_in_running_too", "free_hip_not_used_in_running", "short_hip_even_running"}
    assert not rules & linked


def test_a_short_hip_in_an_even_runner_is_told_with_doubt() -> None:
    findings = found({"modified_thomas": (-12, -12)})
    assert findings["short_hip_even_running"].kind == "contradiction"


def test_a_weak_buttock_on_the_side_that_goes_back_less() -> None:
    findings = found({"hhd_extension": (3.2, 1.2)}, RIGHT_GOES_BACK_LESS)
    assert "weak_hip_and_less_drive.right" in findings
