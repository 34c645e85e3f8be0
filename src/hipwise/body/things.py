"""Things around a body, as data: blocks and what is made of them, a strap, what moves with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float, float]
Thing = Literal["dumbbell", "stick", "mini_band", "band", "ball", "slider", "ankle_weight", "gauge"]

_WOOD, _LEG_M, _SEAT_M, _BACK_M = "#c39a6b", 0.04, 0.05, 0.42
_TOP_M = 0.06


@dataclass(frozen=True)
class Held:
    """A thing at named points of the skeleton; a long band also ends at `anchor_m` (X, Y, Z).

    A dumbbell at one hand lies in its fist; between two hands it stands upright where they meet,
    and lies across where they are apart. A force gauge lies on the limb above an ankle or a knee,
    on the side away from `anchor_m`, to which its belt holds the limb.
    """

    kind: Thing
    points: tuple[str, ...]
    anchor_m: Point | None = None


@dataclass(frozen=True)
class Block:
    """A box along the axes between two corners (X, Y, Z) in metres, in one colour '#rrggbb'."""

    low_m: Point
    high_m: Point
    colour: str = "#c9ced6"


@dataclass(frozen=True)
class Strap:
    """A band stretched along named points of the skeleton."""

    points: tuple[str, ...]
    colour: str = "#3f6fb5"


def chair(low_m: Point, high_m: Point) -> tuple[Block, ...]:
    """Return a chair: the box's top is its seat, and its back stands at the low end of X."""
    (x0, _, z0), (_, y1, z1) = low_m, high_m
    back = Block((x0, y1, z0), (x0 + _LEG_M, y1 + _BACK_M, z1), _WOOD)
    seat = Block((x0, y1 - _SEAT_M, z0), high_m, _WOOD)
    return (*_legs(low_m, high_m), seat, back)


def table(low_m: Point, high_m: Point) -> tuple[Block, ...]:
    """Return a table on four legs, as large as the box between two corners."""
    (x0, _, z0), (_, y1, _) = low_m, high_m
    return (*_legs(low_m, high_m), Block((x0, y1 - _TOP_M, z0), high_m, _WOOD))


def _legs(low_m: Point, high_m: Point) -> list[Block]:
    (x0, y0, z0), (x1, y1, z1) = low_m, high_m
    return [
        Block((x, y0, z), (x + _LEG_M, y1, z + _LEG_M), _WOOD)
        for z in (z0, z1 - _LEG_M)
        for x in (x0, x1 - _LEG_M)
    ]
