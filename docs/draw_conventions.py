"""Draw the pictures of `conventions.md` and write its table of angles.

Run with `uv run python docs/draw_conventions.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from hipwise.body.angles import ANGLES
from hipwise.body.camera import Camera
from hipwise.body.figure import group
from hipwise.body.ground import grounded
from hipwise.body.kinematics import Skeleton, forward
from hipwise.body.painting import paint
from hipwise.body.proportions import Body
from hipwise.body.raster import pixels_of
from hipwise.body.shape import COARSE

PAGE = Path(__file__).parent / "conventions.md"
IMAGES = Path(__file__).parent / "images"
BODY = Body.of(1.75, 66.0)
_INK, _ACCENT, _PAPER = "#27323f", "#c2410c", "#eef1f3"

RUNNING = {
    **{"pelvic_anterior_tilt": 14.0, "lumbar_flexion": -4.0, "hip_flexion_left": 52.0},
    **{"knee_flexion_left": 75.0, "hip_flexion_right": 2.0, "knee_flexion_right": 16.0},
    **{"ankle_dorsiflexion_right": -16.0, "toe_extension_right": 25.0},
    **{"shoulder_flexion_right": 25.0, "elbow_flexion_right": 95.0, "elbow_flexion_left": 90.0},
    **{"shoulder_flexion_left": -45.0, "shoulder_abduction_left": 12.0},
    **{"shoulder_abduction_right": 10.0, "shoulder_internal_rotation_right": 20.0},
}
DROPPED = {
    **{"pelvic_right_drop": 9.0, "hip_adduction_left": 11.0, "lumbar_right_bend": -11.0},
    **{"hip_adduction_right": -7.0, "hip_flexion_right": 10.0, "knee_flexion_right": 78.0},
    **{"knee_flexion_left": 22.0, "hip_flexion_left": 12.0, "ankle_dorsiflexion_left": 8.0},
    **{"elbow_flexion_left": 80.0, "elbow_flexion_right": 80.0, "shoulder_abduction_left": 18.0},
    **{"shoulder_abduction_right": 18.0},
}
SIGNS: tuple[tuple[str, Mapping[str, float], float], ...] = (
    ("hip flexion +", {"hip_flexion_left": 60.0, "knee_flexion_left": 60.0}, 90.0),
    ("hip flexion −", {"hip_flexion_left": -20.0, "knee_flexion_left": 30.0}, 90.0),
    ("hip adduction +", {"hip_adduction_left": 22.0, "hip_flexion_left": 15.0}, 0.0),
    ("hip adduction −", {"hip_adduction_left": -35.0}, 0.0),
    (
        "internal rotation +",
        {"hip_internal_rotation_left": 35.0, "knee_flexion_left": 85.0, "hip_flexion_left": 5.0},
        180.0,
    ),
    (
        "internal rotation −",
        {"hip_internal_rotation_left": -35.0, "knee_flexion_left": 85.0, "hip_flexion_left": 5.0},
        180.0,
    ),
)


def table() -> str:
    """Return the table of all angles as Markdown, from the vocabulary itself."""
    head = "| angle | positive when | sides | joint |\n| --- | --- | --- | --- |\n"
    return head + "".join(
        f"| `{angle.name}` | {angle.positive} | "
        f"{'`_left`, `_right`' if angle.sided else 'whole body'} | {angle.joint} |\n"
        for angle in ANGLES
    )


def axes_picture() -> str:
    """Return the zero posture with the three axes."""
    body = forward(BODY, {})
    camera = Camera(-35.0, 14.0, distance_m=4.0, width_px=420, height_px=400)
    camera = camera.fitted(np.append(body.points[0], [[1.0, 0, 0.2], [0, 0, 1.0]], 0), 1.75)
    start = np.array([0.0, 0.01, 0.42])
    arrows = ""
    for name, step in (("X forward", [0.6, 0, 0]), ("Y up", [0, 0.6, 0]), ("Z right", [0, 0, 0.6])):
        arrows += _arrow(camera, start, start + step, name)
    return _svg(camera, [_figure(body, camera), arrows])


def hip_picture() -> str:
    """Return a runner from the left with the two ways of measuring the hip."""
    body = grounded(forward(BODY, RUNNING))
    camera = Camera(90.0, 0.0, distance_m=5.0, width_px=420, height_px=400)
    camera = camera.fitted(body.points, 1.75)
    hip, knee = body.point("hip_left")[0], body.point("knee_left")[0]
    pelvis_down = hip - 0.55 * body.rotations["pelvis"][0][:, 1]
    lines = [
        _line(camera, hip, np.add(hip, [0, -0.55, 0]), _INK, "5 4"),
        _line(camera, hip, pelvis_down, _ACCENT, "5 4"),
        _line(camera, hip, knee, _INK, ""),
        _text(camera, np.add(hip, [0.03, -0.55, 0]), "vertical", _INK, "end"),
        _text(camera, np.add(pelvis_down, [-0.06, -0.02, 0]), "pelvis", _ACCENT, "start"),
        _text(camera, np.add(knee, [0.05, 0.09, 0]), "thigh", _INK, "end"),
    ]
    return _svg(camera, [_figure(body, camera), *lines])


def drop_picture() -> str:
    """Return a runner from behind, standing on the left leg, with the right hip low."""
    body = grounded(forward(BODY, DROPPED))
    camera = Camera(180.0, 0.0, distance_m=5.0, width_px=420, height_px=400)
    camera = camera.fitted(body.points, 1.75)
    left, right = body.point("hip_left")[0], body.point("hip_right")[0]
    middle, half = (left + right) / 2, (right - left) * 2.6
    level = np.array([0.0, 0.0, np.linalg.norm(half)])
    lines = [
        _line(camera, middle - level, middle + level, _INK, "5 4"),
        _line(camera, middle - half, middle + half, _ACCENT, ""),
        _text(camera, middle + level + [0, 0.05, 0.02], "level", _INK, "start"),
        _text(camera, middle + half + [0, -0.06, 0.02], "right drop +", _ACCENT, "start"),
        _text(camera, middle - level + [0, 0.05, -0.05], "left", _INK, "end"),
    ]
    return _svg(camera, [_figure(body, camera), *lines])


def signs_picture() -> Image.Image:
    """Return the hip's three angles in both directions."""
    width, height = 340, 500
    sheet = Image.new("RGB", (len(SIGNS) * width, height + 50), _PAPER)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=30)
    for index, (name, angles, azimuth_deg) in enumerate(SIGNS):
        camera = Camera(azimuth_deg, 4.0, distance_m=5.0, width_px=width, height_px=height)
        camera = camera.fitted(forward(BODY, {}).points, 1.75)
        painting = paint(forward(BODY, angles), camera, glow={"hip_left": 0.9}, shadow=True)
        sheet.paste(Image.fromarray(pixels_of(painting, _PAPER)), (index * width, 0))
        middle = (index * width + width / 2, height + 20)
        pen.text(middle, name, fill=_INK, font=font, anchor="mm")
    return sheet


PICTURES = {
    "axes": axes_picture,
    "hip_angles": hip_picture,
    "pelvic_drop": drop_picture,
}


def _figure(body: Skeleton, camera: Camera) -> str:
    return group(paint(body, camera, detail=COARSE, shadow=True))


def _svg(camera: Camera, parts: list[str]) -> str:
    return _document(camera.width_px, camera.height_px, "".join(parts))


def _document(width: int, height: int, inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif">'
        f'<rect width="{width}" height="{height}" rx="8" fill="{_PAPER}"/>{inside}</svg>\n'
    )


def _pixel(camera: Camera, point: NDArray[np.float64]) -> tuple[float, float]:
    x, y = camera.project(point)[0]
    return round(float(x), 1), round(float(y), 1)


def _line(
    camera: Camera,
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    colour: str,
    dashes: str,
) -> str:
    (x1, y1), (x2, y2) = _pixel(camera, start), _pixel(camera, end)
    places = f'x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke-dasharray="{dashes}"'
    return "".join(
        f'<line {places} stroke="{stroke}" stroke-width="{width}" stroke-linecap="round"/>'
        for stroke, width in (("#ffffff", 5), (colour, 2.5))
    )


def _arrow(camera: Camera, start: NDArray[np.float64], end: NDArray[np.float64], name: str) -> str:
    tail, tip = np.array(_pixel(camera, start)), np.array(_pixel(camera, end))
    along = (tip - tail) / np.linalg.norm(tip - tail)
    across = np.array([-along[1], along[0]])
    head = [tip + 4 * along, tip - 8 * along + 5 * across, tip - 8 * along - 5 * across]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in head)
    x, y = tip + 14 * along + [0, 5]
    anchor = "start" if along[0] > 0.3 else "end" if along[0] < -0.3 else "middle"
    return (
        _line(camera, start, end, _ACCENT, "")
        + f'<polygon points="{points}" fill="{_ACCENT}"/>'
        + f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="15" '
        f'fill="{_ACCENT}">{name}</text>'
    )


def _text(camera: Camera, point: NDArray[np.float64], words: str, colour: str, anchor: str) -> str:
    x, y = _pixel(camera, point)
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="15" fill="{colour}" '
        f'stroke="{_PAPER}" stroke-width="4" paint-order="stroke">{words}</text>'
    )


def main() -> None:
    """Write the pictures and the table."""
    IMAGES.mkdir(exist_ok=True)
    for name, picture in PICTURES.items():
        (IMAGES / f"{name}.svg").write_text(picture(), encoding="utf-8")
    signs_picture().quantize(256).save(IMAGES / "hip_signs.png", optimize=True)
    page = PAGE.read_text(encoding="utf-8")
    marked = re.compile(r"(<!-- angles -->\n).*?(<!-- end of angles -->)", re.DOTALL)
    PAGE.write_text(marked.sub(lambda m: m[1] + table() + m[2], page), encoding="utf-8")


if __name__ == "__main__":
    main()
