"""The body's clothed surface: built once standing, then bent with the skeleton."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hipwise.body.kinematics import Skeleton, forward
from hipwise.body.loft import Array, Faces
from hipwise.body.pieces import BONES, COARSE, FINE, MATERIALS, Detail, all_pieces, widened
from hipwise.body.proportions import Body

__all__ = ["BONES", "COARSE", "FINE", "MATERIALS", "Detail", "Surface", "surface"]

_ARM_BONES = ("upper_arm", "forearm", "hand")
_ARM_POINTS = ("shoulder", "elbow", "wrist", "knuckles", "fingertip")


@dataclass(frozen=True)
class Surface:
    """A standing body's surface and how it hangs on the bones.

    `vertices` (V, 3) in metres, `quads` (Q, 4) counterclockwise seen from outside, `material` (Q,)
    indices into `MATERIALS`, `weights` (V, B) how much each of `BONES` carries a vertex. `layer_m`
    (Q,) is how much nearer a quad counts when surfaces that nearly touch, such as hair and scalp,
    are sorted; `roundness` (Q,) how far it is lit as if it lay on a round pelvis, so that the
    shorts look like one piece where the trunk goes over into the thighs.
    """

    body: Body
    vertices: Array
    quads: Faces
    material: NDArray[np.int64]
    weights: Array
    layer_m: Array
    roundness: Array

    def posed(self, skeleton: Skeleton) -> Array:
        """Return the vertices (T, V, 3) in metres on a skeleton of this body.

        Every bone moves its vertices rigidly; where two meet, the frame halfway between them takes
        over in the middle, so that bent joints keep their girth.
        """
        rest = _standing(self.body)
        frames = np.stack([_rotation(skeleton, bone) for bone in BONES], axis=1)
        shift = np.stack(
            [
                skeleton.origin(name := bone.partition(":")[0])
                - _rotation(skeleton, bone) @ rest.origin(name)[0]
                for bone in BONES
            ],
            axis=1,
        )
        rigid = np.concatenate([frames.reshape(len(skeleton), -1, 9), shift], axis=2)
        carried = self.weights @ rigid
        turned = carried[..., :9].reshape(len(skeleton), -1, 3, 3)
        posed: Array = np.einsum("tvij,vj->tvi", turned, self.vertices) + carried[..., 9:]
        return posed

    def distance_m(self, point: str) -> Array:
        """Return how far each quad (Q,) of the standing body lies from a named point.

        The hanging arms are infinitely far from every point that is not theirs.
        """
        middle = self.vertices[self.quads].mean(axis=1)
        away: Array = np.linalg.norm(middle - _standing(self.body).point(point)[0], axis=1)
        if not point.startswith(_ARM_POINTS):
            arms = [bone.startswith(_ARM_BONES) for bone in BONES]
            away[self.weights[self.quads].mean(axis=1)[:, arms].sum(axis=1) > 0.5] = np.inf
        return away


@lru_cache(maxsize=16)
def surface(body: Body, detail: Detail = FINE, hair: str = "short") -> Surface:
    """Build the surface of a body; `hair` is 'short' or 'ponytail'."""
    pieces = all_pieces(detail, hair)
    counts = np.cumsum([0, *(len(p.patch.vertices) for p in pieces)])
    unit = body.height_m / 100
    vertices = np.concatenate([widened(p, body) for p in pieces]) * unit
    quads = np.concatenate(
        [p.patch.quads + start for p, start in zip(pieces, counts, strict=False)]
    )
    weights = np.concatenate([p.weights() for p in pieces])
    material = np.concatenate([p.materials() for p in pieces])
    return Surface(
        body=body,
        vertices=vertices,
        quads=quads,
        material=material,
        weights=weights,
        roundness=_roundness(vertices[quads].mean(axis=1) / unit, material),
        layer_m=np.concatenate([np.full(len(p.patch.quads), p.layer * unit) for p in pieces]),
    )


def _roundness(middles: Array, material: NDArray[np.int64]) -> Array:
    across_hips = np.exp(-(((middles[:, 1] - 53.5) / 4.0) ** 2))
    cloth = (material == MATERIALS.index("shorts")) & (across_hips > 0.02)
    return np.where(cloth, 0.8 * across_hips, 0.0)


@lru_cache(maxsize=16)
def _standing(body: Body) -> Skeleton:
    return forward(body, {})


def _rotation(skeleton: Skeleton, bone: str) -> Array:
    name, _, half = bone.partition(":")
    return (skeleton.halfway if half else skeleton.rotations)[name]
