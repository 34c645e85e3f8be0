"""Which of the people in the picture is the runner."""

from __future__ import annotations

import math
from collections.abc import Sequence

from hipwise.pose.detector import Detection
from hipwise.pose.region import Region

REACH = 0.5
REACH_PER_S = 1.0
"""How far a person who was lost may be found again, in sides of their region (about 2.3 m): half
a side at once, and one more for each second since (chosen by us: about a slow runner's speed)."""

SIZE_RATIO = 1.6
"""A person found again is not larger or smaller than before by more than this (chosen by us)."""


def most_prominent(people: Sequence[Detection], width_px: int, height_px: int) -> list[Detection]:
    """Order people by how much they look like the one filmed: large and in the middle.

    A person's size counts fully in the middle of the picture and half in its corners (chosen by
    us).
    """

    def prominence(person: Detection) -> float:
        offset = math.hypot(
            person.region.x_px - width_px / 2, person.region.y_px - height_px / 2
        ) / math.hypot(width_px / 2, height_px / 2)
        return person.region.side_px * (1.0 - 0.5 * min(1.0, offset))

    return sorted(people, key=prominence, reverse=True)


def same_person(people: Sequence[Detection], last: Region, lost_s: float) -> list[Detection]:
    """Keep those who may be the person last seen in `last`, `lost_s` ago; the nearest first."""
    reach_px = last.side_px * (REACH + REACH_PER_S * lost_s)

    def may_be(person: Detection) -> bool:
        ratio = person.region.side_px / last.side_px
        near = person.region.distance_px(last) <= reach_px
        return near and 1 / SIZE_RATIO <= ratio <= SIZE_RATIO

    return sorted(filter(may_be, people), key=lambda person: person.region.distance_px(last))
