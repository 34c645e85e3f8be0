"""The clocks beside a test, on a terminal that is drawn into memory."""

from __future__ import annotations

import io
import time

import pytest
from rich.console import Console

from hipwise.cli.timers import run_timer
from hipwise.knowledge.protocols import Timer


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), force_terminal=True, width=60)


def drawn(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_stopwatch_runs_until_enter_and_no_longer_than_the_test(console: Console) -> None:
    seconds = run_timer(console, Timer(kind="stopwatch"), lambda: time.sleep(0.3))
    assert seconds is not None
    assert 0.3 <= seconds < 3
    assert "Enter stops" in drawn(console)
    capped = run_timer(console, Timer(kind="stopwatch", seconds=0.2), lambda: time.sleep(0.4))
    assert capped == 0.2


def test_a_countdown_takes_its_time_and_rings(console: Console) -> None:
    before = time.monotonic()
    assert run_timer(console, Timer(kind="countdown", seconds=0.3), lambda: None) is None
    assert time.monotonic() - before >= 0.3
    assert "s left" in drawn(console)
    assert "\a" in drawn(console)


def test_a_metronome_beats_until_enter(console: Console) -> None:
    timer = Timer(kind="metronome", beats_per_min=200)
    assert run_timer(console, timer, lambda: time.sleep(1.1)) is None
    assert 2 <= drawn(console).count("\a") <= 4


def test_a_counter_without_seconds_waits_for_enter(console: Console) -> None:
    pressed: list[bool] = []
    assert run_timer(console, Timer(kind="counter"), lambda: pressed.append(True)) is None
    assert pressed
