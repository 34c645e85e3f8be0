from __future__ import annotations

from pathlib import Path

import pytest

from hipwise.errors import UsageError
from hipwise.measurement import View
from hipwise.reporting import names
from hipwise.reporting.folder import check_writable, staged_folder


class _InterruptedError(Exception):
    pass


def _names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_the_folder_appears_at_the_end_with_everything(tmp_path: Path) -> None:
    out_dir = tmp_path / "new" / "out"
    with staged_folder(out_dir) as stage:
        (stage / names.REPORT).write_text("page")
        assert not out_dir.exists()
    assert (out_dir / names.REPORT).read_text() == "page"
    assert _names(out_dir.parent) == {"out"}


def _start_and_stop(out_dir: Path) -> None:
    with staged_folder(out_dir) as stage:
        (stage / names.REPORT).write_text("half")
        raise _InterruptedError


def test_nothing_remains_of_a_report_that_failed(tmp_path: Path) -> None:
    with pytest.raises(_InterruptedError):
        _start_and_stop(tmp_path / "new" / "out")
    assert _names(tmp_path) == set()


def test_an_earlier_report_outlives_a_failure(tmp_path: Path) -> None:
    (tmp_path / names.REPORT).write_text("old")
    with pytest.raises(_InterruptedError):
        _start_and_stop(tmp_path)
    assert _names(tmp_path) == {names.REPORT}
    assert (tmp_path / names.REPORT).read_text() == "old"


def test_only_our_own_files_are_replaced(tmp_path: Path) -> None:
    stale = names.of_recording(names.ANGLES, 1, View.REAR)
    for name in (names.REPORT, stale, "holiday.jpg", "angles_of_mine.csv"):
        (tmp_path / name).write_text("old")
    with staged_folder(tmp_path) as stage:
        (stage / names.REPORT).write_text("new")
    assert _names(tmp_path) == {names.REPORT, "holiday.jpg", "angles_of_mine.csv"}
    assert (tmp_path / names.REPORT).read_text() == "new"


def test_a_check_leaves_no_trace(tmp_path: Path) -> None:
    check_writable(tmp_path / "a" / "b" / "out")
    assert _names(tmp_path) == set()


def test_a_file_in_the_way_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(UsageError, match=r"out is a file: .* --out"):
        check_writable(tmp_path / "out")
    with pytest.raises(UsageError, match="cannot be written"):
        check_writable(tmp_path / "out" / "deeper")


def test_a_place_that_takes_no_folder_is_said_plainly() -> None:
    with pytest.raises(UsageError, match=r"/proc/out cannot be written .*--out"):
        check_writable(Path("/proc/out"))


def test_a_name_too_long_is_said_before_the_work_and_leaves_nothing(tmp_path: Path) -> None:
    for out_dir in (tmp_path / ("a" * 300), tmp_path / "new" / ("a" * 300) / "out"):
        with pytest.raises(UsageError, match=r"cannot be written .*--out"):
            check_writable(out_dir)
    assert _names(tmp_path) == set()


def test_what_another_program_puts_beside_the_report_outlives_a_failure(tmp_path: Path) -> None:
    def work(out_dir: Path) -> None:
        with staged_folder(out_dir):
            (out_dir.parent / "other").mkdir()
            raise _InterruptedError

    with pytest.raises(_InterruptedError):
        work(tmp_path / "new" / "out")
    assert _names(tmp_path / "new") == {"other"}


def test_the_folder_may_be_entered_by_whom_any_new_one_may(tmp_path: Path) -> None:
    with staged_folder(tmp_path / "out"):
        pass
    (tmp_path / "usual").mkdir()
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("report.html", True),
        ("overlay_2_rear.mp4", True),
        ("overlay_2_moon.mp4", False),
        ("overlay_x_rear.mp4", False),
        ("report_2_rear.html", False),
        ("notes.csv", False),
    ],
)
def test_knows_its_own_files(name: str, ours: bool) -> None:
    assert names.is_report_file(name) is ours


def test_names_it_gives_are_names_it_knows() -> None:
    for view in View:
        assert names.is_report_file(names.of_recording(names.CURVES, 3, view))
