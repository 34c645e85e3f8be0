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
from hipwise.body.figure import draw
from hipwise.body.kinematics import Skeleton, forward
from hipwise.body.proportions import Body
from hipwise.body.shape import COARSE, surface
from hipwise.knowledge import Library
from hipwise.knowledge.exercises import ExercisePoses

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
    poses = library.poses.get(exercise)
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


def grounded(movement: Movement, body: Body) -> Skeleton:
    """Pose `body` through `movement` with its lowest point on the floor and its anchors still."""
    free = forward(body, movement.angles)
    lowest = np.min(surface(body, COARSE).posed(free)[..., 1], axis=1)
    shift = np.zeros((len(free), 3))
    shift[:, 1] = -lowest
    for i in range(1, len(free)):
        held = [free.names.index(p) for p in movement.anchors[i] if p in free.names]
        if held:
            step = (free.points[i, held] - free.points[i - 1, held]).mean(axis=0)
            shift[i, [0, 2]] = shift[i - 1, [0, 2]] - step[[0, 2]]
        else:
            shift[i, [0, 2]] = shift[i - 1, [0, 2]]
    return free.moved(shift)


def _pictures(movement: Movement, poses: ExercisePoses) -> list[Image]:
    """Draw every instant; an instant that repeats (the way back) is drawn once."""
    skeleton = grounded(movement, Body.of(_HEIGHT_M, _MASS_KG))
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
    import resvg_py
    from PIL import Image

    svg = draw(instant, camera, detail=COARSE)
    png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)
    return Image.open(io.BytesIO(bytes(png))).convert("RGBA")


def _most_different(movement: Movement) -> int:
    """Return the key pose whose angles are furthest from those of the last one."""
    poses = np.array([track for track in movement.angles.values()]).T
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
