"""The angles of a whole film as one long strip that a page moves along with the film."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hipwise.errors import UnreadableFile
from hipwise.measurement import Side
from hipwise.reporting.sections.curves import SHOWN

PX_PER_S = 120.0
LONGEST_PX = 30_000.0
LANE_PX, GAP_PX = 84.0, 14.0
MOST_LANES = 3
FIRST_SHOWN = ("thigh_flexion", "knee_flexion", "trunk_forward_lean", "trunk_right_lean")
"""The angles that the strip prefers (all chosen by us)."""


@dataclass(frozen=True)
class Line:
    """One curve of a lane: `side` is `left`, `right` or `middle`, `path` an SVG path."""

    side: str
    path: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Lane:
    """One angle: its title, the direction in which it grows, its range (deg) and its curves."""

    title: str
    positive: str
    top_px: float
    low: float
    high: float
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Strip:
    """The lanes over time; `strikes` are the pixels and sides of the foot strikes."""

    width_px: float
    height_px: float
    px_per_s: float
    lanes: tuple[Lane, ...]
    strikes: tuple[tuple[float, str], ...]
    time_s: tuple[float, ...]

    @property
    def values(self) -> dict[str, Any]:
        """Return what the page tells at the cursor: times, and every curve's values (deg)."""
        curves = [
            {"title": lane.title, "side": line.side, "values": line.values}
            for lane in self.lanes
            for line in lane.lines
        ]
        return {"px_per_s": self.px_per_s, "time_s": self.time_s, "curves": curves}


def strip_of(angles: Path, events: Iterable[Mapping[str, Any]]) -> Strip:
    """Draw the angles in an `angles.csv`; raises UnreadableFile where it is gone or damaged."""
    try:
        with angles.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        columns = {name: [_value(row[name]) for row in rows] for name in rows[0]}
        time_s = [float(row["time_s"]) for row in rows]
    except (OSError, ValueError, KeyError, IndexError):
        raise UnreadableFile(f"{angles} is gone or damaged: measure the film again.") from None
    px_per_s = min(PX_PER_S, LONGEST_PX / max(time_s[-1], 1.0))
    lanes = tuple(_lanes(columns, [t * px_per_s for t in time_s]))
    return Strip(
        width_px=round(time_s[-1] * px_per_s, 1),
        height_px=len(lanes) * (LANE_PX + GAP_PX),
        px_per_s=px_per_s,
        lanes=lanes,
        strikes=tuple(
            (round(event["time_s"] * px_per_s, 1), str(event["side"]))
            for event in events
            if event["kind"] == "foot_strike"
        ),
        time_s=tuple(time_s),
    )


def _value(cell: str) -> float | None:
    return float(cell) if cell else None


def _lanes(columns: Mapping[str, Sequence[float | None]], x_px: Sequence[float]) -> Iterable[Lane]:
    order = [*FIRST_SHOWN, *(angle for angle in SHOWN if angle not in FIRST_SHOWN)]
    drawn = [(angle, found) for angle in order if (found := _curves_of(angle, columns))]
    for place, (angle, curves) in enumerate(drawn[:MOST_LANES]):
        known = [v for values in curves.values() for v in values if v is not None]
        low, high = math.floor(min(known) / 10) * 10.0, math.ceil(max(known) / 10) * 10.0
        top, title, positive = place * (LANE_PX + GAP_PX) + GAP_PX, *SHOWN[angle]
        lines = tuple(
            Line(side, _path(values, x_px, low, max(high, low + 10), top), tuple(values))
            for side, values in curves.items()
        )
        yield Lane(title, positive, top, low, high, lines)


def _curves_of(
    angle: str, columns: Mapping[str, Sequence[float | None]]
) -> dict[str, Sequence[float | None]]:
    """Return the curves of an angle by side, without those in which nothing is known."""
    names = {"middle": f"{angle}_deg", **{side.value: f"{angle}_{side}_deg" for side in Side}}
    return {
        side: columns[name]
        for side, name in names.items()
        if any(value is not None for value in columns.get(name, ()))
    }


def _path(
    values: Sequence[float | None], x_px: Sequence[float], low: float, high: float, top: float
) -> str:
    """Return the curve as an SVG path that breaks where nothing is known."""
    parts, pen_down = [], False
    for x, value in zip(x_px, values, strict=True):
        if value is None:
            pen_down = False
            continue
        y = top + LANE_PX * (high - value) / (high - low)
        parts.append(f"{'L' if pen_down else 'M'}{x:.1f} {y:.1f}")
        pen_down = True
    return "".join(parts)
