import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from hipwise.screening.counting import RepetitionCounter, longest_hold_s, steady_extreme

TIME_S = np.arange(0, 20, 1 / 30)


def raises(count: int, height: float = 30.0, rest: float = 4.0) -> NDArray[np.float64]:
    """An angle that goes up and down `count` times within 20 s."""
    cycle = (1 - np.cos(2 * np.pi * count * TIME_S / 20)) / 2
    return np.asarray(rest + (height - rest) * cycle)


@given(st.integers(1, 15))
def test_every_whole_repetition_is_counted(count: int) -> None:
    assert len(RepetitionCounter(rest=4, full=30).count(TIME_S, raises(count))) == count


def test_half_raises_do_not_count() -> None:
    assert RepetitionCounter(rest=4, full=30).count(TIME_S, raises(8, height=16)) == ()


def test_a_shiver_at_the_top_is_one_repetition() -> None:
    shivering = raises(4) + 3 * np.sin(2 * np.pi * 4 * TIME_S)
    assert len(RepetitionCounter(rest=4, full=30).count(TIME_S, shivering)) == 4


def test_a_movement_that_opens_downwards_counts_too() -> None:
    bridge = 60 - raises(6, height=50, rest=0)
    assert len(RepetitionCounter(rest=60, full=10).count(TIME_S, bridge)) == 6


def test_a_repetition_knows_its_peak() -> None:
    first = RepetitionCounter(rest=4, full=30).count(TIME_S, raises(4))[0]
    assert first.peak_s == pytest.approx(2.5, abs=0.05)
    assert first.peak == pytest.approx(30, abs=0.2)
    assert first.start_s < first.peak_s < first.end_s


def test_what_does_not_start_from_rest_is_no_repetition() -> None:
    falling_and_rising = 34 - raises(1)
    assert RepetitionCounter(rest=4, full=30).count(TIME_S, falling_and_rising) == ()


def test_an_unfinished_repetition_is_not_counted() -> None:
    cut = TIME_S < 18.7
    assert len(RepetitionCounter(rest=4, full=30).count(TIME_S[cut], raises(4)[cut])) == 3


def test_the_longest_hold_is_timed_and_a_short_slip_forgiven() -> None:
    signal = np.full(len(TIME_S), 40.0)
    signal[(TIME_S >= 2) & (TIME_S <= 12)] = 5.0
    signal[(TIME_S > 6) & (TIME_S < 6.2)] = 30.0
    assert longest_hold_s(TIME_S, signal, 0, 20) == pytest.approx(10, abs=0.1)
    signal[(TIME_S > 8) & (TIME_S < 9)] = 30.0
    assert longest_hold_s(TIME_S, signal, 0, 20) == pytest.approx(6, abs=0.1)


def test_nothing_held_is_zero() -> None:
    assert longest_hold_s(TIME_S, np.full(len(TIME_S), np.nan), 0, 20) == 0


def test_the_furthest_angle_that_is_held_not_the_swing_above_it() -> None:
    signal = np.full(len(TIME_S), 10.0)
    signal[(TIME_S > 5) & (TIME_S < 9)] = 70.0
    signal[(TIME_S > 12) & (TIME_S < 12.3)] = 95.0
    assert steady_extreme(TIME_S, signal, hold_s=1.0) == 70


def test_nothing_seen_has_no_extreme() -> None:
    assert np.isnan(steady_extreme(TIME_S, np.full(len(TIME_S), np.nan)))
