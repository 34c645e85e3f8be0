"""Realistic runners, each an answers file, with what follows for them from the evidence."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hipwise.findings import Finding, FindingKind, explain
from hipwise.knowledge import load
from hipwise.knowledge.models import Unit
from hipwise.measurement import Measurement, Side
from hipwise.screening import Screening, read_answers, score

HERE = Path(__file__).parent
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    (HERE / "expected" / "findings.yaml").read_text(encoding="utf-8")
)
GOES_ON = [name for name, expected in EXPECTED.items() if "flags" not in expected]


def screened(name: str) -> Screening:
    return score(read_answers(HERE / "runners" / f"{name}.yaml"))


def findings_of(screening: Screening) -> tuple[Finding, ...]:
    return explain(screening.measurements, screening.symmetries, load(), screening.profile)


def test_every_runner_has_an_expectation() -> None:
    assert {file.stem for file in (HERE / "runners").glob("*.yaml")} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(set(EXPECTED) - set(GOES_ON)))
def test_red_flags_stop_and_nothing_is_measured(name: str) -> None:
    screening = screened(name)
    assert [flag.rule for flag in screening.verdict.flags] == EXPECTED[name]["flags"]
    assert screening.verdict.stop
    assert screening.measurements == ()
    for flag in screening.verdict.flags:
        assert flag.whom_to_see
        assert flag.how_soon


@pytest.mark.parametrize("name", GOES_ON)
def test_what_was_expected_is_found_and_nothing_against_it(name: str) -> None:
    expected, screening = EXPECTED[name], screened(name)
    assert screening.verdict.allowed
    findings = findings_of(screening)
    ids = {finding.id for finding in findings}
    assert set(expected["found"]) <= ids
    assert not set(expected.get("never", ())) & (ids | {finding.rule for finding in findings})
    targets = {target for finding in findings for target in finding.targets}
    assert not set(expected.get("no_targets", ())) & targets
    if expected.get("only_fine"):
        assert {finding.kind for finding in findings} == {FindingKind.FINE}


@pytest.mark.parametrize("name", GOES_ON)
def test_the_same_runner_twice_gets_the_same_findings(name: str) -> None:
    assert findings_of(screened(name)) == findings_of(screened(name))


@pytest.mark.parametrize("name", GOES_ON)
def test_every_finding_traces_to_a_source_or_says_that_it_was_chosen(name: str) -> None:
    for finding in findings_of(screened(name)):
        assert finding.sources or finding.status == "chosen"
        assert finding.grade in "ABCD"
        assert all(load().source(source) for source in finding.sources)
        told = (finding.title, finding.seen, finding.compared_with, finding.may_mean)
        assert all(text.strip() and "{" not in text and "  " not in text for text in told)


@settings(max_examples=15, deadline=None, phases=[Phase.generate])
@given(st.data())
@pytest.mark.parametrize("name", GOES_ON)
def test_small_changes_inside_the_error_change_no_finding(name: str, data: st.DataObject) -> None:
    screening = screened(name)
    moved = {m: _moved(m, data) for m in screening.measurements}
    symmetries = tuple(
        dataclasses.replace(s, left=moved[s.left], right=moved[s.right])
        for s in screening.symmetries
    )
    changed = explain(moved.values(), symmetries, load(), screening.profile)
    assert {f.id for f in changed} == {f.id for f in findings_of(screening)}


def _moved(m: Measurement, data: st.DataObject) -> Measurement:
    """The same measurement, off by up to three tenths of its error; what is counted stays whole."""
    if m.error is None or load().metric(m.metric).unit in {Unit.LEVEL, Unit.YES_NO, Unit.COUNT}:
        return m
    off = data.draw(st.floats(-0.3, 0.3)) * m.error
    return dataclasses.replace(m, value=m.value + off)


@settings(max_examples=25, deadline=None, phases=[Phase.generate])
@given(st.data())
@pytest.mark.parametrize("name", GOES_ON)
def test_no_change_within_the_whole_error_turns_a_sure_finding_into_its_opposite(
    name: str, data: st.DataObject
) -> None:
    """What is sure stays told, and nothing sure comes from what was not told at all."""
    screening = screened(name)
    before = findings_of(screening)
    moved = _moved_by_whole_errors(screening, data)
    symmetries = tuple(
        dataclasses.replace(s, left=moved[s.left], right=moved[s.right])
        for s in screening.symmetries
    )
    after = explain(moved.values(), symmetries, load(), screening.profile)
    for earlier, later in ((before, after), (after, before)):
        assert _sure_limits(earlier) <= _limits(later)


def _moved_by_whole_errors(
    screening: Screening, data: st.DataObject
) -> dict[Measurement, Measurement]:
    """Every value off by up to its whole error, in whole steps where it is counted or looked at."""
    moved = {}
    for m in screening.measurements:
        off = data.draw(st.floats(-1, 1)) * (m.error or 0.0)
        unit = load().metric(m.metric).unit
        if unit in {Unit.LEVEL, Unit.YES_NO}:
            off = 0.0
        elif unit is Unit.COUNT:
            off = float(int(off))
        moved[m] = dataclasses.replace(m, value=m.value + off)
    return moved


def _limits(findings: Iterable[Finding]) -> set[tuple[str, Side]]:
    """Each rule about a limit, with each side it is told of."""
    return {
        (finding.rule, side)
        for finding in findings
        if finding.kind is FindingKind.LIMIT
        for side in ([finding.side] if finding.side else Side)
    }


def _sure_limits(findings: Iterable[Finding]) -> set[tuple[str, Side]]:
    return _limits(finding for finding in findings if finding.sure)
