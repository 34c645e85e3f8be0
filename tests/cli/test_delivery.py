from __future__ import annotations

import io

import pytest
from rich.console import Console

from hipwise.cli.delivery import progress_bars


@pytest.mark.parametrize("width", [80, 44])
def test_a_bar_shows_its_name_and_percentage_in_any_window(width: int) -> None:
    console = Console(file=io.StringIO(), width=width)
    bars = progress_bars(console)
    bars.add_task("Following the runner in a_film_with_a_long_name.mp4", total=4, completed=1)
    console.print(bars.get_renderable())
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 1
    assert "Following the runner" in lines[0]
    assert "25 %" in lines[0]
