"""Charts as SVG: curves over the gait cycle, left against right, measured beside true.

Drawn with Altair and turned into SVG by vl-convert, offline and in this process. Colours are the
page's light theme; the page's style sheet maps them to its dark theme, so each colour here stands
in `report.css` too. Text is drawn as text, in the page's own fonts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hipwise.gait.gait import CycleCurve
from hipwise.measurement import Side

if TYPE_CHECKING:
    import altair as alt

LEFT, RIGHT = "#c9302c", "#1f63c8"
INK, FAINT, GRID, BAND, EDGE = "#20262d", "#69727d", "#e4e6e9", "#dcdfe3", "#8d96a0"
_COLOUR = {Side.LEFT: LEFT, Side.RIGHT: RIGHT}
_DASH = {Side.LEFT: [1, 0], Side.RIGHT: [6, 3]}
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
_WIDTH = 320


@dataclass(frozen=True)
class NormBand:
    """Other runners' mean and SD (deg) at each percent of the gait cycle (101,), with a label."""

    mean: NDArray[np.float64]
    sd: NDArray[np.float64]
    label: str


@dataclass(frozen=True)
class SidePair:
    """One sided metric as a row of a chart: both values, their error, and a name with its unit."""

    name: str
    left: float
    right: float
    error: float | None


@dataclass(frozen=True)
class TruthPoint:
    """One row of the measured-beside-true chart, as a share of the allowed error."""

    name: str
    deviation_in_errors: float
    within: bool


def cycle_chart(
    curves: Sequence[CycleCurve], unit_title: str, band: NormBand | None = None
) -> str:
    """Draw one angle of both sides over the gait cycle, mean ± 1 SD over strides, as SVG.

    Left is red and solid, right blue and dashed; a thin upright line marks each side's toe-off.
    `band` is drawn behind in grey: other runners' mean ± 1 SD.
    """
    import altair as alt

    layers: list[alt.Chart] = []
    if band is not None:
        layers.append(_band(band.mean, band.sd, BAND, 1.0))
    layers += [_band(c.mean, c.sd, _COLOUR[c.side], 0.16) for c in curves]
    layers += [_toe_off(c) for c in curves]
    layers += [_mean_line(c, unit_title) for c in curves]
    chart = alt.layer(*layers).properties(width=_WIDTH, height=190)
    return _svg(chart)


def _cycle_x() -> alt.X:
    import altair as alt

    axis = alt.Axis(values=[0, 25, 50, 75, 100], labelExpr="datum.value + ' %'", title=None)
    return alt.X("percent:Q", axis=axis, scale=alt.Scale(domain=[0, 100], nice=False))


def _band(
    mean: NDArray[np.float64], sd: NDArray[np.float64], colour: str, opacity: float
) -> alt.Chart:
    import altair as alt

    rows = [
        {"percent": p, "low": round(float(m - s), 2), "high": round(float(m + s), 2)}
        for p, (m, s) in enumerate(zip(mean, sd, strict=True))
        if np.isfinite(m) and np.isfinite(s)
    ]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_area(color=colour, opacity=opacity)
        .encode(x=_cycle_x(), y=alt.Y("low:Q"), y2="high:Q")
    )


def _mean_line(curve: CycleCurve, unit_title: str) -> alt.Chart:
    import altair as alt

    rows = [
        {"percent": p, "deg": round(float(m), 2)}
        for p, m in enumerate(curve.mean)
        if np.isfinite(m)
    ]
    y = alt.Y("deg:Q", scale=alt.Scale(zero=False), axis=alt.Axis(title=unit_title))
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_line(color=_COLOUR[curve.side], strokeWidth=2.2, strokeDash=_DASH[curve.side])
        .encode(x=_cycle_x(), y=y)
    )


def _toe_off(curve: CycleCurve) -> alt.Chart:
    import altair as alt

    rows = [{"percent": round(curve.toe_off_percent, 1)}]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_rule(
            color=_COLOUR[curve.side], strokeWidth=1.2, strokeDash=_DASH[curve.side], opacity=0.75
        )
        .encode(x=_cycle_x())
    )


def dumbbell_chart(rows: Sequence[SidePair], unit_title: str) -> str:
    """Draw left (red disc) against right (blue ring) of metrics of one unit, as SVG.

    The grey bar around each value is ± its error; where no error is known there is no bar.
    """
    import altair as alt

    values = [
        {"name": row.name, "value": value, "side": side.value, "error": row.error or 0.0}
        for row in rows
        for side, value in ((Side.LEFT, row.left), (Side.RIGHT, row.right))
    ]
    for row in values:
        row["low"], row["high"] = row["value"] - row["error"], row["value"] + row["error"]
    names = [row.name for row in rows]
    y = alt.Y("name:N", sort=names, axis=alt.Axis(title=None, labelLimit=190, domain=False))
    x = alt.X("value:Q", axis=alt.Axis(title=unit_title, tickCount=5), scale=alt.Scale(zero=False))
    offset = alt.YOffset("side:N", sort=["left", "right"])
    base = alt.Chart(alt.Data(values=values))
    bars = base.mark_rule(strokeWidth=2).encode(
        y=y, x=alt.X("low:Q"), x2="high:Q", yOffset=offset, color=_side_colour(), opacity=alt.value(0.4)
    )
    discs = base.mark_point(size=64, filled=True, opacity=1).encode(
        y=y, x=x, yOffset=offset, color=_side_colour(), shape=_side_shape()
    )
    return _svg(alt.layer(bars, discs).properties(width=_WIDTH - 140, height=alt.Step(14)))


def _side_colour() -> alt.Color:
    import altair as alt

    return alt.Color(
        "side:N", legend=None, scale=alt.Scale(domain=["left", "right"], range=[LEFT, RIGHT])
    )


def _side_shape() -> alt.Shape:
    import altair as alt

    shapes = alt.Scale(domain=["left", "right"], range=["circle", "diamond"])
    return alt.Shape("side:N", legend=None, scale=shapes)


def truth_chart(points: Sequence[TruthPoint]) -> str:
    """Draw each metric's deviation from the truth as a multiple of its stated error, as SVG.

    The grey field is ± 1 error: a disc inside keeps the promise the report makes.
    """
    import altair as alt

    values = [
        {"name": p.name, "deviation": round(float(np.clip(p.deviation_in_errors, -3, 3)), 3)}
        for p in points
    ]
    names = [p.name for p in points]
    reach = max(1.5, *(abs(float(v["deviation"])) * 1.1 for v in values))
    x = alt.X(
        "deviation:Q",
        scale=alt.Scale(domain=[-reach, reach], nice=False),
        axis=alt.Axis(title="measured − true, in stated errors", tickCount=5),
    )
    y = alt.Y("name:N", sort=names, axis=alt.Axis(title=None, labelLimit=230, domain=False))
    field = alt.Chart(alt.Data(values=[{"low": -1, "high": 1}])).mark_rect(color=BAND)
    zero = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=EDGE)
    discs = (
        alt.Chart(alt.Data(values=values))
        .mark_point(size=56, filled=True, opacity=1, color=INK)
        .encode(x=x, y=y)
    )
    layers = alt.layer(
        field.encode(x=alt.X("low:Q"), x2="high:Q"), zero.encode(x=alt.X("zero:Q")), discs
    )
    return _svg(layers.properties(width=_WIDTH - 130, height=alt.Step(18)))


def _svg(chart: alt.LayerChart) -> str:
    """Turn a chart into an SVG that scales with its box and takes part in the page's theme."""
    import vl_convert

    themed = (
        chart.configure(background="transparent", font=_FONT, padding=2)
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=11,
            titleFontSize=11,
            titleFontWeight="normal",
            labelColor=FAINT,
            titleColor=FAINT,
            gridColor=GRID,
            domainColor=EDGE,
            tickColor=EDGE,
        )
    )
    spec: dict[str, Any] = themed.to_dict(validate=False)
    return _scalable(vl_convert.vegalite_to_svg(spec))


def _scalable(svg: str) -> str:
    """Drop the fixed size, keep the view box, and hide the drawing from screen readers.

    The page gives each chart a caption and its numbers in a table, which read better than marks.
    """
    head, mark, rest = svg.partition(">")
    head = re.sub(r' (width|height|version|xmlns:xlink)="[^"]*"', "", head)
    rest = re.sub(r' (aria-[a-z]+|role)="[^"]*"', "", rest)
    return f'{head} aria-hidden="true" focusable="false"{mark}{rest}'
