import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hipwise.motion.gaps import fill_gaps, finite_runs


def test_a_short_gap_is_filled_on_the_line_and_a_long_one_left_open() -> None:
    time_s = np.arange(10) * 0.05
    values = np.array([0, 1, np.nan, 3, 4, np.nan, np.nan, np.nan, 8, 9.0])
    filled = fill_gaps(time_s, values, max_gap_s=0.1)
    assert filled[2] == 2
    assert np.isnan(filled[5:8]).all()


def test_the_length_of_a_gap_is_its_time_not_its_samples() -> None:
    values = np.array([0, np.nan, 2.0])
    assert fill_gaps(np.array([0, 0.04, 0.08]), values, 0.1)[1] == 1
    assert np.isnan(fill_gaps(np.array([0, 0.2, 0.4]), values, 0.1)[1])


def test_nothing_is_made_up_beyond_the_ends() -> None:
    values = np.array([np.nan, 1, 2, np.nan])
    filled = fill_gaps(np.arange(4) * 0.01, values, 1.0)
    assert np.isnan(filled[[0, 3]]).all()


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_finite_runs_cover_exactly_the_finite_samples(known: list[bool]) -> None:
    values = np.where(known, 1.0, np.nan)
    covered = np.zeros(len(values), dtype=bool)
    for run in finite_runs(values):
        assert not covered[run].any()
        covered[run] = True
    assert (covered == np.array(known)).all()
