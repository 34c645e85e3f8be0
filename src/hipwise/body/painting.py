"""One instant of a body as flat coloured polygons, the far ones first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hipwise.body.camera import Array, Camera
from hipwise.body.kinematics import Skeleton
from hipwise.body.shape import FINE, MATERIALS, Detail, Surface, surface
from hipwise.errors import UsageError

_LEVELS, _GLOWS = 32, 24
_AMBIENT_WRAP, _SKY_SHARE, _EDGE_SHADE, _MID = 0.35, 0.38, 0.22, 0.62
_GLOW_REACH_M = 0.13
_GLOW_GAIN = 1.5  # a joint lies deep inside: the skin over it must glow fully all the same
_SHADOW_RINGS = (1.0, 0.82, 0.64, 0.46, 0.28)
_SHADOW_REACH_M = 0.5


@dataclass(frozen=True)
class Appearance:
    """Colours as '#rrggbb', the hair ('short' or 'ponytail'), and where the light comes from.

    `light` points towards the light in picture axes: right, up, out to the viewer.
    """

    skin: str = "#d9a282"
    hair: str = "#3b2a20"
    shirt: str = "#2f8089"
    shorts: str = "#2b3546"
    sock: str = "#f2f2ee"
    shoe: str = "#e4573d"
    sole: str = "#f7f5ef"
    tread: str = "#5a606b"
    eye: str = "#2a211c"
    lip: str = "#b56e5b"
    hair_style: str = "short"
    glow: str = "#ffb02e"
    light: tuple[float, float, float] = (-0.45, 0.62, 0.64)


@dataclass(frozen=True)
class Painting:
    """A picture of `width_px` by `height_px` pixels, to be drawn in order.

    `polygons_px` (N, 4, 2) with x right and y down, `colours` (N, 3) red, green, blue. `shadow`
    holds rings (M, S, 2) of polygons that darken the floor, the widest first; each ring darkens
    once wherever any of its polygons lies.
    """

    width_px: int
    height_px: int
    polygons_px: Array
    colours: NDArray[np.uint8]
    shadow: tuple[Array, ...] = ()


SHADOW_OPACITY = 0.055
"""How much one ring of the shadow darkens the floor."""


def paint(
    skeleton: Skeleton,
    camera: Camera,
    appearance: Appearance | None = None,
    *,
    detail: Detail = FINE,
    glow: Mapping[str, float] | None = None,
    shadow: bool = False,
) -> Painting:
    """Paint one instant of a body.

    `glow` lights up the body softly around named points of the skeleton (`hip_right`), each with a
    strength of 0..1. `shadow` adds one on the floor, the plane of height 0. Quads are sorted by
    depth (Newell, Newell & Sancha 1972, without splitting) and lit by Lambert's law with a
    wrapped key light, the sky, and darker edges. Raises UsageError for more than one instant, an
    unknown point or a colour that is not '#rrggbb'.
    """
    if len(skeleton) != 1:
        raise UsageError("A picture shows one instant: choose it with skeleton.at(index).")
    look = appearance or Appearance()
    shape = surface(skeleton.body, detail, look.hair_style)
    vertices = shape.posed(skeleton)[0]
    pixels, depth = camera.project(vertices)
    order = _far_to_near(shape, pixels, depth)
    normal = _normals(shape, vertices, skeleton)[order] @ camera.axes.T
    level = _brightness(normal, camera, look)
    step = _glow_steps(shape, skeleton, glow or {})[order]
    palette = _palette(look)
    return Painting(
        width_px=camera.width_px,
        height_px=camera.height_px,
        polygons_px=pixels[shape.quads[order]],
        colours=palette[shape.material[order], level, step],
        shadow=_shadow(skeleton, camera) if shadow else (),
    )


def _far_to_near(shape: Surface, pixels: Array, depth: Array) -> NDArray[np.int64]:
    """Return the quads that face the viewer, the farthest first."""
    corner = pixels[shape.quads]
    one, two = corner[:, 2] - corner[:, 0], corner[:, 3] - corner[:, 1]
    facing = np.flatnonzero(one[:, 1] * two[:, 0] - one[:, 0] * two[:, 1] > 0.01)
    near = depth[shape.quads[facing]].mean(axis=1) + shape.layer_m[facing]
    order: NDArray[np.int64] = facing[np.argsort(near, kind="stable")]
    return order


def _normals(shape: Surface, vertices: Array, skeleton: Skeleton) -> Array:
    """Return each quad's direction (Q, 3) for lighting."""
    corner = vertices[shape.quads]
    normal = _unit(np.cross(corner[:, 2] - corner[:, 0], corner[:, 3] - corner[:, 1]))
    rounded = np.flatnonzero(shape.roundness)
    up = skeleton.rotations["pelvis"][0][:, 1]
    middle: Array = corner[rounded].mean(axis=1) - skeleton.point("mid_hip")[0]
    outwards: Array = middle - (middle @ up)[:, None] * up
    out = _unit(outwards)
    share = shape.roundness[rounded, None]
    normal[rounded] = _unit(np.add(normal[rounded] * (1 - share), out * share))
    return normal


def _unit(vectors: Array) -> Array:
    length: Array = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / (length + 1e-15)


def _brightness(normal: Array, camera: Camera, look: Appearance) -> NDArray[np.int64]:
    """Return the palette level (N,) of surfaces by their normal (N, 3) in picture axes."""
    light = np.asarray(look.light)
    key = normal @ (light / np.linalg.norm(light))
    wrapped = np.clip((key + _AMBIENT_WRAP) / (1 + _AMBIENT_WRAP), 0.0, 1.0)
    sky = 0.5 + 0.5 * normal @ camera.axes[:, 1]
    edge = (1.0 - np.clip(normal[:, 2], 0.0, 1.0)) ** 3
    lit = (1 - _SKY_SHARE) * wrapped + _SKY_SHARE * sky - _EDGE_SHADE * edge
    level: NDArray[np.int64] = np.clip(lit * _LEVELS, 0, _LEVELS - 1).astype(np.int64)
    return level


def _glow_steps(shape: Surface, skeleton: Skeleton, glow: Mapping[str, float]) -> NDArray[np.int64]:
    strength = np.zeros(len(shape.quads))
    for name, amount in glow.items():
        if name not in skeleton.names:
            raise UsageError(f"The body has no point named '{name}' that could glow.")
        away = shape.distance_m(name) / (_GLOW_REACH_M * skeleton.body.height_m / 1.75)
        strength = np.maximum(strength, amount * np.minimum(1.0, _GLOW_GAIN * np.exp(-(away**2))))
    step: NDArray[np.int64] = np.rint(np.clip(strength, 0, 1) * (_GLOWS - 1)).astype(np.int64)
    return step


@lru_cache(maxsize=32)
def _palette(look: Appearance) -> NDArray[np.uint8]:
    """Colours (material, level, glow, 3): from a cool shadow over the colour to a highlight."""
    base = np.array([_rgb(getattr(look, material)) for material in MATERIALS])[:, None]
    light = ((np.arange(_LEVELS) + 0.5) / _LEVELS)[None, :, None]
    dark = base * [0.43, 0.41, 0.49]
    bright = base + (1 - base) * 0.25
    shaded = np.where(
        light < _MID,
        dark + (base - dark) * (light / _MID),
        base + (bright - base) * ((light - _MID) / (1 - _MID)),
    )[:, :, None]
    share = (np.arange(_GLOWS) / (_GLOWS - 1) * 0.85)[None, None, :, None]
    glowing = _rgb(look.glow) * (0.72 + 0.28 * light)[:, :, None]
    mixed = shaded * (1 - share) + glowing * share
    palette: NDArray[np.uint8] = np.rint(mixed * 255).astype(np.uint8)
    return palette


def _rgb(code: str) -> Array:
    if not re.fullmatch("#[0-9a-fA-F]{6}", code):
        raise UsageError(f"'{code}' is not a colour; write it as '#rrggbb'.")
    return np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)]) / 255


_SHADOW_CASTERS = {
    "head_top": 0.10,
    "mid_shoulder": 0.20,
    "waist": 0.17,
    "mid_hip": 0.18,
    **{
        f"{name}_{side}": radius_m
        for side in ("left", "right")
        for name, radius_m in {
            **{"hip": 0.13, "knee": 0.10, "ankle": 0.09, "heel": 0.09, "ball": 0.10},
            **{"toe_tip": 0.06, "shoulder": 0.10, "elbow": 0.07, "wrist": 0.06, "fingertip": 0.06},
        }.items()
    },
}


def _shadow(skeleton: Skeleton, camera: Camera) -> tuple[Array, ...]:
    """Return rings of discs under the body, smaller and fainter where it is higher above."""
    turn = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    disc = np.stack([np.cos(turn), 0 * turn, np.sin(turn)], axis=-1)
    rings: list[list[Array]] = [[] for _ in _SHADOW_RINGS]
    for name, radius_m in _SHADOW_CASTERS.items():
        x, height, z = skeleton.point(name)[0]
        closeness = 1 - max(height, 0.0) / _SHADOW_REACH_M
        for index, size in enumerate(_SHADOW_RINGS):
            if closeness > 1 - size:
                spot = disc * (radius_m * (size + closeness - 1 + 0.25)) + [x, 0.0, z]
                rings[index].append(camera.project(spot)[0])
    return tuple(np.stack(ring) for ring in rings if ring)
