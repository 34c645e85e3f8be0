"""Charts as SVG: curves over the gait cycle, left against right, measured beside true.

Drawn with Altair and turned into SVG by vl-convert, offline and in this process. Colours are the
page's light theme; the page's style sheet maps them to its dark theme, so each colour here stands
in `report.css` too. Text is drawn as text, in the page's own fonts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
_WIDTH = 300
_LEAST_SPAN_DEG = 30.0
"""A small movement stays small on the page: no curve's axis spans less (chosen by us)."""


@dataclass(frozen=True)
class NormBand:
    """Other runners' mean and SD (deg) at each percent of the gait cycle (101,).

    `shape_only` marks a similar quantity, of which only the mean is drawn, dotted.
    """

    mean: NDArray[np.float64]
    sd: NDArray[np.float64]
    shape_only: bool = False


@dataclass(frozen=True)
class SidePair:
    """One sided metric as a row of a chart: both values and their error, in the chart's unit.

    `left_text` and `right_text` are the values as the page writes them.
    """

    name: str
    left: float
    right: float
    error: float | None
    left_text: str
    right_text: str


@dataclass(frozen=True)
class Deviation:
    """A difference as a multiple of the error it is judged by; `side` gives it a colour."""

    name: str
    in_errors: float
    side: Side | None = None


def cycle_chart(
    curves: Sequence[CycleCurve], band: NormBand | None = None, *, toe_off: bool = True
) -> str:
    """Draw one angle of both sides over the gait cycle, mean ± 1 SD over strides, as SVG.

    Left is red and solid, right blue and dashed; a thin upright line marks each side's `toe_off`.
    `band` is drawn behind in grey: other runners' mean ± 1 SD.
    """
    import altair as alt

    layers: list[alt.Chart] = []
    if band is not None:
        layers.append(_norm(band))
    layers += [_band(c.mean, c.sd, _COLOUR[c.side], 0.16) for c in curves]
    layers += [_toe_off(c) for c in curves if toe_off]
    layers += [_line(c.mean, _COLOUR[c.side], _DASH[c.side]) for c in curves]
    low, high = _reach(curves, band)
    axis = alt.Axis(title=None, labelExpr="datum.label + '°'", tickCount=5)
    reach = alt.Chart(_data([{"low": low, "high": high}])).mark_rule(opacity=0)
    y = alt.Y("low:Q", axis=axis, scale=alt.Scale(domain=[low, high], nice=False))
    layers.append(reach.encode(y=y, y2="high:Q"))
    return _svg(alt.layer(*layers).properties(width=_WIDTH, height=180))


def _data(rows: Sequence[Mapping[str, object]]) -> alt.InlineData:
    import altair as alt

    return alt.InlineData(values=list(rows))


def _cycle_x() -> alt.X:
    import altair as alt

    axis = alt.Axis(values=[0, 25, 50, 75, 100], labelExpr="datum.value + ' %'", title=None)
    return alt.X("percent:Q", axis=axis, scale=alt.Scale(domain=[0, 100], nice=False))


def _norm(band: NormBand) -> alt.Chart:
    if band.shape_only:
        return _line(band.mean, EDGE, [1.5, 3.5])
    return _band(band.mean, band.sd, BAND, 1.0)


def _band(
    mean: NDArray[np.float64], sd: NDArray[np.float64], colour: str, opacity: float
) -> alt.Chart:
    import altair as alt

    rows = [
        {"percent": p, "low": round(float(m - s), 2), "high": round(float(m + s), 2)}
        for p, (m, s) in enumerate(zip(mean, sd, strict=True))
        if np.isfinite(m) and np.isfinite(s)
    ]
    chart: alt.Chart = (
        alt.Chart(_data(rows))
        .mark_area(color=colour, opacity=opacity)
        .encode(x=_cycle_x(), y=alt.Y("low:Q"), y2="high:Q")
    )
    return chart


def _line(mean: NDArray[np.float64], colour: str, dash: Sequence[float]) -> alt.Chart:
    import altair as alt

    rows = [{"percent": p, "deg": round(float(m), 2)} for p, m in enumerate(mean) if np.isfinite(m)]
    chart: alt.Chart = (
        alt.Chart(_data(rows))
        .mark_line(color=colour, strokeWidth=2.2, strokeDash=list(dash))
        .encode(x=_cycle_x(), y=alt.Y("deg:Q"))
    )
    return chart


def _reach(curves: Sequence[CycleCurve], band: NormBand | None) -> tuple[float, float]:
    """Return the lowest and highest degree to show, in tens, at least 30° apart."""
    spread = [np.nan_to_num(c.sd) for c in curves]
    edges = [c.mean + sign * s for c, s in zip(curves, spread, strict=True) for sign in (-1, 1)]
    if band is not None:
        sd = 0 * band.sd if band.shape_only else band.sd
        edges += [band.mean - sd, band.mean + sd]
    low, high = float(np.nanmin(edges)), float(np.nanmax(edges))
    missing = max(_LEAST_SPAN_DEG - (high - low), 0) / 2
    return 10 * np.floor((low - missing) / 10), 10 * np.ceil((high + missing) / 10)


def _toe_off(curve: CycleCurve) -> alt.Chart:
    import altair as alt

    rows = [{"percent": round(curve.toe_off_percent, 1)}]
    chart: alt.Chart = (
        alt.Chart(_data(rows))
        .mark_rule(
            color=_COLOUR[curve.side], strokeWidth=1.2, strokeDash=_DASH[curve.side], opacity=0.75
        )
        .encode(x=_cycle_x())
    )
    return chart


def dumbbell_chart(rows: Sequence[SidePair], unit_title: str) -> str:
    """Draw left (red disc) against right (blue diamond) of metrics of one unit, as SVG.

    The bar through each mark is ± its error; where no error is known there is no bar.
    """
    import altair as alt

    marks = [mark for index, row in enumerate(rows) for mark in _dumbbell_marks(index, row)]
    names = [{"name": row.name, "y": float(index)} for index, row in enumerate(rows)]
    room = 12 + 7 * max(len(text) for row in rows for text in (row.left_text, row.right_text))
    base = alt.Chart(_data(marks))
    axis = alt.Axis(title=unit_title, tickCount=5, grid=True)
    x = alt.X("value:Q", axis=axis, scale=alt.Scale(zero=False, range=[4, _WIDTH - room]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[len(rows), -0.3], nice=False))
    layers = [
        base.mark_rule(strokeWidth=2, opacity=0.45).encode(
            y=y, x=alt.X("low:Q"), x2="high:Q", color=_side_colour()
        ),
        base.mark_point(size=62, filled=True, opacity=1).encode(
            y=y, x=x, color=_side_colour(), shape=_side_shape()
        ),
        base.mark_text(align="right", fontSize=11).encode(
            y=y, x=alt.value(_WIDTH), text="text:N", color=_side_colour()
        ),
        alt.Chart(_data(names))
        .mark_text(align="left", fontSize=11.5, color=INK)
        .encode(y=y, x=alt.value(0), text="name:N"),
    ]
    return _svg(alt.layer(*layers).properties(width=_WIDTH, height=40 * (len(rows) + 0.3)))


def _dumbbell_marks(index: int, row: SidePair) -> list[dict[str, float | str]]:
    error = row.error or 0.0
    sides = (("left", row.left, row.left_text, 0.32), ("right", row.right, row.right_text, 0.62))
    return [
        {
            "side": side,
            "value": value,
            "low": value - error,
            "high": value + error,
            "text": text,
            "y": index + offset,
        }
        for side, value, text, offset in sides
    ]


def _side_colour() -> alt.Color:
    import altair as alt

    scale = alt.Scale(domain=["left", "right", "both"], range=[LEFT, RIGHT, INK])
    return alt.Color("side:N", legend=None, scale=scale)


def _side_shape() -> alt.Shape:
    import altair as alt

    scale = alt.Scale(domain=["left", "right", "both"], range=["circle", "diamond", "circle"])
    return alt.Shape("side:N", legend=None, scale=scale)


def deviation_chart(rows: Sequence[Deviation], title: str) -> str:
    """Draw differences as multiples of the error each is judged by, as SVG.

    The grey field is ± 1 error: what lies inside cannot be told from none. Larger than 3 is drawn
    at the rim, at 3. Rows of one name share a line, left as a red disc, right as a blue diamond.
    """
    import altair as alt

    names = list(dict.fromkeys(row.name for row in rows))
    marks = [_deviation_mark(row, names.index(row.name)) for row in rows]
    reach = max(1.5, *(abs(float(mark["value"])) * 1.1 for mark in marks))
    base = alt.Chart(_data(marks))
    ticks = [-3, -2, -1, 0, 1, 2, 3]
    axis = alt.Axis(title=title, titleAnchor="end", values=ticks, format="d")
    scale = alt.Scale(domain=[-reach, reach], nice=False, range=[178, _WIDTH])
    x = alt.X("value:Q", axis=axis, scale=scale)
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[len(names) - 0.4, -0.6], nice=False))
    colour = _side_colour()
    layers = [
        alt.Chart(_data([{"low": -1, "high": 1}]))
        .mark_rect(color=BAND)
        .encode(x=alt.X("low:Q", axis=axis, scale=scale), x2="high:Q"),
        alt.Chart(_data([{"value": 0}])).mark_rule(color=EDGE).encode(x=x),
        base.mark_rule(strokeWidth=2).encode(x=x, x2=alt.datum(0), y=y, color=colour),
        base.mark_point(size=50, filled=True, opacity=1).encode(
            x=x, y=y, color=colour, shape=_side_shape()
        ),
        alt.Chart(_data([{"name": name, "y": float(k)} for k, name in enumerate(names)]))
        .mark_text(align="left", fontSize=11, color=INK, limit=174)
        .encode(x=alt.value(0), y=y, text="name:N"),
    ]
    return _svg(alt.layer(*layers).properties(width=_WIDTH, height=max(20 * len(names), 40)))


def _deviation_mark(row: Deviation, line: int) -> dict[str, float | str]:
    offset = {None: 0.0, Side.LEFT: -0.17, Side.RIGHT: 0.17}[row.side]
    value = round(float(np.clip(row.in_errors, -3, 3)), 3)
    return {"side": row.side or "both", "value": value, "y": line + offset}


def _svg(chart: alt.LayerChart | alt.FacetChart) -> str:
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
