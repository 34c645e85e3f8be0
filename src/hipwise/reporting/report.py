"""One call that writes everything: the page, the tables, and the film with the skeleton."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

Progress = Callable[[str, float], None]
"""Called with what is being done and the share of the whole report that is done, 0..1."""

_FILMS_SHARE = 0.7


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
        pictures = _write_films(stage, analysis.views, tell)
        tell("Writing the tables", _FILMS_SHARE)
        _write_tables(stage, analysis)
        tell("Laying out the page", _FILMS_SHARE + 0.05)
        page = render(analysis, pictures)
        (stage / names.REPORT).write_text(page, encoding="utf-8")
        written = sorted(file.name for file in stage.iterdir())
    tell("Done", 1.0)
    return tuple(Path(out_dir) / name for name in written)


def _silent(_what: str, _share: float) -> None:
    pass


def _write_films(
    stage: Path, views: Sequence[ViewAnalysis], tell: Progress
) -> list[tuple[KeyPicture, ...]]:
    """Write each recording's overlay; return the key frames picked in the same pass."""
    pictures = []
    for index, view in enumerate(views):
        key_frames = KeyFrames(view)
        if view.recording.path is not None:

            def share_done(share: float, done: int = index) -> None:
                tell("Drawing the skeleton", (done + share) / len(views) * _FILMS_SHARE)

            film = stage / names.of_recording(names.OVERLAY, index, view.gait.view)
            write_overlay(film, view, key_frames, share_done)
        pictures.append(key_frames.pictures)
    return pictures


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
