"""Moving figures: one loop of an exercise or a self-test as an animated picture and two stills."""

from __future__ import annotations

import io
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hipwise.body.camera import Camera
from hipwise.body.kinematics import Skeleton
from hipwise.body.painting import paint
from hipwise.body.proportions import Body
from hipwise.body.props import with_props
from hipwise.body.raster import pixels_of
from hipwise.body.shape import COARSE
from hipwise.knowledge.poses import FigurePoses

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH_PX, HEIGHT_PX = 320, 260
FRAMES_PER_SECOND = 12
_BODY = Body.of(height_m=1.75, mass_kg=70.0)
_BACKDROP = "#eaf0ef"
_MOST_FRAMES = 60
"""A longer loop is shown with fewer pictures a second, so that the page stays small."""


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
class Loop:
    """One loop of a figure, for its right side: pictures at even distances, and two key poses."""

    pictures: tuple[Image, ...]
    stills: tuple[Image, Image]
    seconds: float

    def at(self, time_s: float) -> int:
        """Return the place of the picture that is seen after going round for so long."""
        return int(time_s / self.seconds * len(self.pictures)) % len(self.pictures)


def loop_of(poses: FigurePoses, width_px: int = WIDTH_PX, height_px: int = HEIGHT_PX) -> Loop:
    """Draw one loop of an exercise or a self-test."""
    skeleton, camera = _played(poses, width_px, height_px)
    stills = key_pictures(poses, width_px, height_px)
    return Loop(tuple(_pictures(skeleton, camera, poses)), stills, poses.movement.seconds)


def key_pictures(
    poses: FigurePoses, width_px: int = WIDTH_PX, height_px: int = HEIGHT_PX
) -> tuple[Image, Image]:
    """Draw the two most different key poses, as the loop shows them, in far less time than it."""
    _, camera = _played(poses, width_px, height_px)
    key_poses = poses.movement.key_poses(_BODY)
    start, end = (_picture(key_poses.at(i), camera, poses) for i in _most_different(key_poses))
    return start, end


def _played(poses: FigurePoses, width_px: int, height_px: int) -> tuple[Skeleton, Camera]:
    """Return the body at even distances of one loop, and the camera that sees all of it."""
    movement = poses.movement
    count = max(round(min(movement.seconds * FRAMES_PER_SECOND, _MOST_FRAMES)), 2)
    skeleton = movement.played(_BODY, np.arange(count) * movement.seconds / count)
    return skeleton, _camera(skeleton, poses, width_px, height_px)


def moving_figure(poses: FigurePoses) -> MovingFigure:
    """Draw an exercise or a self-test as pictures that stand in the page itself."""
    loop = loop_of(poses)
    start, end = loop.stills
    return MovingFigure(
        uri=_data_uri(animated(loop)),
        stills=(Still("start", _data_uri(still(start))), Still("end", _data_uri(still(end)))),
    )


def _pictures(skeleton: Skeleton, camera: Camera, poses: FigurePoses) -> list[Image]:
    """Draw every instant; one that repeats, as in a hold or on the way back, is drawn once."""
    drawn: dict[bytes, Image] = {}
    pictures = []
    for instant in skeleton:
        key = np.round(instant.points, 3).tobytes()
        if key not in drawn:
            drawn[key] = _picture(instant, camera, poses)
        pictures.append(drawn[key])
    return pictures


def _camera(skeleton: Skeleton, poses: FigurePoses, width_px: int, height_px: int) -> Camera:
    """Return one camera from which the whole loop, and what it is done on, stays in the picture."""
    view = Camera(
        azimuth_deg=poses.camera.azimuth_deg,
        elevation_deg=poses.camera.elevation_deg,
        width_px=width_px,
        height_px=height_px,
    )
    things = [prop for prop in poses.props if prop.kind != "wall"]
    corners = [corner for prop in things for corner in prop.corners]
    points = np.concatenate([skeleton.points.reshape(-1, 3), np.array(corners).reshape(-1, 3)])
    return view.fitted(points, _BODY.height_m)


def _picture(instant: Skeleton, camera: Camera, poses: FigurePoses) -> Image:
    from PIL import Image

    figure = paint(instant, camera, detail=COARSE, shadow=True)
    whole = with_props(figure, instant, camera, poses.blocks, poses.straps)
    return Image.fromarray(pixels_of(whole, _BACKDROP))


def _most_different(key_poses: Skeleton) -> tuple[int, int]:
    """Return the two key poses, in their order, between which the body moves furthest."""
    points = key_poses.points
    far = np.linalg.norm(points[:, None] - points[None], axis=3).sum(axis=2)
    first, second = np.unravel_index(int(np.argmax(far)), far.shape)
    return int(min(first, second)), int(max(first, second))


def animated(loop: Loop) -> bytes:
    """Return the loop as an animated WebP."""
    buffer = io.BytesIO()
    loop.pictures[0].save(
        buffer,
        "WEBP",
        save_all=True,
        append_images=loop.pictures[1:],
        duration=round(1000 * loop.seconds / len(loop.pictures)),
        loop=0,
        quality=60,
        method=2,
    )
    return buffer.getvalue()


def still(picture: Image) -> bytes:
    """Return a picture as a WebP."""
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=80, method=4)
    return buffer.getvalue()


def _data_uri(webp: bytes) -> str:
    return f"data:image/webp;base64,{b64encode(webp).decode('ascii')}"
