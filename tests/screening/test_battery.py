"""The tests that fit a runner, and why the others do not."""

from __future__ import annotations

import pytest

from hipwise.knowledge import load
from hipwise.knowledge.protocols import Battery
from hipwise.screening import TestPlan, battery_for
from tests.screening.filled_in import answers


def plan(set_: str, **changes: object) -> TestPlan:
    runner = answers(None, {f"runner.{name}": value for name, value in changes.items()}).runner
    return battery_for(runner, set_, load())


def reasons(made: TestPlan) -> dict[str, str]:
    return {left_out.test: left_out.reason for left_out in made.left_out}


@pytest.mark.parametrize("set_", ["home", "full", "clinic"])
@pytest.mark.parametrize("age", [20, 70])
def test_every_test_of_the_set_is_planned_or_left_out_with_a_reason(set_: str, age: int) -> None:
    made = plan(set_, age_years=age)
    planned = [test.protocol.id for test in made.tests]
    wanted = [p.id for p in load().protocols.values() if Battery(set_) in p.sets]
    assert sorted(planned + list(reasons(made))) == sorted(wanted)
    assert all(reason.endswith(".") for reason in reasons(made).values())


def test_the_home_set_takes_about_ten_minutes_and_no_equipment() -> None:
    made = plan("home")
    assert 5 <= made.minutes <= 12
    assert len(made.tests) >= 4


def test_what_is_not_at_hand_is_left_out_until_it_is() -> None:
    assert "ruler" in reasons(plan("full"))["knee_to_wall"]
    assert "knee_to_wall" not in reasons(plan("full", equipment=["ruler"]))
    assert "knee_to_wall" not in reasons(plan("clinic"))


def test_a_condition_leaves_out_the_tests_it_forbids() -> None:
    made = plan("clinic", conditions=["acute_ankle_sprain"])
    assert "sprain" in reasons(made)["knee_to_wall"]
    tags = [set(test.protocol.not_for.tags) for test in made.tests]
    assert not any("acute_ankle_sprain" in each for each in tags)


def test_from_sixty_on_balance_needs_somebody_beside_you() -> None:
    assert "somebody beside you" in reasons(plan("home", age_years=68))["single_leg_stance_eo"]
    helped = plan("home", age_years=68, equipment=["helper"])
    assert "single_leg_stance_eo" not in reasons(helped)


def test_tests_for_older_people_are_not_asked_of_younger_ones() -> None:
    assert "from 60 years" in reasons(plan("home"))["chair_stand_30s"]
    helped = plan("home", age_years=68, equipment=["helper"])
    assert "chair_stand_30s" not in reasons(helped)


def test_an_angle_beside_a_distance_is_asked_for_where_something_can_measure_it() -> None:
    def values(*equipment: str) -> tuple[str, ...]:
        made = plan("full", equipment=["ruler", *equipment])
        return next(t.values for t in made.tests if t.protocol.id == "knee_to_wall")

    assert values() == ("knee_to_wall",)
    assert values("phone") == ("knee_to_wall", "knee_to_wall.shin_lean")


def test_without_a_force_gauge_only_the_pain_of_a_squeeze_is_written_down() -> None:
    made = plan("full", equipment=["ball"])
    squeeze = next(t for t in made.tests if t.protocol.id == "adductor_squeeze")
    assert squeeze.values == ("adductor_squeeze.pain",)
