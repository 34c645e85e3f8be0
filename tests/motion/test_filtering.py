import numpy as np
import pytest
from numpy.typing import NDArray

from hipwise.motion.filtering import ZeroLagButterworth


def gain(cutoff_hz: float, frequency_hz: float) -> float:
    time_s = np.arange(0, 20, 1 / 240)
    wave = np.sin(2 * np.pi * frequency_hz * time_s)
    middle = slice(1200, -1200)
    filtered = ZeroLagButterworth(cutoff_hz).apply(time_s, wave)
    return float(np.std(filtered[middle]) / np.std(wave[middle]))


@pytest.mark.parametrize("cutoff_hz", [4.0, 8.0, 12.0])
def test_the_stated_cutoff_is_where_half_the_power_is_left_after_both_passes(
    cutoff_hz: float,
) -> None:
    assert gain(cutoff_hz, cutoff_hz) == pytest.approx(2**-0.5, abs=0.01)


def test_the_design_frequency_is_corrected_for_two_passes() -> None:
    # Winter 2009: for two passes of a second-order filter the correction is 0.802.
    assert ZeroLagButterworth(8.0).design_hz == pytest.approx(8.0 / 0.802, rel=1e-3)


def test_nothing_is_delayed() -> None:
    time_s = np.arange(0, 4, 1 / 60)
    wave = np.cos(2 * np.pi * 1.5 * time_s)
    filtered = ZeroLagButterworth(6.0).apply(time_s, wave)
    inner = slice(40, -40)
    assert np.corrcoef(filtered[inner], wave[inner])[0, 1] > 0.99999


def test_uneven_time_stamps_give_the_same_movement() -> None:
    rng = np.random.default_rng(1)
    even = np.arange(0, 4, 1 / 60)
    uneven = even + rng.uniform(-0.004, 0.004, len(even))

    def wave(t: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.sin(2 * np.pi * 1.4 * t))

    filtered = ZeroLagButterworth(6.0).apply(uneven, wave(uneven))
    assert np.abs(filtered - wave(uneven))[30:-30].max() < 0.02


def test_a_gap_separates_what_is_filtered() -> None:
    time_s = np.arange(120) / 60
    values = np.where(np.arange(120) < 60, 0.0, 100.0)
    values[55:65] = np.nan
    filtered = ZeroLagButterworth(6.0).apply(time_s, values)
    assert np.isnan(filtered[55:65]).all()
    assert filtered[:55] == pytest.approx(0)
    assert filtered[65:] == pytest.approx(100)


def test_a_cutoff_above_what_the_rate_can_carry_changes_nothing() -> None:
    time_s = np.arange(60) / 25
    noise = np.random.default_rng(0).normal(size=60)
    assert ZeroLagButterworth(12.0).apply(time_s, noise) == pytest.approx(noise)
