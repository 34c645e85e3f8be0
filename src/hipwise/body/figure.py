"""One instant of a body as an SVG picture of a clothed, shaded person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from hipwise.body.camera import Array, Camera
from hipwise.body.kinematics import Skeleton
from hipwise.body.painting import SHADOW_OPACITY, Appearance, Painting, paint
from hipwise.body.shape import FINE, Detail

_SEAM_PX = 0.6  # quads grow by this much, or the background shines through between them


def draw(
    skeleton: Skeleton,
    camera: Camera,
    appearance: Appearance | None = None,
    *,
    detail: Detail = FINE,
    glow: Mapping[str, float] | None = None,
    shadow: bool = False,
    backdrop: str = "",
) -> str:
    """Draw one instant as a complete `<svg>` element; arguments as in `painting.paint`.

    `backdrop` is SVG markup, in pixels, that goes behind the figure. `detail=COARSE` gives a
    picture of a third of the size for a page with many.
    """
    painting = paint(skeleton, camera, appearance, detail=detail, glow=glow, shadow=shadow)
    width, height = painting.width_px, painting.height_px
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">{backdrop}{group(painting)}</svg>'
    )


def group(painting: Painting) -> str:
    """Return the painting as one `<g>` element, to be placed inside any SVG of pixels."""
    # Tenths of a pixel as whole numbers keep the text short.
    return f'<g transform="scale(.1)">{"".join([*_shadow(painting), *_body(painting)])}</g>'


def _shadow(painting: Painting) -> Iterator[str]:
    for ring in painting.shadow:
        path = "".join(_outlines(ring))
        yield f'<path fill="#000" fill-opacity="{SHADOW_OPACITY}" d="{path}"/>'


def _body(painting: Painting) -> Iterator[str]:
    red, green, blue = painting.colours.astype(np.int64).T
    codes = (red << 16 | green << 8 | blue).tolist()
    outlines = _outlines(_grown(painting.polygons_px))
    start = 0
    for end in range(1, len(codes) + 1):
        if end == len(codes) or codes[end] != codes[start]:
            yield f'<path fill="#{codes[start]:06x}" d="{"".join(outlines[start:end])}"/>'
            start = end


def _grown(polygons: Array) -> Array:
    middle = polygons.mean(axis=1, keepdims=True)
    arm = polygons - middle
    length = np.linalg.norm(arm, axis=2, keepdims=True)
    grown: Array = middle + arm * (1 + _SEAM_PX / np.maximum(length, _SEAM_PX))
    return grown


def _outlines(polygons: Array) -> list[str]:
    """Return one closed path for each polygon (N, S, 2), in relative tenths of a pixel."""
    tenths = np.rint(polygons * 10).astype(np.int64)
    steps = np.concatenate([tenths[:, :1], np.diff(tenths, axis=1)], axis=1)
    flat = steps.reshape(len(steps), -1).tolist()
    return [f"M{row[0]} {row[1]}l{' '.join(map(str, row[2:]))}z" for row in flat]
