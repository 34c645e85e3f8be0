"""Key frames: the video's own pictures at foot strike, mid-stance and toe-off of each side."""

from __future__ import annotations

import io
from base64 import b64encode
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipwise.gait.gait import Stride
from hipwise.measurement import Side
from hipwise.recording.video import Frame
from hipwise.reporting.analysis import ViewAnalysis

_HEIGHT_PX = 420
_MARGIN = 0.1
"""Room left around the runner, as a share of the runner's height in the picture."""
_TIMED = ("foot strike", "mid-stance", "toe-off")
_ROUGH = ("early stance", "mid-stance", "late stance")


@dataclass(frozen=True)
class Moment:
    """One instant worth a picture."""

    side: Side
    name: str
    time_s: float


@dataclass(frozen=True)
class KeyPicture:
    """One key frame, cropped to the runner: a data URI with its size in pixels."""

    moment: Moment
    uri: str
    width: int
    height: int


def moments_of(view: ViewAnalysis) -> tuple[Moment, ...]:
    """Return foot strike, mid-stance and toe-off of one ordinary stride of each side.

    From behind, where contact cannot be timed, they are early, middle and late stance.
    """
    names = _TIMED if view.contact_is_timed else _ROUGH
    moments: list[Moment] = []
    for side in Side:
        stride = _ordinary_stride(view.gait.strides_of(side))
        if stride is not None:
            middle_s = (stride.strike_s + stride.toe_off_s) / 2
            times = (stride.strike_s, middle_s, stride.toe_off_s)
            moments += [Moment(side, *each) for each in zip(names, times, strict=True)]
    return tuple(moments)


def _ordinary_stride(strides: tuple[Stride, ...]) -> Stride | None:
    """Return the stride closest to the side's median stride and contact time; None if none."""
    if not strides:
        return None
    stride_s = np.array([s.duration_s for s in strides])
    contact_s = np.array([s.contact_s for s in strides])
    far = np.abs(stride_s - np.median(stride_s)) + np.abs(contact_s - np.median(contact_s))
    return strides[int(np.argmin(far))]


class KeyFrames:
    """Picks the frame nearest to each moment from a stream of frames shown once."""

    def __init__(self, view: ViewAnalysis) -> None:
        self._track = view.track
        times = view.track.time_s
        self._wanted = [(int(np.argmin(np.abs(times - m.time_s))), m) for m in moments_of(view)]
        self._size_px = self._crop_size()
        self._taken: dict[Moment, KeyPicture] = {}

    def offer(self, frame: Frame) -> None:
        """Keep a cropped copy of `frame` if it is one of the wanted ones."""
        for index, moment in self._wanted:
            close = abs(self._track.time_s[index] - frame.time_s) < 1e-3
            if close and moment not in self._taken:
                self._taken[moment] = _picture(moment, self._crop(frame.rgb, index))

    @property
    def pictures(self) -> tuple[KeyPicture, ...]:
        """The pictures found so far, in the order of `moments_of`."""
        return tuple(self._taken[m] for _, m in self._wanted if m in self._taken)

    def _crop_size(self) -> tuple[int, int]:
        """Return one crop size (width, height) that holds the runner at every wanted moment."""
        extents = [
            np.ptp(points, axis=0) for i, _ in self._wanted if len(points := self._points(i))
        ]
        if not extents:
            return self._track.width_px, self._track.height_px
        width, height = np.max(extents, axis=0)
        margin = 2 * _MARGIN * height
        # The topmost keypoints are the eyes: half a head more is above them.
        height = min(height * 1.08 + margin, self._track.height_px)
        width = min(max(width + margin, height * 0.5), self._track.width_px)
        return int(width), int(height)

    def _points(self, index: int) -> NDArray[np.float32]:
        points = self._track.xy_px[index]
        known: NDArray[np.float32] = points[np.isfinite(points).all(axis=1)]
        return known

    def _crop(self, rgb: NDArray[np.uint8], index: int) -> NDArray[np.uint8]:
        width, height = self._size_px
        points = self._points(index)
        if not len(points):
            return rgb
        centre = (points.min(axis=0) + points.max(axis=0)) / 2
        left = int(np.clip(centre[0] - width / 2, 0, rgb.shape[1] - width))
        top = int(np.clip(centre[1] - height * 0.52, 0, rgb.shape[0] - height))
        return rgb[top : top + height, left : left + width]


def _picture(moment: Moment, rgb: NDArray[np.uint8]) -> KeyPicture:
    from PIL import Image

    image = Image.fromarray(rgb)
    if image.height > _HEIGHT_PX:
        width = round(image.width * _HEIGHT_PX / image.height)
        image = image.resize((width, _HEIGHT_PX), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=82, method=4)
    uri = f"data:image/webp;base64,{b64encode(buffer.getvalue()).decode('ascii')}"
    return KeyPicture(moment, uri, image.width, image.height)
