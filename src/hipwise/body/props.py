"""What an exercise needs besides a body: things made of blocks, and a strap to hold."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hipwise.body.camera import Array, Camera
from hipwise.body.held import painted
from hipwise.body.kinematics import Skeleton
from hipwise.body.painting import Painting
from hipwise.body.things import Block, Held, Strap

_LIGHT = np.array([-0.35, 0.8, 0.5])
_STRAP_M = 0.018


def with_props(
    painting: Painting,
    skeleton: Skeleton,
    camera: Camera,
    blocks: tuple[Block, ...] = (),
    straps: tuple[Strap | Held, ...] = (),
) -> Painting:
    """Return the painting of one instant with blocks behind the body and straps before it.

    Blocks are painted in the order given: name the farther ones first, and place the camera so
    that none stands before the body. Held things lie behind the body or before it, as they are.
    """
    behind: list[tuple[Array, NDArray[np.uint8]]] = []
    before: list[tuple[Array, NDArray[np.uint8]]] = []
    behind += [(p[None], c[None]) for block in blocks for p, c in _faces(block, camera)]
    for strap in straps:
        if isinstance(strap, Strap):
            before += [(p[None], c[None]) for p, c in _bands(strap, skeleton, camera)]
        else:
            polygons, hidden = painted(strap, skeleton, camera)
            (behind if hidden else before).append(polygons)
    layers = [*behind, (painting.polygons_px, painting.colours), *before]
    return replace(
        painting,
        polygons_px=np.concatenate([polygons for polygons, _ in layers]),
        colours=np.concatenate([colours for _, colours in layers]).astype(np.uint8),
    )


def _faces(block: Block, camera: Camera) -> list[tuple[Array, NDArray[np.uint8]]]:
    """Return (pixels (4, 2), colour) of the block's sides that face the viewer."""
    ends = np.array([block.low_m, block.high_m])
    faces = []
    for axis in range(3):
        one, two = (axis + 1) % 3, (axis + 2) % 3
        for end, outward in ((0, -1.0), (1, 1.0)):
            normal = camera.axes[:, axis] * outward
            if normal[2] <= 1e-6:
                continue
            face = np.full((4, 3), ends[end, axis])
            face[:, one] = ends[[0, 1, 1, 0], one]
            face[:, two] = ends[[0, 0, 1, 1], two]
            pixels, _ = camera.project(face[:: int(outward)])
            faces.append((pixels, _shaded(block.colour, normal)))
    return faces


def _bands(
    strap: Strap, skeleton: Skeleton, camera: Camera
) -> list[tuple[Array, NDArray[np.uint8]]]:
    """Return (pixels (4, 2), colour) of the strap's pieces from point to point."""
    pixels, _ = camera.project([skeleton.point(name)[0] for name in strap.points])
    bands = []
    for start, end in pairwise(pixels):
        along = (end - start) / max(float(np.linalg.norm(end - start)), 1e-9)
        half = np.array([-along[1], along[0]]) * (_STRAP_M / 2 * camera.px_per_m)
        corners = np.stack([start + half, end + half, end - half, start - half])
        bands.append((corners, _rgb(strap.colour)))
    return bands


def _shaded(colour: str, normal: Array) -> NDArray[np.uint8]:
    light = 0.84 + 0.16 * float(normal @ _LIGHT)
    shaded: NDArray[np.uint8] = np.rint(_rgb(colour) * min(light, 1.0)).astype(np.uint8)
    return shaded


def _rgb(colour: str) -> NDArray[np.uint8]:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.uint8)
