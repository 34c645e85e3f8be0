import numpy as np
from numpy.typing import NDArray

from hipwise.motion.outliers import JumpRepair

TIME_S = np.arange(0, 4, 1 / 30)
SWING: NDArray[np.float64] = 100.0 * np.column_stack(
    [np.cos(2 * np.pi * 1.4 * TIME_S), 0.3 * np.sin(2 * np.pi * 1.4 * TIME_S)]
)
SEEN = np.ones(len(TIME_S))


def test_a_jump_to_the_other_leg_is_mended_and_the_rest_is_left_as_it_is() -> None:
    jumped = SWING.copy()
    other_leg = -SWING
    jumped[50:52] = other_leg[50:52]
    mended = JumpRepair().repaired(TIME_S, jumped, SEEN, leg_length=250)
    assert np.linalg.norm(jumped - SWING, axis=1)[50:52].min() > 100
    assert np.linalg.norm(mended - SWING, axis=1).max() < 15
    untouched = np.r_[10:45, 60:110]
    assert (mended[untouched] == jumped[untouched]).all()


def test_a_smooth_swing_is_not_touched() -> None:
    assert (JumpRepair().repaired(TIME_S, SWING, SEEN, 250)[6:-6] == SWING[6:-6]).all()


def test_a_guess_of_the_network_is_replaced_by_what_its_neighbours_say() -> None:
    guessed, seen = SWING.copy(), SEEN.copy()
    guessed[60] += 12
    seen[60] = 0.2
    mended = JumpRepair().repaired(TIME_S, guessed, seen, 250)
    assert np.linalg.norm(mended[60] - SWING[60]) < 6


def test_missing_samples_stay_missing() -> None:
    holes = SWING.copy()
    holes[30:40] = np.nan
    assert np.isnan(JumpRepair().repaired(TIME_S, holes, SEEN, 250)[30:40]).all()
