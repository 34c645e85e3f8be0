"""Volume, centre of mass and inertia of the body's segments, from its shape (Yeadon 1990)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hipwise.body import profiles
from hipwise.body.kinematics import Skeleton, forward
from hipwise.body.loft import Array, Patch, lengthwise, loft
from hipwise.body.profiles import Row
from hipwise.body.proportions import Body
from hipwise.measurement import Side


@dataclass(frozen=True)
class Solid:
    """A body of uniform density 1: `volume`, `centre` (3,), `inertia` (3, 3) about the centre."""

    volume: float
    centre: Array
    inertia: Array


@dataclass(frozen=True)
class SegmentInertia:
    """One segment's mass and how it resists turning.

    `centre_m` (3,) is the centre of mass from the segment's first joint and `inertia_kgm2` (3, 3)
    the inertia about it, both in the segment's own axes.
    """

    mass_kg: float
    volume_m3: float
    centre_m: Array
    inertia_kgm2: Array


def solid_of(patch: Patch) -> Solid:
    """Integrate over a closed surface, cut into tetrahedra from the origin (Tonon 2004)."""
    corner = patch.vertices[patch.quads]
    triangles = np.concatenate([corner[:, [0, 1, 2]], corner[:, [0, 2, 3]]])
    volumes = np.linalg.det(triangles) / 6
    sums = triangles.sum(axis=1)
    volume = float(volumes.sum())
    centre = volumes @ sums / 4 / volume
    products = np.einsum("t,tki,tkj->ij", volumes, triangles, triangles)
    products += np.einsum("t,ti,tj->ij", volumes, sums, sums)
    spread = products / 20 - volume * np.outer(centre, centre)
    return Solid(volume, centre, np.trace(spread) * np.eye(3) - spread)


# Segment of the skeleton: outline, its levels (percent of height), segment of the mass table. The
# trunk is cut where de Leva cuts it: at the navel and at the lower end of the breastbone.
_WHOLE: dict[str, tuple[Sequence[Row], float, float, str]] = {
    "pelvis": (profiles.TRUNK, 46.8, 60.0, "lower_trunk"),
    "abdomen": (profiles.TRUNK, 60.0, 70.5, "middle_trunk"),
    "thorax": (profiles.TRUNK, 70.5, 83.4, "upper_trunk"),
    "head": (profiles.HEAD, 86.7, 100.0, "head_and_neck"),
}
_SIDED: dict[str, tuple[Sequence[Row], float, float, float]] = {
    "thigh": (profiles.LEG, 28.5, 53.0, 5.0),
    "shank": (profiles.LEG, 3.9, 28.5, 5.0),
    "upper_arm": (profiles.ARM, 62.2, 81.2, 10.6),
    "forearm": (profiles.ARM, 47.6, 62.2, 10.6),
    "hand": (profiles.HAND, 38.0, 47.6, 10.6),
}


def segment_inertia(body: Body) -> dict[str, SegmentInertia]:
    """Return mass, volume, centre and inertia of every segment that has a mass of its own.

    Segment masses are de Leva's (1996), spread evenly over the segment's shape; the head carries
    the neck's, the foot that of the toes.
    """
    masses = body.segment_mass_kg
    result = {
        name: _inertia(body, name, loft(_between(rows, low, high), around=48), masses[mass])
        for name, (rows, low, high, mass) in _WHOLE.items()
    }
    for side in Side:
        shapes = {
            name: loft(_between(rows, low, high), around=32).moved((0, 0, line))
            for name, (rows, low, high, line) in _SIDED.items()
        }
        shapes["foot"] = lengthwise(profiles.SHOE, around=32).moved((0, 0, 5.0))
        for name, patch in shapes.items():
            own = patch if side is Side.RIGHT else patch.mirrored()
            segment = f"{name}_{side}"
            result[segment] = _inertia(body, segment, own, masses[segment])
    return result


def _inertia(body: Body, segment: str, percent: Patch, mass_kg: float) -> SegmentInertia:
    origin = forward(body, {}).origin(segment)[0]
    unit = body.height_m / 100
    line = np.array([0.0, 0.0, origin[2] / unit])
    wide = np.array([body.girth, 1.0, body.girth])
    vertices = ((percent.vertices - line) * wide + line) * unit - origin
    solid = solid_of(Patch(vertices, percent.quads))
    density = mass_kg / solid.volume
    return SegmentInertia(mass_kg, solid.volume, solid.centre, solid.inertia * density)


def _between(rows: Sequence[Row], low: float, high: float) -> list[tuple[float, ...]]:
    """Cut an outline to the levels from `low` to `high`, interpolating at both ends."""
    table = np.asarray(sorted(rows))
    inside = table[(table[:, 0] > low) & (table[:, 0] < high), 0]
    levels = np.concatenate([[low], inside, [high]])
    columns = [np.interp(levels, table[:, 0], table[:, k]) for k in range(5)]
    return [tuple(float(value) for value in row) for row in zip(*columns, strict=True)]


def centre_of_mass(skeleton: Skeleton) -> Array:
    """Return the path (T, 3) of the whole body's centre of mass in metres."""
    parts = segment_inertia(skeleton.body)
    weighted = [
        part.mass_kg * (skeleton.origin(name) + skeleton.rotations[name] @ part.centre_m)
        for name, part in parts.items()
    ]
    centre: Array = np.sum(weighted, axis=0) / skeleton.body.mass_kg
    return centre
