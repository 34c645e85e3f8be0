"""Pictures to pixels.

Frames of a film are drawn from the painting itself with Pillow, at twice the size and averaged
down: the same picture as the SVG, in a fraction of the time that parsing and filling the SVG's
thousands of outlines takes.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hipwise.body.painting import SHADOW_OPACITY, Painting
from hipwise.errors import UsageError

if TYPE_CHECKING:
    from PIL import Image

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
    figure, corner = _figure(painting)
    behind.paste(figure, corner, figure)
    return np.asarray(behind)


def rgba_of(painting: Painting) -> Pixels:
    """Return a painting as (H, W, 4) on a transparent ground."""
    from PIL import Image

    whole = Image.new("RGBA", (painting.width_px, painting.height_px), (0, 0, 0, 0))
    whole.paste(*_figure(painting))
    return np.asarray(whole)


def _figure(painting: Painting) -> tuple[Image.Image, tuple[int, int]]:
    """Draw the part of the picture that holds anything; return it and its upper left corner."""
    from PIL import Image, ImageDraw

    corner, size = _extent(painting)
    large = (size[0] * _OVERSAMPLING, size[1] * _OVERSAMPLING)
    canvas = Image.new("RGBA", large, (0, 0, 0, 0))
    polygon = ImageDraw.Draw(canvas).polygon
    for index, ring in enumerate(painting.shadow):
        darkness = round(255 * (1 - (1 - SHADOW_OPACITY) ** (index + 1)))
        for disc in _outlines(ring, corner):
            polygon(disc, fill=(0, 0, 0, darkness))
    colours = map(tuple, painting.colours.tolist())
    for quad, colour in zip(_outlines(painting.polygons_px, corner), colours, strict=True):
        polygon(quad, fill=colour)
    # Black shadow and full colours are already multiplied by their opacity, as averaging needs.
    multiplied = Image.frombytes("RGBa", large, canvas.tobytes())
    return multiplied.reduce(_OVERSAMPLING).convert("RGBA"), corner


def _extent(painting: Painting) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the upper left corner and the size (at least 1 by 1) of what is painted."""
    groups = [g.reshape(-1, 2) for g in (painting.polygons_px, *painting.shadow) if g.size]
    points = np.concatenate(groups) if groups else np.zeros((1, 2))
    last = np.array([painting.width_px, painting.height_px])
    low = np.clip(np.floor(points.min(axis=0)) - 1, 0, last - 1).astype(int)
    high = np.clip(np.ceil(points.max(axis=0)) + 1, low + 1, last).astype(int)
    return (int(low[0]), int(low[1])), (int(high[0] - low[0]), int(high[1] - low[1]))


def _outlines(polygons_px: NDArray[np.float64], corner: tuple[int, int]) -> list[list[int]]:
    # A pixel's middle lies half a pixel from its corner, where drawing coordinates count from.
    large = np.rint((polygons_px - corner) * _OVERSAMPLING - 0.5).astype(np.int64)
    outlines: list[list[int]] = large.reshape(len(large), -1).tolist()
    return outlines
