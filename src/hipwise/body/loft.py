"""Surfaces lofted through cross-sections, the way Yeadon (1990) models body segments.

A cross-section is a superellipse: an ellipse at a power of 2, squarer (towards Yeadon's stadium)
above. Its four half-axes may differ, as a calf's do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

Array = NDArray[np.float64]
Faces = NDArray[np.int64]


@dataclass(frozen=True)
class Patch:
    """A surface of quadrilaterals: `vertices` (V, 3), `quads` (Q, 4) counterclockwise outside."""

    vertices: Array
    quads: Faces

    def mirrored(self) -> Patch:
        """Return the patch in the mirror of the body's middle plane."""
        return Patch(self.vertices * [1.0, 1.0, -1.0], self.quads[:, ::-1])

    def moved(self, by: npt.ArrayLike) -> Patch:
        """Return the patch shifted by (3,)."""
        return Patch(self.vertices + np.asarray(by, float), self.quads)


def level_rows(rows: Sequence[Sequence[float]], refine: int) -> Array:
    """Insert `refine` - 1 levels between neighbours, on a curve without overshoot.

    Fritsch & Carlson's (1980) monotone cubic keeps a bulge where the table has it.
    """
    from scipy.interpolate import PchipInterpolator

    table = np.asarray(rows, float)
    at = np.linspace(0, len(table) - 1, (len(table) - 1) * refine + 1)
    smooth: Array = np.asarray(PchipInterpolator(np.arange(len(table)), table, axis=0)(at))
    return smooth


def superellipse(around: int, power: float) -> tuple[Array, Array]:
    """Return forward and outward coordinates (around,) of a superellipse with half-axes 1."""
    turn = 2 * np.pi * np.arange(around) / around
    forward, outward = np.cos(turn), np.sin(turn)
    return (
        np.sign(forward) * np.abs(forward) ** (2 / power),
        np.sign(outward) * np.abs(outward) ** (2 / power),
    )


def loft(
    rows: Sequence[Sequence[float]], *, around: int, refine: int = 1, power: float = 2.2
) -> Patch:
    """Loft an upright surface through `rows` of (height, front, back, outer, inner).

    Front and back are signed positions along X, outer and inner along Z, of the section's ends.
    The section's widest lines cross midway between the ends. Flat ends close the surface.
    """
    levels = level_rows(rows, refine)
    height, front, back, outer, inner = levels.T[:, :, None]
    forward, outward = superellipse(around, power)
    x = (front + back) / 2 + (front - back) / 2 * forward
    z = (outer + inner) / 2 + (outer - inner) / 2 * outward
    rings = np.stack([x, np.broadcast_to(height, x.shape), z], axis=-1)
    ends = rings[[0, -1]].mean(axis=1, keepdims=True) + np.zeros((1, around, 1))
    closed = np.concatenate([ends[:1], rings, ends[1:]])
    return outward_facing(closed.reshape(-1, 3), ring_quads(len(closed), around))


def lengthwise(
    rows: Sequence[Sequence[float]], *, around: int, refine: int = 1, power: float = 2.6
) -> Patch:
    """Loft along X through `rows` of (x, top, bottom, outer, inner), as a foot is."""
    patch = loft(rows, around=around, refine=refine, power=power)
    # The same loft lying down: height becomes forward, forward becomes up.
    return outward_facing(patch.vertices[:, [1, 0, 2]], patch.quads)


def ellipsoid(centre: npt.ArrayLike, radii: npt.ArrayLike, *, around: int, levels: int) -> Patch:
    """Return an ellipsoid, its poles on the vertical axis."""
    up = np.linspace(-np.pi / 2, np.pi / 2, levels)[:, None]
    turn = 2 * np.pi * np.arange(around) / around
    ball = np.stack(
        [np.cos(up) * np.cos(turn), np.sin(up) * np.ones(around), np.cos(up) * np.sin(turn)],
        axis=-1,
    ).reshape(-1, 3)
    vertices = np.asarray(centre, float) + ball * np.asarray(radii, float)
    return outward_facing(vertices, ring_quads(levels, around))


def ring_quads(rings: int, around: int) -> Faces:
    """Return the quads (Q, 4) between neighbouring rings of `around` vertices each."""
    ring, step = np.meshgrid(np.arange(rings - 1), np.arange(around), indexing="ij")
    after = (step + 1) % around
    low, high = ring * around, (ring + 1) * around
    quads: Faces = np.stack([low + step, low + after, high + after, high + step], axis=-1)
    return quads.reshape(-1, 4)


def outward_facing(vertices: Array, quads: Faces) -> Patch:
    """Return the patch with its quads turned so that their normals point out of the body."""
    corner = vertices[quads]
    middle = vertices.mean(axis=0)
    normal = np.cross(corner[:, 2] - corner[:, 0], corner[:, 3] - corner[:, 1])
    outwards = np.einsum("qi,qi->", normal, corner.mean(axis=1) - middle)
    return Patch(vertices, quads if outwards > 0 else quads[:, ::-1])
