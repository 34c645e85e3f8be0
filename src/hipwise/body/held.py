"""Things that move with the body: a weight, stick, band, ball or cloth, a gauge and its belt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hipwise.body.camera import Array, Camera
from hipwise.body.kinematics import Skeleton
from hipwise.body.things import Held

Polygons = tuple[Array, NDArray[np.uint8]]

_STEEL, _IRON, _WOOD, _BAND = "#9aa3ad", "#3d4550", "#a8794a", "#8d4fa8"
_BALL, _CLOTH, _CUFF, _BELT, _GAUGE = "#d9534f", "#6d8fb3", "#3f4a7a", "#3f6fb5", "#23272e"
_ACROSS = ((-1.0, -0.3, 0.78), (-0.3, 0.4, 1.12), (0.4, 1.0, 0.94))
"""Strips of a round bar from edge to edge, with their brightness."""
_TURN = np.linspace(0.0, 2.0 * np.pi, 25)
_LYING_M = 0.2
"""A dumbbell between hands farther apart than this lies across."""

_GAUGE_AT = {"ankle": ("shank", 0.07, 0.042), "knee": ("thigh", 0.09, 0.068)}
"""Above a joint: the segment that a gauge lies on, how far up (m) and the limb's radius there."""

_BEHIND_M = 0.05
"""A thing this little nearer than the trunk, or farther, is painted before the body."""


def painted(held: Held, skeleton: Skeleton, camera: Camera) -> tuple[Polygons, bool]:
    """Return polygons (N, 4, 2), their colours (N, 3), and whether they lie behind the body."""
    places = tuple(skeleton.point(name)[0] for name in held.points)
    pieces = _PAINTERS[held.kind](_Scene(held, places, skeleton, camera))
    _, depth = camera.project(np.mean(places, axis=0))
    _, trunk = camera.project((skeleton.point("mid_hip")[0] + skeleton.point("waist")[0]) / 2)
    around = held.kind in {"mini_band", "band", "ankle_weight", "gauge"}
    behind = held.kind == "slider" or (not around and float(depth - trunk) < _BEHIND_M)
    polygons = np.concatenate([p for p, _ in pieces])
    return (polygons, np.concatenate([c for _, c in pieces])), behind


@dataclass(frozen=True)
class _Scene:
    """One held thing where its points are now."""

    held: Held
    places: tuple[Array, ...]
    skeleton: Skeleton
    camera: Camera

    def dumbbell(self) -> list[Polygons]:
        middle, camera = np.mean(self.places, axis=0), self.camera
        along, half_m = self._handle()
        ends = [
            (middle + s * half_m * along, middle + s * (half_m + 0.07) * along) for s in (-1, 1)
        ]
        ends.sort(key=lambda pair: float(camera.project(pair[0])[1]))
        far, near = (_bar(*pair, 0.05, _IRON, camera) for pair in ends)
        handle = _bar(middle - half_m * along, middle + half_m * along, 0.016, _STEEL, camera)
        return [far, handle, near]

    def _handle(self) -> tuple[Array, float]:
        """Direction of a dumbbell's handle and half its length (m)."""
        if len(self.places) == 1:
            side = self.held.points[0].rpartition("_")[2]
            return self.skeleton.rotations[f"hand_{side}"][0][:, 0], 0.07
        along, wide_m = self._along()
        if wide_m > _LYING_M:
            return along, wide_m / 2 + 0.06
        return np.array([0.0, 1.0, 0.0]), 0.09

    def _along(self) -> tuple[Array, float]:
        """Direction (3,) from the first point to the last, and how far apart they are (m)."""
        apart = self.places[-1] - self.places[0]
        wide_m = max(float(np.linalg.norm(apart)), 1e-9)
        return apart / wide_m, wide_m

    def _beyond(self, by_m: float, radius_m: float, colour: str) -> list[Polygons]:
        along, _ = self._along()
        start, end = self.places[0] - by_m * along, self.places[-1] + by_m * along
        return [_bar(start, end, radius_m, colour, self.camera)]

    def stick(self) -> list[Polygons]:
        return self._beyond(0.3, 0.014, _WOOD)

    def mini_band(self) -> list[Polygons]:
        return self._beyond(0.05, 0.02, _BAND)

    def band(self) -> list[Polygons]:
        anchor = () if self.held.anchor_m is None else (np.asarray(self.held.anchor_m),)
        ends = (*self.places, *anchor)
        return [_bar(start, end, 0.012, _BAND, self.camera) for start, end in pairwise(ends)]

    def ball(self) -> list[Polygons]:
        centre, _ = self.camera.project(np.mean(self.places, axis=0))
        radius_px = 0.1 * self.camera.px_per_m
        discs = []
        for share, light in ((1.0, 0.78), (0.86, 0.92), (0.66, 1.02), (0.4, 1.1)):
            lit = centre + np.array([-0.2, -0.25]) * radius_px * (1 - share)
            rim = lit + share * radius_px * np.stack([np.cos(_TURN), np.sin(_TURN)], axis=1)
            discs.append(_disc(lit, rim, _BALL, light))
        return discs

    def slider(self) -> list[Polygons]:
        discs = []
        for x, _, z in self.places:
            rim = [(x + 0.1 * np.cos(turn), 0.0, z + 0.1 * np.sin(turn)) for turn in _TURN]
            middle, _ = self.camera.project((x, 0.0, z))
            discs.append(_disc(middle, self.camera.project(rim)[0], _CLOTH, 1.0))
        return discs

    def ankle_weight(self) -> list[Polygons]:
        cuffs = []
        for name, ankle in zip(self.held.points, self.places, strict=True):
            shank = self.skeleton.rotations[f"shank_{name.rpartition('_')[2]}"][0][:, 1]
            ends = ankle + 0.04 * shank, ankle + 0.13 * shank
            cuffs.append(_bar(*ends, 0.056, _CUFF, self.camera))
        return cuffs

    def gauge(self) -> list[Polygons]:
        name, _, side = self.held.points[0].rpartition("_")
        segment, up_m, radius_m = _GAUGE_AT[name]
        limb = self.skeleton.rotations[f"{segment}_{side}"][0][:, 1]
        middle, anchor = self.places[0] + up_m * limb, np.asarray(self.held.anchor_m)
        away = middle - anchor - ((middle - anchor) @ limb) * limb
        away /= np.linalg.norm(away)
        beside = np.cross(limb, away)
        beside *= np.copysign(radius_m, beside @ self.camera.axes[2])
        skin, top = middle + radius_m * away, middle + (radius_m + 0.045) * away
        belt = anchor, middle + beside, top + 0.6 * beside, top
        bands = [_bar(*ends, 0.013, _BELT, self.camera) for ends in pairwise(belt)]
        return [_bar(skin, top, 0.04, _GAUGE, self.camera), *bands]


_PAINTERS: dict[str, Callable[[_Scene], list[Polygons]]] = {
    "dumbbell": _Scene.dumbbell,
    "stick": _Scene.stick,
    "mini_band": _Scene.mini_band,
    "band": _Scene.band,
    "ball": _Scene.ball,
    "slider": _Scene.slider,
    "ankle_weight": _Scene.ankle_weight,
    "gauge": _Scene.gauge,
}


def _bar(start: Array, end: Array, radius_m: float, colour: str, camera: Camera) -> Polygons:
    """Return a round bar seen from the side, as strips along it; seen end on, a small square."""
    radius_px = radius_m * camera.px_per_m
    (first, last), _ = camera.project([start, end])
    along = last - first
    length = float(np.linalg.norm(along))
    if length < radius_px:
        along, length = np.array([1.0, 0.0]), 1.0
        first, last = first - radius_px * along, last + radius_px * along
    out = np.array([along[1], -along[0]]) / length * radius_px
    strips = [
        np.stack([first + a * out, last + a * out, last + b * out, first + b * out])
        for a, b, _ in _ACROSS
    ]
    return np.stack(strips), np.stack([_rgb(colour, light) for _, _, light in _ACROSS])


def _disc(centre: Array, rim: Array, colour: str, light: float) -> Polygons:
    wedges = [np.stack([centre, rim[i], rim[i + 1], rim[i + 2]]) for i in range(0, 24, 2)]
    return np.stack(wedges), np.repeat(_rgb(colour, light)[None], len(wedges), axis=0)


def _rgb(colour: str, light: float = 1.0) -> NDArray[np.uint8]:
    parts = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) * light
    lit: NDArray[np.uint8] = np.clip(np.rint(parts), 0, 255).astype(np.uint8)
    return lit
