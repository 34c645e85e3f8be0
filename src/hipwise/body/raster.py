"""Pictures to pixels.

Frames of a film are drawn from the painting itself with Pillow, at twice the size and averaged
down: the same picture as the SVG, in a fraction of the time that parsing and filling the SVG's
thousands of outlines takes.
"""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray

from hipwise.body.painting import SHADOW_OPACITY, Painting
from hipwise.errors import UsageError

Pixels = NDArray[np.uint8]

_OVERSAMPLING = 2


def pixels_of_svg(svg: str, background: str = "#ffffff") -> Pixels:
    """Return an SVG drawn by resvg as (H, W, 3); raise UsageError if it is not a valid SVG."""
    import resvg_py
    from PIL import Image

    try:
        png = resvg_py.svg_to_bytes(svg_string=svg, background=background, skip_system_fonts=True)
    except ValueError as error:
        raise UsageError(f"The picture cannot be drawn: {error}") from error
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def pixels_of(painting: Painting, backdrop: Pixels | str = "#ffffff") -> Pixels:
    """Return a painting as (H, W, 3) over a colour or over a picture of the same size.

    Raises UsageError if the picture's size differs.
    """
    from PIL import Image

    size = (painting.width_px, painting.height_px)
    if isinstance(backdrop, str):
        behind = Image.new("RGB", size, backdrop)
    elif backdrop.shape == (size[1], size[0], 3):
        behind = Image.fromarray(backdrop)
    else:
        raise UsageError(f"The backdrop must be {size[0]} by {size[1]} pixels, as the picture is.")
    figure = Image.fromarray(rgba_of(painting))
    behind.paste(figure, mask=figure)
    return np.asarray(behind)


def rgba_of(painting: Painting) -> Pixels:
    """Return a painting as (H, W, 4) on a transparent ground."""
    from PIL import Image, ImageDraw

    size = (painting.width_px * _OVERSAMPLING, painting.height_px * _OVERSAMPLING)
    canvas = Image.new("RGBA", size, (0, 0, 0, 0))
    polygon = ImageDraw.Draw(canvas).polygon
    for index, ring in enumerate(painting.shadow):
        darkness = round(255 * (1 - (1 - SHADOW_OPACITY) ** (index + 1)))
        for disc in _corners(ring):
            polygon(disc, fill=(0, 0, 0, darkness))
    colours = map(tuple, painting.colours.tolist())
    for corners, colour in zip(_corners(painting.polygons_px), colours, strict=True):
        polygon(corners, fill=colour)
    # Black shadow and full colours are already multiplied by their opacity, as averaging needs.
    multiplied = Image.frombytes("RGBa", size, canvas.tobytes())
    return np.asarray(multiplied.reduce(_OVERSAMPLING).convert("RGBA"))


def _corners(polygons_px: NDArray[np.float64]) -> list[list[int]]:
    # A pixel's middle lies half a pixel from its corner, where drawing coordinates count from.
    large = np.rint(polygons_px * _OVERSAMPLING - 0.5).astype(np.int64)
    corners: list[list[int]] = large.reshape(len(large), -1).tolist()
    return corners
