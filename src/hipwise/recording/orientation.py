"""How a phone was held: the display matrix of a video, applied to its frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from av import VideoFrame
    from av.sidedata.sidedata import SideData

DISPLAY_MATRIX = "DISPLAYMATRIX"


@dataclass(frozen=True)
class Orientation:
    """Where the stored picture's axes point on the screen, to the nearest quarter turn.

    `x_axis` is the direction on screen (x right, y down) of the stored picture's rows, `y_axis`
    that of its columns. Both are unit vectors along a screen axis, so the eight orientations of
    ISO 14496-12 and EXIF, mirrored ones included, are all there is.
    """

    x_axis: tuple[int, int] = (1, 0)
    y_axis: tuple[int, int] = (0, 1)

    @classmethod
    def of_matrix(cls, matrix: NDArray[np.int32]) -> Orientation:
        """Read a display matrix: nine integers, rows (a b u, c d v, x y w), ISO 14496-12, 6.2.2.

        The stored point (p, q) is shown at (a·p + c·q + x, b·p + d·q + y).
        """
        a, b, _, c, d = (int(value) for value in matrix[:5])
        if abs(a) + abs(d) >= abs(b) + abs(c):
            return cls((-1 if a < 0 else 1, 0), (0, -1 if d < 0 else 1))
        return cls((0, -1 if b < 0 else 1), (-1 if c < 0 else 1, 0))

    @classmethod
    def of_frame(cls, frame: VideoFrame) -> Orientation:
        """Read the display matrix a decoded frame carries; upright where it carries none."""
        side_data = cast("Mapping[str, SideData]", frame.side_data).get(DISPLAY_MATRIX)
        if side_data is None:
            return cls()
        return cls.of_matrix(np.frombuffer(bytes(side_data), dtype=np.int32))

    @property
    def swaps_sides(self) -> bool:
        """True where width and height change places."""
        return self.x_axis[0] == 0

    def apply(self, rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Turn a stored picture (H, W, 3) as it is to be shown; a view where nothing is copied."""
        if self.swaps_sides:
            shown = rgb.transpose(1, 0, 2)
            flip_x, flip_y = self.y_axis[0] < 0, self.x_axis[1] < 0
        else:
            shown = rgb
            flip_x, flip_y = self.x_axis[0] < 0, self.y_axis[1] < 0
        shown = shown[:: -1 if flip_y else 1, :: -1 if flip_x else 1]
        return np.ascontiguousarray(shown)
