"""One call that writes everything: the page, the tables, and the film with the skeleton."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hipwise.reporting import names
from hipwise.reporting.analysis import Analysis, ViewAnalysis
from hipwise.reporting.files import (
    write_angles,
    write_curves,
    write_measurements,
    write_strides,
)
from hipwise.reporting.folder import staged_folder
from hipwise.reporting.html import render
from hipwise.reporting.keyframes import KeyFrames, KeyPicture
from hipwise.reporting.overlay import write_overlay

Progress = Callable[[str, int, int], None]
"""Told the stage's name, how much of it is done, and how much there is."""


def write_report(
    out_dir: Path, analysis: Analysis, *, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Write the whole report into `out_dir`, all of it or nothing, and return its files.

    Files of an earlier report there are replaced. The overlay and the key frames are left out for
    a recording whose file is not at hand. Raises `UsageError` if the folder cannot be written and
    `UnreadableFile` if a recording has gone.
    """
    tell = progress or _silent
    with staged_folder(out_dir) as stage:
        pictures = [
            _write_film(stage, index, view, tell) for index, view in enumerate(analysis.views)
        ]
        tell(_WRITING, 0, 2)
        _write_tables(stage, analysis)
        tell(_WRITING, 1, 2)
        page = render(analysis, pictures)
        (stage / names.REPORT).write_text(page, encoding="utf-8")
        written = sorted(file.name for file in stage.iterdir())
    tell(_WRITING, 2, 2)
    return tuple(Path(out_dir) / name for name in written)


_WRITING = "Writing the report"


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total


def _write_film(
    stage: Path, index: int, view: ViewAnalysis, tell: Progress
) -> tuple[KeyPicture, ...]:
    """Write one recording's overlay; return the key frames picked in the same pass."""
    key_frames = KeyFrames(view)
    if view.recording.path is not None:
        path = stage / names.of_recording(names.OVERLAY, index, view.gait.view)
        title = f"Drawing the skeleton on {view.recording.name}"
        write_overlay(path, view, key_frames, lambda done, total: tell(title, done, total))
    return key_frames.pictures


def _write_tables(stage: Path, analysis: Analysis) -> None:
    write_measurements(stage / names.MEASUREMENTS, analysis)
    for index, view in enumerate(analysis.views):
        gait = view.gait
        for name, write in (
            (names.CURVES, write_curves),
            (names.STRIDES, write_strides),
            (names.ANGLES, write_angles),
        ):
            write(stage / names.of_recording(name, index, gait.view), gait)
