from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from hipwise.pose.heatmap import refine

NOTHING = -30.0  # a logit whose probability is 0 to thirteen places
CERTAIN = 30.0


def empty(count: int) -> NDArray[np.float32]:
    return np.full((64, 64, count), NOTHING, dtype=np.float32)


def test_moves_a_point_to_the_centre_of_mass_nearby() -> None:
    heatmaps = empty(1)
    heatmaps[20, 30, 0] = CERTAIN  # row 20, column 30
    heatmaps[20, 31, 0] = CERTAIN
    refined = refine(np.array([[31.4 / 64, 22.0 / 64]]), heatmaps)
    assert refined.xy == pytest.approx(np.array([[30.5 / 64, 20.0 / 64]]))


def test_each_point_has_its_own_heatmap() -> None:
    heatmaps = empty(2)
    heatmaps[10, 10, 0] = heatmaps[40, 50, 1] = CERTAIN
    points = np.array([[11 / 64, 11 / 64], [49 / 64, 41 / 64]])
    assert refine(points, heatmaps).xy == pytest.approx(
        np.array([[10 / 64, 10 / 64], [50 / 64, 40 / 64]])
    )


@pytest.mark.parametrize(
    ("point", "peak", "logit"),
    [
        ((0.5, 0.5), (36, 32), CERTAIN),  # 4 cells away: outside the window of 7
        ((0.5, 0.5), (33, 32), -0.1),  # never as sure as one half
        ((1.01, 0.5), (32, 63), CERTAIN),  # the point lies outside the region
    ],
)
def test_a_point_without_a_confident_heatmap_stays(
    point: tuple[float, float], peak: tuple[int, int], logit: float
) -> None:
    heatmaps = empty(1)
    heatmaps[(*peak, 0)] = logit
    assert refine(np.array([point]), heatmaps).xy == pytest.approx(np.array([point]))


def test_at_the_border_only_cells_on_the_map_count() -> None:
    heatmaps = np.full((64, 64, 1), CERTAIN, dtype=np.float32)
    # Cell (0, 0): the window reaches from cell 0 to cell 3, whose middle is 1.5.
    assert refine(np.array([[0.0, 0.0]]), heatmaps).xy == pytest.approx(np.full((1, 2), 1.5 / 64))


def test_support_is_the_peak_nearby_against_the_usual_peak() -> None:
    heatmaps = empty(3)
    heatmaps[32, 32, 0] = np.log(0.35 / 0.65)  # reaches 0.35, half of the usual 0.7
    heatmaps[10, 10, 1] = CERTAIN  # far from the point
    heatmaps[32, 32, 2] = CERTAIN
    support = refine(np.full((3, 2), 0.5), heatmaps).support
    assert support == pytest.approx([0.5, 0.0, 1.0], abs=1e-6)


def test_of_a_point_outside_the_region_the_heatmap_says_nothing() -> None:
    assert refine(np.array([[0.5, 1.02]]), empty(1)).support == pytest.approx([1.0])
