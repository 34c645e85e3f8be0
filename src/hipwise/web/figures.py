"""Moving figures as files of their own: drawn once, then kept in the user's cache."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from threading import Lock

from fastapi import APIRouter, Response

import hipwise
from hipwise.cache import keep, user_cache
from hipwise.errors import UsageError
from hipwise.knowledge import Library, load
from hipwise.knowledge.poses import FigurePoses

router = APIRouter(include_in_schema=False)
_drawing = {True: Lock(), False: Lock()}
"""One figure is drawn at a time, but no still waits for a moving one."""
_KEPT = {"Cache-Control": "private, max-age=31536000, immutable"}


@router.get("/figures/{kind}/{name}")
def figure(kind: str, name: str) -> Response:
    """Return the moving figure of an exercise or a test, or its still (`…-still.webp`)."""
    id = name.removesuffix(".webp").removesuffix("-still").partition("@")[0]
    poses = _poses(kind, id, load())
    if poses is None or not name.endswith(".webp"):
        raise UsageError(f"There is no figure '{name}'.")
    picture = picture_of(poses, calm="-still" in name)
    return Response(picture, media_type="image/webp", headers=_KEPT)


def _poses(kind: str, id: str, library: Library) -> FigurePoses | None:
    known = {"exercise": library.exercise_poses, "test": library.test_poses}.get(kind, {})
    return known.get(id)


def picture_of(poses: FigurePoses, *, calm: bool) -> bytes:
    """Return a figure, moving or as a still; it is drawn once, and kept where that can be."""
    ending = "-still.webp" if calm else ".webp"
    path = user_cache() / "figures" / f"{poses.shows}-{fingerprint(poses)}{ending}"
    with suppress(OSError):
        return path.read_bytes()
    with _drawing[calm]:
        with suppress(OSError):
            return path.read_bytes()  # drawn for somebody else in the meantime
        picture = _drawn(poses, calm=calm)
        with suppress(OSError):
            keep(path, picture)
        return picture


def _drawn(poses: FigurePoses, *, calm: bool) -> bytes:
    from hipwise.reporting.animation import animated, key_pictures, loop_of, still

    return still(key_pictures(poses)[1]) if calm else animated(loop_of(poses))


def fingerprint(poses: FigurePoses) -> str:
    """Return what changes when a figure would be drawn otherwise."""
    text = f"{hipwise.__version__} {poses.model_dump_json()}"
    return sha256(text.encode()).hexdigest()[:12]


def address(kind: str, id: str, library: Library, *, calm: bool = False) -> str:
    """Return the address of a figure; it changes with the figure."""
    poses = _poses(kind, id, library)
    version = "" if poses is None else f"@{fingerprint(poses)}"
    return f"/figures/{kind}/{id}{version}{'-still' if calm else ''}.webp"
