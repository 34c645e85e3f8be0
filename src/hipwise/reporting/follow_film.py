"""A session as a film to follow, with its captions beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hipwise.coaching import Timeline
from hipwise.coaching.captions import to_vtt
from hipwise.coaching.tones import RATE_HZ, tones
from hipwise.errors import UsageError
from hipwise.knowledge import Library
from hipwise.recording.film import Chapter, FilmWriter, Sound
from hipwise.reporting.animation import FRAMES_PER_SECOND
from hipwise.reporting.board import HEIGHT_PX, WIDTH_PX, Board
from hipwise.reporting.folder import write_whole


def write_film(
    path: Path,
    timeline: Timeline,
    library: Library,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Path, Path]:
    """Write the film (H.264 and AAC, 1280×720) and a `.vtt` with its captions; return both.

    Each exercise is a chapter. `progress` is told (pictures done, pictures in all). The film is
    whole or not there. Raises UsageError for a session without exercises, and where the folder
    cannot be written.
    """
    if not timeline.steps:
        raise UsageError("There is nothing to film: this session has no exercises.")
    captions = path.with_suffix(".vtt")
    write_whole(captions, to_vtt(timeline))
    partial = path.with_name(f".{path.name}.partial")
    try:
        _write(partial, timeline, library, progress)
        partial.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error}): give another with --out.") from None
    finally:
        partial.unlink(missing_ok=True)
    return path, captions


def _write(
    path: Path,
    timeline: Timeline,
    library: Library,
    progress: Callable[[int, int], None] | None,
) -> None:
    board, count = Board(timeline, library), round(timeline.seconds * FRAMES_PER_SECOND)
    index = 0
    with FilmWriter(
        path,
        WIDTH_PX,
        HEIGHT_PX,
        FRAMES_PER_SECOND,
        sound=Sound(tones(timeline), RATE_HZ),
        chapters=list(_chapters(timeline, library)),
    ) as film:
        for number in range(count):
            time_s = number / FRAMES_PER_SECOND
            while timeline.steps[index].end_s <= time_s:
                index += 1
            film.write(board.draw(index, time_s), time_s)
            if progress is not None:
                progress(number + 1, count)


def _chapters(timeline: Timeline, library: Library) -> list[Chapter]:
    start_s, chapters = 0.0, []
    for item in timeline.session.items:
        name = library.exercise(item.exercise).name
        chapters.append(Chapter(start_s, start_s + item.seconds, name))
        start_s += item.seconds
    return chapters
