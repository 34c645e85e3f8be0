"""The main job on drawn runners: the planted fault comes first, and no fault is made up."""

from __future__ import annotations

import pytest

from hipwise.drawn import RunningForm
from hipwise.findings.finding import FindingKind
from hipwise.measurement import Side
from hipwise.reporting.analysis import Analysis
from hipwise.services.conclude import Wishes
from hipwise.services.demo import analyse_drawn_runner

STRICTER = {"cadence": 3.0, "contact_time": 25.0, "thigh_excursion": 8.0}
"""What must hold whatever error the metric's own record states: steps a minute, ms, degrees."""


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return analyse_drawn_runner(tmp_path_factory.mktemp("faulty"), Wishes(), duration_s=7.0)


@pytest.fixture(scope="module")
def even(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    form = RunningForm(seed=3)
    folder = tmp_path_factory.mktemp("even")
    return analyse_drawn_runner(folder, Wishes(), form=form, duration_s=7.0)


def test_the_planted_fault_is_the_first_finding(faulty: Analysis) -> None:
    first = faulty.findings[0]
    assert first.kind is FindingKind.ASYMMETRY
    assert first.side is Side.RIGHT
    assert {m.metric for m in first.measurements} >= {"peak_thigh_extension"}
    assert first.sources


def test_the_routine_serves_the_fault_within_its_minutes(faulty: Analysis) -> None:
    assert faulty.session is not None
    assert faulty.session.seconds <= 8 * 60
    assert any(faulty.findings[0].id in item.serves for item in faulty.session.items)


def test_measured_stands_beside_true_and_holds(faulty: Analysis, even: Analysis) -> None:
    for analysis in (faulty, even):
        assert len(analysis.truth) > 30
        for row in analysis.truth:
            assert row.within, row
            if row.measured is not None and row.metric in STRICTER:
                assert abs(row.measured - row.true) < STRICTER[row.metric], row


def test_what_the_network_cannot_see_is_withheld(faulty: Analysis) -> None:
    withheld = {w.metric for view in faulty.views for w in view.gait.withheld}
    assert "contralateral_pelvic_drop" in withheld


def test_a_runner_without_a_fault_gets_no_asymmetry(even: Analysis) -> None:
    assert not [f for f in even.findings if f.kind is FindingKind.ASYMMETRY]
    assert even.session is not None
    assert even.session.items
