from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from hipwise.reporting.analysis import Analysis
from hipwise.reporting.terminal import summary


def _printed(analysis: Analysis, width: int) -> str:
    file = io.StringIO()
    Console(file=file, width=width).print(summary(analysis, Path("out") / "report.html"))
    return file.getvalue()


@pytest.mark.parametrize("width", [80, 60, 44])
def test_fits_the_window(analysis: Analysis, width: int) -> None:
    assert max(len(line) for line in _printed(analysis, width).splitlines()) <= width


def test_says_what_stands_out_the_numbers_the_routine_and_the_files(analysis: Analysis) -> None:
    words = " ".join(_printed(analysis, 100).split())
    assert words.index("What stands out") < words.index(analysis.findings[0].title)
    assert analysis.library.metric("peak_thigh_extension").name in words
    assert "this runner is drawn" in words
    assert "Today’s routine" in words
    assert "report.html" in words


def test_a_narrow_window_keeps_both_values_whole(analysis: Analysis) -> None:
    lines = _printed(analysis, 44).splitlines()
    assert any(line.count(" ± ") == 2 for line in lines)


def test_a_grade_is_told_in_words(analysis: Analysis) -> None:
    words = " ".join(_printed(analysis, 100).split())
    assert "Evidence D: expert custom" in words


def test_a_film_is_named_once_where_it_is_the_title(analysis: Analysis) -> None:
    main = analysis.views[0]
    alone = replace(analysis, views=(main,), title=main.recording.name)
    assert _printed(alone, 100).count(main.recording.name) == 1


def test_of_two_films_each_is_named(analysis: Analysis) -> None:
    first, second = (view.recording.name for view in analysis.views)
    printed = _printed(replace(analysis, title=first), 100)
    assert f"{first}, seen from" in printed
    assert f"{second}, seen from" in printed
