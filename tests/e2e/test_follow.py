"""`hipwise video` and `hipwise workout` as real processes."""

from __future__ import annotations

from pathlib import Path

import fitdecode
import pytest

from tests.e2e.program import hipwise, said


def test_general_care_becomes_a_workout_without_records(tmp_path: Path) -> None:
    result = hipwise("workout", "mobility", "--minutes", "4", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "mobility.fit" in result.stdout
    with fitdecode.FitReader(tmp_path / "mobility.fit", check_crc=fitdecode.CrcCheck.RAISE) as fit:
        names = [frame.name for frame in fit if isinstance(frame, fitdecode.FitDataMessage)]
    assert names[:2] == ["file_id", "workout"]
    assert names.count("workout_step") > 2


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        (("video", "yesterday"), 2, "today, mobility"),
        (("video", "mobility", "--out", "film.avi"), 2, "end it in .mp4"),
        (("video", "mobility", "--minutes", "0"), 2, "above 0"),
        (("video", "mobility", "--minutes", "0.2"), 2, "no exercises"),
        (("workout", "mobility", "--minutes", "0.2"), 2, "no exercises"),
        (("video",), 4, "hipwise screen"),
        (("workout",), 4, "hipwise screen"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    tmp_path: Path, command: tuple[str, ...], code: int, words: str
) -> None:
    result = hipwise(*command, folder=tmp_path)
    assert result.returncode == code, result.stderr
    assert words in said(result)
    assert "Traceback" not in result.stderr
    assert not list(tmp_path.glob("*.mp4"))
    assert not list(tmp_path.glob("*.fit"))
