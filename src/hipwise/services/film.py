"""One self-test, measured from a film of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hipwise.knowledge import load
from hipwise.measurement import Measurement, Side
from hipwise.services.drafts import Draft

if TYPE_CHECKING:
    from hipwise.screening.camera import CameraTest
    from hipwise.storage import Store


def camera_of(test: str) -> CameraTest | None:
    """Return how the self-test `test` is filmed and read, None where no camera can measure it."""
    from hipwise.screening.camera import CAMERA_TESTS

    return CAMERA_TESTS.get(test)


def measure_self_test(
    path: str | Path,
    test: str,
    side: Side | None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Measurement:
    """Measure the self-test `test` of `side` in a film.

    Raises UsageError for a test no camera measures or a missing side, UnreadableFile for a file
    that is no video, NotEnoughData where the picture does not allow it.
    """
    from hipwise.recording import open_video
    from hipwise.screening.camera import camera_test, measure_test

    camera_test(test, side)
    video = open_video(path)
    from hipwise import pose

    track = pose.track(video, progress=progress)
    return measure_test(track, test, side, load(), source=video.sha256)


def keep_film_value(measured: Measurement, store: Store, digits: int) -> None:
    """Put a value read from a film into the unfinished screening in `store`.

    What was typed for the same test goes: two ways of measuring cannot be compared.
    """
    draft = Draft.open(store)
    if draft.get("tests", measured.metric, "method") != measured.method:
        draft.put({"method": measured.method}, "tests", measured.metric)
    part = measured.side.value if measured.side else "tries"
    draft.put([round(measured.value, digits)], "tests", measured.metric, part)
