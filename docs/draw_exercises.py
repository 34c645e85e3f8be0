"""Draw the key poses of every exercise as one picture for each position: docs/images/exercises.

Run with `uv run python docs/draw_exercises.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from hipwise.knowledge.poses import ExercisePoses

BODY = Body.of(1.75, 68.0)
FOLDER = Path(__file__).parent / "images" / "exercises"
NAME_PX, GAP_PX = 30, 12
_LOW, _TALL = (330, 210), (210, 280)
_INK, _PAPER = "#27323f", "#ffffff"


def view_of(poses: ExercisePoses, width_px: int, height_px: int) -> Camera:
    """Return the camera of an exercise, far enough away to see all of its key poses."""
    seen = poses.movement.key_poses(BODY).points.reshape(-1, 3)
    corners = [c for p in poses.props if p.kind != "wall" for c in (p.low_m, p.high_m)]
    camera = Camera(
        azimuth_deg=poses.camera.azimuth_deg,
        elevation_deg=poses.camera.elevation_deg,
        width_px=width_px,
        height_px=height_px,
    )
    everything = np.concatenate([seen, np.reshape(corners, (-1, 3))])
    return camera.fitted(everything, BODY.height_m, margin=0.02)


def pictures(poses: ExercisePoses, width_px: int, height_px: int) -> list[Image.Image]:
    """Return one picture for each key pose of an exercise."""
    camera = view_of(poses, width_px, height_px)
    drawn = []
    for instant in poses.movement.key_poses(BODY):
        painting = paint(instant, camera, shadow=True)
        painting = with_props(painting, instant, camera, poses.blocks, poses.straps)
        drawn.append(Image.fromarray(pixels_of(painting, _PAPER)))
    return drawn


def sheet(rows: Sequence[tuple[str, Sequence[Image.Image]]], columns: int) -> Image.Image:
    """Return rows of (name, pictures) as one picture, filled into columns from the top."""
    tile_px = rows[0][1][0].size
    column_px = max(len(tiles) for _, tiles in rows) * tile_px[0] + GAP_PX
    row_px = NAME_PX + tile_px[1] + GAP_PX
    deep = -(-len(rows) // columns)
    page = Image.new("RGB", (columns * column_px, deep * row_px), _PAPER)
    font = ImageFont.load_default(size=18)
    for place, (name, tiles) in enumerate(rows):
        left, top = place // deep * column_px, place % deep * row_px
        ImageDraw.Draw(page).text((left + 8, top + 6), name, fill=_INK, font=font)
        for step, tile in enumerate(tiles):
            page.paste(tile, (left + step * tile_px[0], top + NAME_PX))
    return page


def main() -> None:
    """Write a WebP for each position."""
    library = load()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for position in Position:
        size = _TALL if position in {Position.STANDING, Position.WALKING} else _LOW
        rows = [
            (exercise.name, pictures(poses, *size))
            for exercise in library.exercises.values()
            if exercise.position is position and (poses := library.poses_of(exercise.id))
        ]
        columns = 2 if max(len(tiles) for _, tiles in rows) <= 2 < len(rows) else 1
        sheet(rows, columns).save(FOLDER / f"{position}.webp", quality=82, method=6)


if __name__ == "__main__":
    main()
