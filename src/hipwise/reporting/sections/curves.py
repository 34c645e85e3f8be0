"""Each angle over the gait cycle, left and right, against other runners where that is fair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipwise.gait.gait import CycleCurve
from hipwise.knowledge import Library
from hipwise.knowledge.norms import NormCurve
from hipwise.measurement import Side, View
from hipwise.reporting.analysis import ViewAnalysis
from hipwise.reporting.charts import NormBand, cycle_chart
from hipwise.reporting.numbers import number

SHOWN = {
    "thigh_flexion": ("Thigh against the vertical", "+ knee in front"),
    "hip_flexion_to_trunk": ("Thigh against the trunk", "+ hip bends"),
    "knee_flexion": ("Knee", "+ knee bends"),
    "ankle_dorsiflexion": ("Ankle", "+ toes towards the shin"),
    "shank_forward_lean": ("Shin against the vertical", "+ knee ahead of the ankle"),
    "foot_toe_up": ("Foot against the ground", "+ toes up"),
    "trunk_forward_lean": ("Trunk", "+ leans forward"),
    "trunk_right_lean": ("Trunk, sideways", "+ leans to the right"),
}
"""Angle: its title and the direction in which it is positive. The lines of hip, thigh and knee from
behind are not shown: the pose network's points hardly turn with the true ones."""

_SHAPE_REFERENCE = {"hip_flexion_to_trunk": "hip_flexion"}
"""Angles whose curve resembles a norm of another quantity: shown as a shape, never as a norm."""


@dataclass(frozen=True)
class CurveFigure:
    """One chart with its title, the sign of its axis, and what stands behind the curves."""

    title: str
    positive: str
    svg: str
    summary: str
    norm: str


def curve_figures(view: ViewAnalysis, library: Library) -> tuple[CurveFigure, ...]:
    """Draw every angle of one recording that has a title, in reading order."""
    known = {curve.angle for curve in view.gait.curves}
    return tuple(_figure(angle, view, library) for angle in SHOWN if angle in known)


def chart_of(angle: str, view: ViewAnalysis, library: Library) -> CurveFigure | None:
    """Draw one angle, or return None where this recording does not have it."""
    known = any(curve.angle == angle for curve in view.gait.curves)
    return _figure(angle, view, library) if known else None


def _figure(angle: str, view: ViewAnalysis, library: Library) -> CurveFigure:
    title, positive = SHOWN[angle]
    curves = sorted((c for c in view.gait.curves if c.angle == angle), key=lambda c: c.side)
    norm, is_shape = _norm_of(angle, library)
    band = None
    if norm is not None:
        band = NormBand(np.array(norm.mean_deg), np.array(norm.sd_deg), shape_only=is_shape)
    return CurveFigure(
        title=title,
        positive=positive,
        svg=cycle_chart(curves, band, toe_off=view.contact_is_timed),
        summary="; ".join(_range(curve) for curve in curves),
        norm=_norm_in_words(norm, is_shape),
    )


def _range(curve: CycleCurve) -> str:
    """Return `left 3° to 81° (n = 8, SD 4°)`, the SD being the median over the cycle."""
    low, high = number(float(curve.mean.min()), 0), number(float(curve.mean.max()), 0)
    spread = f", SD {number(float(np.nanmedian(curve.sd)), 0)}°" if curve.n > 1 else ""
    return f"{curve.side} {low}° to {high}° (n = {curve.n}{spread})"


def _norm_of(angle: str, library: Library) -> tuple[NormCurve | None, bool]:
    exact = library.norm_curve(angle)
    if exact is not None:
        return exact, False
    similar = _SHAPE_REFERENCE.get(angle)
    return (library.norm_curve(similar) if similar else None), similar is not None


def _norm_in_words(norm: NormCurve | None, is_shape: bool) -> str:
    if norm is None:
        return ""
    group = f"{norm.population}, {number(norm.speed_mps, 1)} m/s, 3D"
    if is_shape:
        return (
            f"Grey dots: shape reference only, thigh against pelvis ({group}). "
            "Another quantity: compare the shape, not the height."
        )
    return f"Grey: mean ± 1 SD of {group}. Your speed and your camera differ from theirs."


def doubts_in_words(view: ViewAnalysis) -> str:
    """Return which curves a reader should trust least; nothing where both legs are seen alike."""
    far = {View.LEFT: Side.RIGHT, View.RIGHT: Side.LEFT}.get(view.gait.view)
    if far is None:
        return ""
    return (
        f"The {far} leg is further from the camera; the {far.other} leg hides it in part of each "
        "stride, so its knee, ankle and foot are less sure. Ankle and foot are short lines in the "
        "picture and the least sure on either side."
    )


def toe_off_in_words(view: ViewAnalysis) -> str:
    """Return when each foot leaves the ground; nothing where contact cannot be timed."""
    if not view.contact_is_timed:
        return ""
    percents = {curve.side: curve.toe_off_percent for curve in view.gait.curves}
    parts = [f"{side} {number(percents[side], 0)} %" for side in Side if side in percents]
    return f"Toe-off: {', '.join(parts)} of the stride."
