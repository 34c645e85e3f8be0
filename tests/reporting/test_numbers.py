from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.knowledge import load
from hipwise.measurement import Symmetry
from hipwise.reporting.analysis import Analysis
from hipwise.reporting.numbers import clock, difference, number, unbroken, with_error


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (-0.04, 1, "0.0"),
        (-12.34, 1, "−12.3"),
        (169.34, 0, "169"),
        (-0.4, 0, "0"),
        (0.71, 3, "0.710"),
    ],
)
def test_number(value: float, digits: int, text: str) -> None:
    assert number(value, digits) == text


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_a_number_reads_back(value: float, digits: int) -> None:
    assert float(number(value, digits).replace("−", "-")) == pytest.approx(value, abs=10**-digits)


def test_a_value_carries_error_and_unit() -> None:
    library = load()
    assert with_error(library.metric("peak_thigh_extension"), 19.2, 6.0) == "19 ± 6°"
    assert with_error(library.metric("contact_time"), 259.7, None) == "260 ms"


def test_a_small_error_is_never_written_as_zero() -> None:
    assert with_error(load().metric("contact_time"), 259.7, 0.25) == "260 ± 0.2 ms"


def test_the_difference_has_its_sign(analysis: Analysis) -> None:
    metric = load().metric("peak_thigh_extension")
    gait = analysis.views[0].gait
    symmetry = next(s for s in gait.symmetries if s.metric == metric.id)
    mirrored = Symmetry(symmetry.metric, symmetry.right, symmetry.left, symmetry.error)
    assert difference(metric, symmetry).startswith("+")
    assert difference(metric, mirrored).startswith("−")
    even = replace(symmetry, right=symmetry.left)
    assert difference(metric, even) == "0°"


@pytest.mark.parametrize(
    ("seconds", "words"), [(45, "45 s"), (120, "2 min"), (92.4, "1 min 32 s"), (0, "0 s")]
)
def test_clock(seconds: float, words: str) -> None:
    assert clock(seconds) == words


def test_a_line_never_breaks_inside_a_value() -> None:
    assert unbroken("bends to 33 ± 6° (n = 8) in 25 ms") == (
        "bends to 33\u00a0±\u00a06° (n\u00a0=\u00a08) in 25\u00a0ms"
    )
