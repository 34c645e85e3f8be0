"""Standing, kneeling or lying on the floor: the plane of height 0."""

from __future__ import annotations

import numpy as np

from hipwise.body.kinematics import Skeleton
from hipwise.body.shape import COARSE, surface


def grounded(skeleton: Skeleton) -> Skeleton:
    """Shift every instant up or down so that the body's lowest point touches the floor.

    The lowest point is of the surface, shoes and clothes included, so it also serves a body that
    lies or kneels. A running body leaves the floor in flight: place its pelvis yourself.
    """
    lowest_m = surface(skeleton.body, COARSE).posed(skeleton)[..., 1].min(axis=1)
    return skeleton.moved(np.stack([0 * lowest_m, -lowest_m, 0 * lowest_m], axis=1))
