"""`import hipwise` as the documentation shows it."""

import pytest

import hipwise
from hipwise.drawn import Legs, RunningForm, run
from hipwise.drawn.keypoints import perfect_track
from hipwise.motion import KeypointCleaning, View


def test_the_whole_way_needs_nothing_but_what_the_step_before_gave() -> None:
    runner = run(RunningForm(extension_change_deg=Legs(0.0, -15.0)), duration_s=8.0)
    motion = KeypointCleaning().motion(perfect_track(runner, View.LEFT), "drawn")
    gait = hipwise.measure(motion)
    findings = hipwise.explain(gait.measurements, gait.symmetries)
    session = hipwise.todays_session(findings, minutes=8)
    assert findings[0].side == "right"
    assert any(findings[0].id in item.serves for item in session.items)


def test_every_name_announced_is_there() -> None:
    assert all(getattr(hipwise, name) for name in hipwise.__all__)
    with pytest.raises(AttributeError, match="no attribute 'cure'"):
        hipwise.cure  # noqa: B018
