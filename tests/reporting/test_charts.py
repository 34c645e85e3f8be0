from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from hipwise.gait.gait import CycleCurve
from hipwise.measurement import Side
from hipwise.reporting import charts
from hipwise.reporting.charts import Deviation, NormBand, SidePair

PERCENT = np.linspace(0, 2 * np.pi, 101)


def _curve(side: Side, toe_off: float) -> CycleCurve:
    return CycleCurve("knee_flexion", side, 20 * np.sin(PERCENT), np.full(101, 2.0), 8, toe_off)


@pytest.fixture(scope="module")
def svg() -> str:
    curves = [_curve(Side.LEFT, 30.0), _curve(Side.RIGHT, 40.0)]
    return charts.cycle_chart(curves, NormBand(15 * np.sin(PERCENT), np.full(101, 5.0)))


def test_is_a_drawing_that_scales(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    assert root.get("viewBox")
    assert root.get("width") is None
    assert root.get("aria-hidden") == "true"


def test_left_is_solid_red_and_right_is_dashed_blue(svg: str) -> None:
    strokes = re.findall(r"<(?:path|line)[^>]*stroke-width=\"2.2\"[^>]*>", svg)
    left = [s for s in strokes if charts.LEFT in s]
    right = [s for s in strokes if charts.RIGHT in s]
    assert len(left) == len(right) == 1
    assert 'stroke-dasharray="6,3"' in right[0]
    assert 'stroke-dasharray="6,3"' not in left[0]


def test_the_norm_is_grey_and_behind(svg: str) -> None:
    assert 0 < svg.index(f'fill="{charts.BAND}"') < svg.index(f'fill="{charts.LEFT}"')


def test_a_similar_quantity_is_a_dotted_line_not_a_band() -> None:
    shape = NormBand(15 * np.sin(PERCENT), np.full(101, 5.0), shape_only=True)
    svg = charts.cycle_chart([_curve(Side.LEFT, 30.0)], shape)
    assert f'fill="{charts.BAND}"' not in svg
    assert 'stroke-dasharray="1.5,3.5"' in svg


def test_toe_off_stands_where_it_is(svg: str) -> None:
    marks = re.findall(
        r'<line transform="translate\(([\d.]+),[\d.]+\)"[^>]*stroke-width="1.2"', svg
    )
    assert [round(float(x) / 300 * 100) for x in marks] == [30, 40]


def test_a_curve_without_spread_has_a_line_and_no_nan() -> None:
    one_stride = CycleCurve("a", Side.LEFT, 20 * np.sin(PERCENT), np.full(101, np.nan), 1, 30.0)
    svg = charts.cycle_chart([one_stride])
    assert "NaN" not in svg
    assert charts.LEFT in svg


def test_a_small_movement_is_not_blown_up() -> None:
    tiny = CycleCurve("a", Side.LEFT, 0.5 * np.sin(PERCENT), np.full(101, 0.1), 8, 30.0)
    labels = re.findall(r">(−?\d+)°<", charts.cycle_chart([tiny]))
    degrees = [float(label.replace("−", "-")) for label in labels]
    assert max(degrees) - min(degrees) >= 30


def test_dumbbell_shows_both_sides_and_their_words() -> None:
    pair = SidePair("Thigh swing", 44.0, 38.0, 8.0, "44 ± 8", "38 ± 8")
    svg = charts.dumbbell_chart([pair], "degrees")
    for shown in (charts.LEFT, charts.RIGHT, "Thigh swing", "44 ± 8", "38 ± 8", "degrees"):
        assert shown in svg


def test_a_huge_deviation_stays_in_the_picture() -> None:
    svg = charts.deviation_chart([Deviation("Cadence", 40.0), Deviation("Bounce", -0.2)], "off")
    x = [float(m) for m in re.findall(r'translate\(([\d.]+),[\d.]+\)"[^>]*fill="#20262d"', svg)]
    assert x
    assert max(x) <= 300
