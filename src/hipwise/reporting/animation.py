"""Moving figures: an exercise's key poses, joined smoothly, as an animated picture and stills."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hipwise.body.camera import Camera
from hipwise.body.ground import grounded
from hipwise.body.kinematics import Skeleton, forward
from hipwise.body.painting import paint
from hipwise.body.proportions import Body
from hipwise.body.raster import rgba_of
from hipwise.knowledge import Library
from hipwise.knowledge.poses import ExercisePoses

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH_PX, HEIGHT_PX = 320, 260
FRAMES_PER_SECOND = 12
_HEIGHT_M, _MASS_KG = 1.75, 70.0
_FIRST_STILL, _LAST_STILL = "start", "end"


@dataclass(frozen=True)
class Still:
    """One key pose as a picture, for print and for readers who asked for less motion."""

    name: str
    uri: str


@dataclass(frozen=True)
class MovingFigure:
    """An animated WebP and stills of its most different poses, all as data URIs."""

    uri: str
    stills: tuple[Still, ...]
    width: int = WIDTH_PX
    height: int = HEIGHT_PX


@dataclass(frozen=True)
class Movement:
    """One loop of an exercise: angles (deg) by name, each (T,); `key_frames` index its poses.

    `anchors` names for each instant the points that stay where they are.
    """

    angles: dict[str, NDArray[np.float64]]
    key_frames: tuple[int, ...]
    anchors: tuple[tuple[str, ...], ...]


def moving_figure(exercise: str, library: Library) -> MovingFigure | None:
    """Draw one loop of `exercise`; None where the library has no poses for it."""
    poses = library.poses_of(exercise)
    if poses is None:
        return None
    movement = one_loop(poses)
    pictures = _pictures(movement, poses)
    first, last = movement.key_frames[-1], _most_different(movement)
    return MovingFigure(
        uri=_animated(pictures),
        stills=(
            Still(_FIRST_STILL, _still(pictures[first])),
            Still(_LAST_STILL, _still(pictures[last])),
        ),
    )


def one_loop(poses: ExercisePoses, frames_per_second: int = FRAMES_PER_SECOND) -> Movement:
    """Join the key poses of an exercise in a loop, each reached after its own seconds.

    Angles follow half a cosine between two poses, so that the figure rests at each.
    """
    frames = poses.frames
    names = sorted({name for frame in frames for name in frame.angles})
    tracks: dict[str, list[float]] = {name: [] for name in names}
    keys: list[int] = []
    anchors: list[tuple[str, ...]] = []
    for before, frame in zip((frames[-1], *frames[:-1]), frames, strict=True):
        steps = max(round(frame.seconds * frames_per_second), 1)
        share = (1 - np.cos(np.pi * np.arange(1, steps + 1) / steps)) / 2
        for name in names:
            start, end = before.angles.get(name, 0.0), frame.angles.get(name, 0.0)
            tracks[name] += (start + (end - start) * share).tolist()
        kept = tuple(p for p in frame.contacts if p in before.contacts) or frame.contacts
        anchors += [kept] * steps
        keys.append(len(anchors) - 1)
    return Movement({n: np.array(v) for n, v in tracks.items()}, tuple(keys), tuple(anchors))


def anchored(movement: Movement, body: Body) -> Skeleton:
    """Pose `body` through `movement`: on the floor, and without sliding on what it rests on."""
    free = grounded(forward(body, movement.angles))
    slide_m = np.zeros((len(free), 3))
    for i in range(1, len(free)):
        held = [free.names.index(p) for p in movement.anchors[i] if p in free.names]
        if held:
            slide_m[i] = (free.points[i - 1, held] - free.points[i, held]).mean(axis=0)
    slide_m[:, 1] = 0.0
    return free.moved(np.cumsum(slide_m, axis=0))


def _pictures(movement: Movement, poses: ExercisePoses) -> list[Image]:
    """Draw every instant; an instant that repeats (the way back) is drawn once."""
    skeleton = anchored(movement, Body.of(_HEIGHT_M, _MASS_KG))
    camera = _camera(skeleton, poses)
    drawn: dict[bytes, Image] = {}
    pictures = []
    for instant in skeleton:
        key = np.round(instant.points, 3).tobytes()
        if key not in drawn:
            drawn[key] = _picture(instant, camera)
        pictures.append(drawn[key])
    return pictures


def _camera(skeleton: Skeleton, poses: ExercisePoses) -> Camera:
    """Return one camera from which the whole loop stays in the picture."""
    view = Camera(
        azimuth_deg=poses.camera.azimuth_deg,
        elevation_deg=poses.camera.elevation_deg,
        width_px=WIDTH_PX,
        height_px=HEIGHT_PX,
    )
    return view.fitted(skeleton.points.reshape(-1, 3), _HEIGHT_M)


def _picture(instant: Skeleton, camera: Camera) -> Image:
    from PIL import Image

    return Image.fromarray(rgba_of(paint(instant, camera, shadow=True)))


def _most_different(movement: Movement) -> int:
    """Return the key pose whose angles are furthest from those of the last one."""
    poses = np.array(list(movement.angles.values())).T
    far = [np.abs(poses[i] - poses[movement.key_frames[-1]]).sum() for i in movement.key_frames]
    return movement.key_frames[int(np.argmax(far))]


def _animated(pictures: Sequence[Image]) -> str:
    buffer = io.BytesIO()
    pictures[0].save(
        buffer,
        "WEBP",
        save_all=True,
        append_images=pictures[1:],
        duration=round(1000 / FRAMES_PER_SECOND),
        loop=0,
        quality=70,
        alpha_quality=60,
        method=2,
    )
    return _data_uri(buffer)


def _still(picture: Image) -> str:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=80, method=4)
    return _data_uri(buffer)


def _data_uri(buffer: io.BytesIO) -> str:
    return f"data:image/webp;base64,{b64encode(buffer.getvalue()).decode('ascii')}"
