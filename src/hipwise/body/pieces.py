"""The parts that a clothed body is put together from: skin, hair, shirt, shorts, socks, shoes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hipwise.body import profiles
from hipwise.body.loft import (
    Array,
    Patch,
    ellipsoid,
    lengthwise,
    loft,
    outward_facing,
    ring_quads,
)
from hipwise.body.profiles import Knots, Row
from hipwise.body.proportions import Body
from hipwise.body.segments import SEGMENTS
from hipwise.measurement import Side

MATERIALS = ("skin", "hair", "shirt", "shorts", "sock", "shoe", "sole", "tread", "eye", "lip")
"""What the surface is made of; a quad's material is an index into this."""

_CLOTH = 0.45  # how far clothes stand off the skin, percent of the height
_HEM_SHORTS, _HEM_SLEEVE, _SHIRT_HEM, _SOCK = 38.5, 72.5, 57.4, 8.2

BONES: tuple[str, ...] = (
    *(s.name for s in SEGMENTS),
    *(f"{s.name}:half" for s in SEGMENTS if s.side is not None),
)


@dataclass(frozen=True)
class Detail:
    """How finely the surface is divided: vertices around a limb, levels between two rows.

    Head, hands and feet are small, and their rows close enough as they are.
    """

    around: int
    refine: int


FINE = Detail(around=20, refine=2)
COARSE = Detail(around=12, refine=1)


@dataclass(frozen=True)
class Piece:
    """One patch (percent of height), its bones by height (or by x), and its materials by height."""

    patch: Patch
    bones: Knots
    bands: tuple[tuple[float, str], ...]
    side: Side | None = None
    along: int = 1
    axis_z: float = 0.0
    girth_power: float = 1.0
    layer: float = 0.0
    underside: str = ""

    def on(self, side: Side) -> Piece:
        """Return this piece, made for the right, on a side."""
        patch = self.patch if side is Side.RIGHT else self.patch.mirrored()
        z = self.axis_z if side is Side.RIGHT else -self.axis_z
        return replace(self, patch=patch, side=side, axis_z=z)

    def weights(self) -> Array:
        """Return how much each of `BONES` carries each vertex (V, B)."""
        result = np.zeros((len(self.patch.vertices), len(BONES)))
        at = self.patch.vertices[:, self.along]
        ordered = sorted(self.bones)
        heights = [height for height, _ in ordered]
        place = np.interp(at, heights, np.arange(len(heights), dtype=float))
        low = np.minimum(place.astype(int), len(heights) - 1)
        part = place - low
        part = part * part * (3 - 2 * part)
        index = np.array([BONES.index(self._bone(name)) for _, name in ordered])
        rows = np.arange(len(at))
        np.add.at(result, (rows, index[low]), 1 - part)
        np.add.at(result, (rows, index[np.minimum(low + 1, len(heights) - 1)]), part)
        return result

    def _bone(self, name: str) -> str:
        if self.side is None or name in ("pelvis", "abdomen", "thorax", "neck", "head"):
            return name
        segment, _, half = name.partition(":")
        return f"{segment}_{self.side}:{half}" if half else f"{segment}_{self.side}"

    def materials(self) -> NDArray[np.int64]:
        """Return each quad's index into `MATERIALS` (Q,)."""
        middle = self.patch.vertices[self.patch.quads][:, :, self.along].mean(axis=1)
        floors = np.array([floor for floor, _ in self.bands])
        names = np.array([MATERIALS.index(name) for _, name in self.bands])
        material: NDArray[np.int64] = names[np.searchsorted(floors, middle, side="right") - 1]
        if self.underside:
            corner = self.patch.vertices[self.patch.quads]
            normal = np.cross(corner[:, 2] - corner[:, 0], corner[:, 3] - corner[:, 1])
            downwards = normal[:, 1] < -0.8 * np.linalg.norm(normal, axis=1)
            material[downwards] = MATERIALS.index(self.underside)
        return material


def widened(piece: Piece, body: Body) -> Array:
    """Scale a piece across its own line, for a body broader or slimmer than the reference."""
    wide = body.girth**piece.girth_power
    across = np.array([wide, wide, wide])
    across[piece.along] = 1.0
    line = np.array([0.0, 0.0, piece.axis_z])
    widened: Array = (piece.patch.vertices - line) * across + line
    return widened


def all_pieces(detail: Detail, hair: str) -> list[Piece]:
    """Return every piece of a standing body; `hair` is 'short' or 'ponytail'."""
    pieces = _trunk_and_head(detail, hair)
    for piece in (*_leg(detail), *_foot(detail), *_arm(detail)):
        pieces += [piece.on(Side.RIGHT), piece.on(Side.LEFT)]
    return pieces


def _grown(rows: Sequence[Row], by: float) -> list[Row]:
    return [(h, f + by, b - by, o + by, i - by) for h, f, b, o, i in rows]


def _above(rows: Sequence[Row], floor: float) -> list[Row]:
    """Keep the levels from `floor` upwards, with one interpolated at it; rows fall in height."""
    table = np.asarray(rows)[::-1]
    at = [float(np.interp(floor, table[:, 0], table[:, k])) for k in range(1, 5)]
    kept = [row for row in rows if row[0] > floor + 0.3]
    return [*kept, (floor, at[0], at[1], at[2], at[3])]


def _hemmed(rows: Sequence[Row], floor: float, flare: float, off: float = _CLOTH) -> list[Row]:
    """A garment over `rows` down to `floor`: it widens by `flare`, and its hem turns in."""
    cut = _above(rows, floor)
    top = cut[0][0]
    worn: list[Row] = []
    for height, front, back, outer, inner in cut:
        stand = off + flare * max(0.0, (top - height) / (top - floor)) ** 2
        worn.append((height, front + stand, back - stand, outer + stand, inner - stand))
    last = cut[-1]
    return [*worn, (last[0] - 0.15, *worn[-1][1:]), (last[0] + 0.1, *last[1:])]


def _trunk_and_head(detail: Detail, hair: str) -> list[Piece]:
    wide = Detail(detail.around + 8, detail.refine)
    pelvis = loft(
        [row for row in profiles.TRUNK if row[0] < _SHIRT_HEM + 4.0],
        around=wide.around,
        refine=wide.refine,
        power=2.5,
    )
    shirt = loft(
        _hemmed(profiles.TRUNK, _SHIRT_HEM, 0.1, off=0.2),
        around=wide.around,
        refine=wide.refine,
        power=2.5,
    )
    head: Knots = ((0.0, "head"), (100.0, "head"))
    skull = loft(profiles.HEAD, around=detail.around)
    pieces = [
        Piece(pelvis, profiles.TRUNK_BONES, ((-99.0, "shorts"),)),
        Piece(_neckline(shirt), profiles.TRUNK_BONES, ((-99.0, "shirt"),)),
        Piece(
            loft(profiles.NECK, around=detail.around),
            profiles.NECK_BONES,
            ((-99.0, "skin"),),
            girth_power=0.5,
            layer=-0.8,
        ),
        Piece(skull, head, ((-99.0, "skin"),), girth_power=0.2, layer=-0.5),
        Piece(_hair_cap(detail), head, ((-99.0, "hair"),), girth_power=0.2, layer=0.8),
    ]
    for centre, radii, material in _FACE:
        for out in (1, -1) if centre[2] else (1,):
            ball = ellipsoid(np.array(centre) * [1, 1, out], radii, around=8, levels=5)
            pieces.append(Piece(ball, head, ((-99.0, material),), girth_power=0.2, layer=0.9))
    if hair == "ponytail":
        tail = ellipsoid((-6.6, 92.0, 0.0), (1.5, 4.6, 1.4), around=10, levels=9)
        pieces.append(Piece(tail, head, ((-99.0, "hair"),), girth_power=0.2))
    return pieces


# (centre, radii, material), the right one of a pair.
_FACE: tuple[tuple[tuple[float, float, float], tuple[float, float, float], str], ...] = (
    ((6.25, 91.9, 0.0), (0.95, 1.5, 0.62), "skin"),
    ((0.2, 92.6, 4.15), (0.95, 1.5, 0.45), "skin"),
    ((5.68, 93.6, 1.75), (0.36, 0.36, 0.5), "eye"),
    ((5.75, 94.7, 1.8), (0.36, 0.2, 0.95), "hair"),
    ((6.1, 89.3, 0.0), (0.3, 0.28, 1.15), "lip"),
)


def _neckline(trunk: Patch) -> Patch:
    """Lower the collar in front and keep it high at the nape."""
    x, y, _ = trunk.vertices.T
    slope = np.clip((y - 80.0) / 5.0, 0.0, 1.0)
    return Patch(trunk.vertices - np.stack([0 * x, slope * 0.3 * (x + 1.0), 0 * x], 1), trunk.quads)


def _hair_cap(detail: Detail) -> Patch:
    """Hair over the skull, with a hairline high on the forehead and low at the nape."""
    around, levels = detail.around + 4, 3 * detail.refine + 4
    turn = 2 * np.pi * np.arange(around) / around
    front = np.cos(turn)
    hairline = np.interp(
        front, [-1.0, -0.45, 0.0, 0.35, 0.6, 1.0], [89.6, 89.8, 93.4, 94.2, 96.6, 97.3]
    )
    table = np.asarray(profiles.HEAD)
    rings = []
    for part in np.linspace(0.0, 1.0, levels) ** 0.8:
        height = hairline + part * (99.95 - hairline)
        off = 0.15 + 0.45 * min(1.0, 6 * part)
        half = [np.interp(height, table[:, 0], table[:, k]) for k in (1, 2, 3)]
        x = (half[0] + half[1]) / 2 + ((half[0] - half[1]) / 2 + off) * front
        z = (half[2] + off) * np.sin(turn)
        rings.append(np.stack([x, height + off * part, z], axis=-1))
    rings.append(rings[-1].mean(axis=0) + np.zeros((around, 1)))
    levels += 1
    return outward_facing(np.concatenate(rings), ring_quads(levels, around))


def _leg(detail: Detail) -> list[Piece]:
    z = 5.0
    bare = [row for row in profiles.LEG if row[0] < _HEM_SHORTS + 2.0]
    skin = loft(bare, around=detail.around, refine=detail.refine)
    shorts = loft(
        _hemmed(profiles.LEG, _HEM_SHORTS, 0.55), around=detail.around, refine=detail.refine
    )
    cuff = [r for r in _grown(profiles.LEG, 0.18) if r[0] < 8.0]
    sock = loft(
        [(_SOCK, 1.95, -2.3, 1.85, -1.85), *cuff], around=detail.around, refine=detail.refine
    )
    bones = profiles.LEG_BONES
    return [
        Piece(skin.moved((0, 0, z)), bones, ((-99.0, "skin"),), axis_z=z, layer=-0.3),
        Piece(shorts.moved((0, 0, z)), bones, ((-99.0, "shorts"),), axis_z=z),
        Piece(
            sock.moved((0, 0, z)), bones, ((-99.0, "sock"),), axis_z=z, girth_power=0.3, layer=0.3
        ),
    ]


def _foot(detail: Detail) -> list[Piece]:
    z, around = 5.0, detail.around - 2
    pieces = []
    for rows, material, power in ((profiles.SHOE, "shoe", 2.6), (profiles.SOLE, "sole", 4.5)):
        patch = lengthwise(rows, around=around, power=power)
        bands = ((-99.0, material),)
        pieces.append(
            Piece(
                patch.moved((0, 0, z)),
                profiles.SHOE_BONES,
                bands,
                along=0,
                axis_z=z,
                girth_power=0.0,
                layer=1.0 if material == "sole" else 0.6,
                underside="tread" if material == "sole" else "",
            )
        )
    return pieces


def _arm(detail: Detail) -> list[Piece]:
    z, around, refine = 10.6, detail.around - 2, detail.refine
    bare = [row for row in profiles.ARM if row[0] < _HEM_SLEEVE + 2.0]
    bones = profiles.ARM_BONES
    hand: Knots = ((0.0, "hand"), (46.8, "hand"), (48.5, "forearm"))
    sleeve = loft(_hemmed(profiles.ARM, _HEM_SLEEVE, 0.3), around=around, refine=refine)
    shapes: list[tuple[Patch, Knots, str]] = [
        (loft(bare, around=around, refine=refine), bones, "skin"),
        (sleeve, bones, "shirt"),
        (loft(profiles.HAND, around=around, power=2.6), hand, "skin"),
        (loft(profiles.THUMB, around=8), hand, "skin"),
    ]
    return [
        Piece(patch.moved((0, 0, z)), knots, ((-99.0, material),), axis_z=z, girth_power=0.8)
        for patch, knots, material in shapes
    ]
