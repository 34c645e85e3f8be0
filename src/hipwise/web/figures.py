"""Moving figures as files of their own: drawn once, then kept in the user's cache."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from threading import Lock

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse

import hipwise
from hipwise.errors import UsageError
from hipwise.knowledge import Library, load
from hipwise.knowledge.poses import FigurePoses
from hipwise.pose.weights import user_cache
from hipwise.reporting.animation import animated, loop_of, still
from hipwise.reporting.folder import write_whole

router = APIRouter()
_drawing = Lock()
_KEPT = {"Cache-Control": "private, max-age=31536000, immutable"}


@router.get("/figures/{kind}/{name}")
def figure(kind: str, name: str) -> Response:
    """Return the moving figure of an exercise or a test, or its still (`…-still.webp`)."""
    id = name.removesuffix(".webp").removesuffix("-still").partition("@")[0]
    poses = _poses(kind, id, load())
    if poses is None or not name.endswith(".webp"):
        raise UsageError(f"There is no figure '{name}'.")
    moving, calm = files_of(poses)
    return FileResponse(
        calm if "-still" in name else moving, media_type="image/webp", headers=_KEPT
    )


def _poses(kind: str, id: str, library: Library) -> FigurePoses | None:
    known = {"exercise": library.exercise_poses, "test": library.test_poses}.get(kind, {})
    return known.get(id)


def files_of(poses: FigurePoses) -> tuple[Path, Path]:
    """Return the files of a figure: the moving one and the still; draw them where they are not."""
    folder = user_cache() / "figures"
    moving = folder / f"{poses.shows}-{fingerprint(poses)}.webp"
    calm = moving.with_name(f"{moving.stem}-still.webp")
    if not (moving.exists() and calm.exists()):
        with _drawing:
            if not (moving.exists() and calm.exists()):
                loop = loop_of(poses)
                write_whole(calm, still(loop.stills[1]))
                write_whole(moving, animated(loop))
    return moving, calm


def fingerprint(poses: FigurePoses) -> str:
    """Return what changes when a figure would be drawn otherwise."""
    text = f"{hipwise.__version__} {poses.model_dump_json()}"
    return sha256(text.encode()).hexdigest()[:12]


def address(kind: str, id: str, library: Library, *, calm: bool = False) -> str:
    """Return the address of a figure; it changes with the figure."""
    poses = _poses(kind, id, library)
    version = "" if poses is None else f"@{fingerprint(poses)}"
    return f"/figures/{kind}/{id}{version}{'-still' if calm else ''}.webp"
