"""A camera that looks at the body: metres in the world to pixels in a picture."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from hipwise.errors import UsageError

Array = NDArray[np.float64]


# How far skin, hair and shoes reach beyond the skeleton's points, as a share of the height.
_FLESH = 0.057


@dataclass(frozen=True)
class Camera:
    """Where the camera stands and how large it draws.

    `azimuth_deg` goes around the body seen from above: 0 in front of it, 90 on its left side, 180
    behind, -90 on its right side. `elevation_deg` lifts the camera: 90 looks straight down. It
    looks at `target_m` (X, Y, Z), which falls on the middle of the picture, where one metre is
    `px_per_m` pixels. `distance_m` is how far away it stands; None draws without perspective.
    """

    azimuth_deg: float = 0.0
    elevation_deg: float = 0.0
    target_m: tuple[float, float, float] = (0.0, 0.9, 0.0)
    px_per_m: float = 300.0
    distance_m: float | None = None
    width_px: int = 480
    height_px: int = 640

    def __post_init__(self) -> None:
        if self.width_px < 1 or self.height_px < 1 or not self.px_per_m > 0:
            raise UsageError("A camera needs a picture of at least one pixel and a scale above 0.")
        if self.distance_m is not None and not self.distance_m > 0:
            raise UsageError("A camera's distance must be above 0 m; leave it out for none.")

    @property
    def axes(self) -> Array:
        """(3, 3): rows point to the picture's right, to its top, and out of it to the viewer."""
        around, up = math.radians(self.azimuth_deg), math.radians(self.elevation_deg)
        flat = np.array([math.cos(around), 0.0, -math.sin(around)])
        vertical = np.array([0.0, 1.0, 0.0])
        return np.stack(
            [
                np.cross(vertical, flat),
                math.cos(up) * vertical - math.sin(up) * flat,
                math.sin(up) * vertical + math.cos(up) * flat,
            ]
        )

    def project(self, points_m: npt.ArrayLike) -> tuple[Array, Array]:
        """Return pixels (..., 2), x right and y down, and depth (...): metres towards the viewer.

        Points behind the camera become NaN.
        """
        seen = (np.asarray(points_m, float) - self.target_m) @ self.axes.T
        depth = seen[..., 2]
        scale = np.full_like(depth, self.px_per_m)
        if self.distance_m is not None:
            away = self.distance_m - depth
            scale *= self.distance_m / np.where(away > 1e-6, away, np.nan)
        return (
            np.stack(
                [
                    self.width_px / 2 + scale * seen[..., 0],
                    self.height_px / 2 - scale * seen[..., 1],
                ],
                axis=-1,
            ),
            depth,
        )

    def fitted(self, points_m: npt.ArrayLike, height_m: float, margin: float = 0.05) -> Camera:
        """Return this camera aimed and scaled so that all of (..., 3) points fill the picture.

        `height_m` is the body's, for the room that flesh and clothes need around the points of its
        skeleton; `margin` is the free share of the picture's smaller side.
        """
        points = np.asarray(points_m, float).reshape(-1, 3)
        free = 2 * margin * min(self.width_px, self.height_px)
        camera = replace(self, target_m=_as_target(points.mean(axis=0)))
        # With perspective, aim and scale depend on each other; a few rounds settle both.
        for _ in range(1 if self.distance_m is None else 8):
            pixels, _ = camera.project(points)
            low, high = pixels.min(axis=0), pixels.max(axis=0)
            off = ((low + high) / 2 - [self.width_px / 2, self.height_px / 2]) * [1, -1]
            aim = np.asarray(camera.target_m) + (off / camera.px_per_m) @ self.axes[:2]
            span_m = (high - low) / camera.px_per_m + 2 * _FLESH * height_m
            scale = min((self.width_px - free) / span_m[0], (self.height_px - free) / span_m[1])
            camera = replace(camera, target_m=_as_target(aim), px_per_m=float(scale))
        return camera


def _as_target(point: Array) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in point)
    return x, y, z
