from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from hipwise.recording.orientation import Orientation

ONE = 1 << 16
W = 1 << 30
STORED = np.array([[1, 2, 3], [4, 5, 6]], dtype=np.uint8)[:, :, None].repeat(3, axis=2)


def matrix(a: int, b: int, c: int, d: int) -> NDArray[np.int32]:
    return np.array([a * ONE, b * ONE, 0, c * ONE, d * ONE, 0, 0, 0, W], dtype=np.int32)


@pytest.mark.parametrize(
    ("coefficients", "shown"),
    [
        ((1, 0, 0, 1), [[1, 2, 3], [4, 5, 6]]),
        ((0, 1, -1, 0), [[4, 1], [5, 2], [6, 3]]),  # a phone held upright: a quarter turn clockwise
        ((-1, 0, 0, -1), [[6, 5, 4], [3, 2, 1]]),
        ((0, -1, 1, 0), [[3, 6], [2, 5], [1, 4]]),
        ((-1, 0, 0, 1), [[3, 2, 1], [6, 5, 4]]),  # mirrored, as some front cameras store
        ((1, 0, 0, -1), [[4, 5, 6], [1, 2, 3]]),
        ((0, 1, 1, 0), [[1, 4], [2, 5], [3, 6]]),
        ((0, -1, -1, 0), [[6, 3], [5, 2], [4, 1]]),
    ],
)
def test_all_eight_orientations(
    coefficients: tuple[int, int, int, int], shown: list[list[int]]
) -> None:
    orientation = Orientation.of_matrix(matrix(*coefficients))
    turned = orientation.apply(STORED)
    assert turned[:, :, 0].tolist() == shown
    assert orientation.swaps_sides == (turned.shape != STORED.shape)
    assert turned.flags.c_contiguous


def test_a_slightly_tilted_matrix_is_taken_to_the_nearest_quarter_turn() -> None:
    tilted = np.array([3000, 65000, 0, -65000, 3000, 0, 0, 0, W], dtype=np.int32)
    assert Orientation.of_matrix(tilted) == Orientation.of_matrix(matrix(0, 1, -1, 0))
