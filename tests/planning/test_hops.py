from __future__ import annotations

import pytest

from hipwise.knowledge import load
from hipwise.planning.hops import not_hopping
from tests.findings.tested_runners import taken

L = load()


@pytest.mark.parametrize(
    ("tests", "bones", "cleared"),
    [
        ({"heel_raise": (25, 26), "single_leg_hop.pain": (0, 0)}, False, True),
        ({"heel_raise": (25, 19), "single_leg_hop.pain": (0, 0)}, False, False),
        ({"heel_raise": (25, 26), "single_leg_hop.pain": (0, 1)}, False, False),
        ({"heel_raise": (25, 26)}, False, False),
        ({"heel_raise": (25, 26), "single_leg_hop.pain": (0, 0)}, True, False),
        ({}, False, False),
    ],
)
def test_hops_wait_until_the_weaker_leg_has_shown_it(
    tests: dict[str, tuple[float, float]], bones: bool, cleared: bool
) -> None:
    measurements, _ = taken(tests)
    reason = not_hopping(measurements, bone_history=bones, library=L)
    assert (reason is None) == cleared
    assert reason is None or "20 heel raises" in reason
