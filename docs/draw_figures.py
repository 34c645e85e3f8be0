"""Draw the key poses of every exercise and self-test: docs/images/exercises, docs/images/tests.

The exercises of one position share a picture, and so do the tests of one aspect. Run with
`uv run python docs/draw_figures.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from hipwise.body.camera import Camera
from hipwise.body.painting import paint
from hipwise.body.proportions import Body
from hipwise.body.props import with_props
from hipwise.body.raster import pixels_of
from hipwise.knowledge import load
from hipwise.knowledge.exercises import Position
from hipwise.knowledge.poses import FigurePoses
from hipwise.knowledge.protocols import Aspect

BODY = Body.of(1.75, 68.0)
IMAGES = Path(__file__).parent / "images"
NAME_PX, GAP_PX = 30, 12
_LYING, _KNEELING, _UPRIGHT = ((320, 210), 4), ((250, 240), 5), ((205, 280), 6)
_MIXED = ((235, 205), 6)
_LAYOUT = {
    Position.SEATED: ((186, 200), 7),
    Position.HALF_KNEELING: _KNEELING,
    Position.STANDING: _UPRIGHT,
    Position.WALKING: _UPRIGHT,
}
"""Pixels of one picture, and how many stand side by side."""
_INK, _PAPER = "#27323f", "#ffffff"


def view_of(poses: FigurePoses, width_px: int, height_px: int) -> Camera:
    """Return the camera of a figure, far enough away to see all of its key poses."""
    seen = poses.movement.key_poses(BODY).points.reshape(-1, 3)
    corners = [corner for prop in poses.props if prop.kind != "wall" for corner in prop.corners]
    camera = Camera(
        azimuth_deg=poses.camera.azimuth_deg,
        elevation_deg=poses.camera.elevation_deg,
        width_px=width_px,
        height_px=height_px,
    )
    everything = np.concatenate([seen, np.reshape(corners, (-1, 3))])
    return camera.fitted(everything, BODY.height_m, margin=0.02)


def pictures(poses: FigurePoses, width_px: int, height_px: int) -> list[Image.Image]:
    """Return one picture for each key pose of a figure; one taken again is drawn once."""
    camera = view_of(poses, width_px, height_px)
    drawn: dict[tuple[tuple[str, float], ...], Image.Image] = {}
    for frame, instant in zip(poses.frames, poses.movement.key_poses(BODY), strict=True):
        painting = paint(instant, camera, shadow=True)
        painting = with_props(painting, instant, camera, poses.blocks, poses.straps)
        pose = tuple(sorted(frame.angles.items()))
        drawn.setdefault(pose, Image.fromarray(pixels_of(painting, _PAPER)))
    return list(drawn.values())


def sheet(series: Sequence[tuple[str, Sequence[Image.Image]]], across: int) -> Image.Image:
    """Return series of (name, pictures) as one picture, in lines of at most `across` pictures."""
    places, line, used = [], 0, 0
    for _, tiles in series:
        if used and used + len(tiles) > across:
            line, used = line + 1, 0
        places.append((line, used))
        used += len(tiles)
    wide_px, tall_px = series[0][1][0].size
    step_px = wide_px + GAP_PX
    line_px = NAME_PX + tall_px + GAP_PX
    page = Image.new("RGB", (across * step_px - GAP_PX, (line + 1) * line_px - GAP_PX), _PAPER)
    font = ImageFont.load_default(size=18)
    for (name, tiles), (line, start) in zip(series, places, strict=True):
        at = (start * step_px + 8, line * line_px + 6)
        ImageDraw.Draw(page).text(at, name, fill=_INK, font=font)
        for step, tile in enumerate(tiles):
            page.paste(tile, ((start + step) * step_px, line * line_px + NAME_PX))
    return page


def draw(file: Path, named: Mapping[str, FigurePoses], size: tuple[int, int], across: int) -> None:
    """Write a WebP of named figures, each picture of `size` pixels; of none, write nothing."""
    series = [(name, pictures(poses, *size)) for name, poses in named.items()]
    if series:
        counts = [len(tiles) for _, tiles in series]
        file.parent.mkdir(parents=True, exist_ok=True)
        page = sheet(series, max(min(across, sum(counts)), *counts))
        page.save(file, quality=82, method=6)


def draw_exercises(folder: Path) -> None:
    """Write a WebP for each position."""
    library = load()
    for position in Position:
        named = {
            exercise.name: library.exercise_poses[exercise.id]
            for exercise in library.exercises.values()
            if exercise.position is position
        }
        draw(folder / f"{position}.webp", named, *_LAYOUT.get(position, _LYING))


def draw_tests(folder: Path) -> None:
    """Write a WebP for each aspect."""
    library = load()
    for aspect in Aspect:
        named = {
            protocol.name: library.test_poses[protocol.id]
            for protocol in library.protocols.values()
            if protocol.aspect is aspect and protocol.id in library.test_poses
        }
        draw(folder / f"{aspect}.webp", named, *_MIXED)


if __name__ == "__main__":
    draw_exercises(IMAGES / "exercises")
    draw_tests(IMAGES / "tests")
