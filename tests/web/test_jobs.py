"""Long work in a process of its own: told while it goes on, stopped where it takes too much."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from hipwise.errors import UnreadableFile
from hipwise.web.jobs import Job, Jobs, Tell

MEGABYTE = 2**20


def write_down(path: Path, tell: Tell) -> None:
    tell("Writing", 1, 2)
    while not path.with_suffix(".go").exists():
        time.sleep(0.02)
    path.write_text(str(os.getpid()))
    tell("Writing", 2, 2)


def be_refused(tell: Tell) -> None:
    del tell
    raise UnreadableFile("That is no film.")


def break_off(tell: Tell) -> None:
    del tell
    os._exit(3)


def go_on_for_ever(path: Path, tell: Tell) -> None:
    del tell
    path.write_text(str(os.getpid()))
    time.sleep(600)


def hold_much(tell: Tell) -> None:
    del tell
    held = bytearray(400 * MEGABYTE)
    for place in range(0, len(held), 4096):
        held[place] = 1
    time.sleep(600)


@contextmanager
def jobs(longest_s: float = 60, most_bytes: int = 2**33) -> Iterator[Jobs]:
    working = Jobs(longest_s, most_bytes)
    try:
        yield working
    finally:
        working.close()


def until_ended(working: Jobs, key: str) -> Job:
    for _ in range(3000):
        job = working.of(key)
        assert job is not None
        if job.ended:
            return job
        time.sleep(0.02)
    raise AssertionError("it did not end")


def until_there(path: Path) -> None:
    for _ in range(3000):
        if path.exists():
            return
        time.sleep(0.02)
    raise AssertionError(f"{path} did not come")


def test_the_stage_is_told_and_the_work_is_done_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "done.txt"
    with jobs() as working:
        working.start("one", write_down, path)
        while (told := working.of("one")) is None or told.stage != "Writing":
            time.sleep(0.02)
        assert (told.done, told.total, told.ended) == (1, 2, False)
        working.start("one", be_refused)
        path.with_suffix(".go").touch()
        assert until_ended(working, "one").fault == "", "the first one goes on"
    assert path.read_text() != str(os.getpid())


def test_a_refusal_is_told_and_the_next_one_is_done(tmp_path: Path) -> None:
    path = tmp_path / "done.txt"
    path.with_suffix(".go").touch()
    with jobs() as working:
        working.start("bad", be_refused)
        working.start("good", write_down, path)
        assert until_ended(working, "bad").fault == "That is no film."
        assert until_ended(working, "good").fault == ""
    assert path.exists()


def test_a_process_that_dies_is_told() -> None:
    with jobs() as working:
        working.start("one", break_off)
        assert "broke off" in until_ended(working, "one").fault


def test_what_takes_too_long_is_stopped(tmp_path: Path) -> None:
    with jobs(longest_s=4) as working:
        working.start("one", go_on_for_ever, tmp_path / "pid")
        assert "longer" in until_ended(working, "one").fault
    assert not multiprocessing.active_children()


def test_what_holds_too_much_memory_is_stopped() -> None:
    with jobs(most_bytes=300 * MEGABYTE) as working:
        working.start("one", hold_much)
        assert "more memory" in until_ended(working, "one").fault


def test_closing_stops_what_is_being_done(tmp_path: Path) -> None:
    with jobs() as working:
        working.start("one", go_on_for_ever, tmp_path / "pid")
        until_there(tmp_path / "pid")
        time.sleep(0.1)
        pid = int((tmp_path / "pid").read_text())
    for _ in range(500):
        if not is_alive(pid):
            return
        time.sleep(0.02)
    raise AssertionError("it goes on")


def test_what_is_stopped_ends_before_anything_else_begins(tmp_path: Path) -> None:
    tidied: list[str] = []
    path = tmp_path / "done.txt"
    path.with_suffix(".go").touch()
    with jobs() as working:
        working.start("long", go_on_for_ever, tmp_path / "pid", tidy=lambda: tidied.append("long"))
        working.start("waits", write_down, path, tidy=lambda: tidied.append("waits"))
        until_there(tmp_path / "pid")
        working.stop()
        assert sorted(tidied) == ["long", "waits"]
        assert not multiprocessing.active_children()
        assert working.of("waits") is None
        assert not path.exists()
        working.start("waits", write_down, path)
        assert until_ended(working, "waits").fault == ""
    assert path.exists()


def test_what_it_leaves_is_tidied_however_it_ends(tmp_path: Path) -> None:
    tidied: list[str] = []
    with jobs() as working:
        working.start("dies", break_off, tidy=lambda: tidied.append("dies"))
        working.start("refused", be_refused, tidy=lambda: tidied.append("refused"))
        until_ended(working, "refused")
        working.start("long", go_on_for_ever, tmp_path / "pid", tidy=lambda: tidied.append("long"))
        working.start("long", go_on_for_ever, tmp_path / "pid", tidy=lambda: tidied.append("same"))
        working.start("waits", be_refused, tidy=lambda: tidied.append("waits"))
        until_there(tmp_path / "pid")
        assert tidied == ["dies", "refused", "same"]
    for _ in range(500):
        if sorted(tidied[3:]) == ["long", "waits"]:
            return
        time.sleep(0.02)
    raise AssertionError(tidied)


def is_alive(pid: int) -> bool:
    return psutil.pid_exists(pid)
