"""Where the drawn runner runs: a treadmill in a plain room, seen by a camera at hip height."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hipwise.body.camera import Camera
from hipwise.measurement import View

Array = NDArray[np.float64]
CAMERA_DISTANCE_M = 4.0
DECK_HALF_LENGTH_M = 0.95
DECK_HALF_WIDTH_M = 0.32
BELT_HALF_WIDTH_M = 0.26
FLOOR_M = -0.16
STRIPE_EVERY_M = 0.55
AZIMUTH_DEG = {View.LEFT: 90.0, View.RIGHT: -90.0, View.REAR: 180.0}


def camera(view: View, height_m: float, width_px: int, height_px: int) -> Camera:
    """A camera 4 m away at hip height that shows the whole runner."""
    return Camera(
        azimuth_deg=AZIMUTH_DEG[view],
        target_m=(0.0, 0.50 * height_m, 0.0),
        px_per_m=height_px / (1.32 * height_m),
        distance_m=CAMERA_DISTANCE_M,
        width_px=width_px,
        height_px=height_px,
    )


def room_svg(camera: Camera, belt_travel_m: float) -> str:
    """An SVG of the room and the treadmill; the belt has moved backwards by `belt_travel_m`."""
    width, height = camera.width_px, camera.height_px
    skirting = camera.project(np.array([[0.0, FLOOR_M, 0.0]]))[0][0, 1] - 0.09 * height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<rect width="{width}" height="{height}" fill="#cfd6d8"/>'
        f'<rect width="{width}" height="{0.33 * height:.0f}" fill="#dbe1e2"/>'
        f'<rect y="{skirting:.1f}" width="{width}" height="{height}" fill="#a98f74"/>'
        f'<rect y="{skirting - 7:.1f}" width="{width}" height="7" fill="#f1f1ec"/>'
        + _treadmill(camera, belt_travel_m)
        + "</svg>"
    )


def _treadmill(camera: Camera, belt_travel_m: float) -> str:
    frame = _box(camera, DECK_HALF_LENGTH_M, DECK_HALF_WIDTH_M, FLOOR_M, -0.012, "#3d434a")
    belt = _slab(camera, DECK_HALF_LENGTH_M, BELT_HALF_WIDTH_M, "#23272c")
    offset = -(belt_travel_m % STRIPE_EVERY_M)
    starts = np.arange(-DECK_HALF_LENGTH_M, DECK_HALF_LENGTH_M, STRIPE_EVERY_M)
    stripes = "".join(
        _stripe(camera, x) for x in starts + STRIPE_EVERY_M + offset if abs(x) < DECK_HALF_LENGTH_M
    )
    return frame + belt + stripes


def _box(camera: Camera, half_x: float, half_z: float, low: float, high: float, fill: str) -> str:
    """A box's silhouette: its faces drawn over one another in one colour."""
    x, z = half_x, half_z
    ring = np.array([[-x, 0, -z], [x, 0, -z], [x, 0, z], [-x, 0, z]])
    bottom, top = ring + np.array([0, low, 0]), ring + np.array([0, high, 0])
    faces: list[Array] = [bottom, top]
    faces += [np.array([bottom[i - 1], bottom[i], top[i], top[i - 1]]) for i in range(4)]
    return "".join(_polygon(camera, face, fill) for face in faces)


def _slab(camera: Camera, half_x: float, half_z: float, fill: str) -> str:
    x, z = half_x, half_z
    return _polygon(camera, np.array([[-x, 0, -z], [x, 0, -z], [x, 0, z], [-x, 0, z]]), fill)


def _stripe(camera: Camera, x: float) -> str:
    z = BELT_HALF_WIDTH_M
    ends = np.array([[x, 0, -z], [x + 0.05, 0, -z], [x + 0.05, 0, z], [x, 0, z]])
    return _polygon(camera, ends, "#39404a")


def _polygon(camera: Camera, corners_m: Array, fill: str) -> str:
    pixels, _ = camera.project(corners_m)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in pixels)
    return f'<polygon points="{points}" fill="{fill}"/>'
