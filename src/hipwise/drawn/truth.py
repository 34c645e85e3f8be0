"""The true values of the drawn runner: every metric, worked out from the body in space.

Written apart from `gait`, from the definitions in `knowledge/content/metrics.yaml`, so that the
two can disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipwise.body.kinematics import Skeleton
from hipwise.drawn.run import DrawnRun
from hipwise.measurement import Side

Array = NDArray[np.float64]
Truth = Mapping[tuple[str, Side | None], float]
RATE_HZ = 400.0


@dataclass(frozen=True)
class _Stride:
    """True instants of one stride, and the flight after its toe-off."""

    strike_s: float
    toe_off_s: float
    next_s: float
    flight_s: float

    @property
    def duration_s(self) -> float:
        return self.next_s - self.strike_s

    @property
    def contact_s(self) -> float:
        return self.toe_off_s - self.strike_s


def side_view_truth(run: DrawnRun) -> Truth:
    """True value of every side-view metric, averaged over the strides within the run."""
    truth: dict[tuple[str, Side | None], float] = {}
    per_side = {side: _strides_of(run, side) for side in Side}
    for side, strides in per_side.items():
        rows = [_side_stride(run, side, stride) for stride in strides]
        for metric in rows[0]:
            truth[metric, side] = float(np.mean([row[metric] for row in rows]))
    for metric in ("cadence", "trunk_forward_lean", "vertical_oscillation"):
        truth[metric, None] = float(np.mean([truth[metric, side] for side in Side]))
    for metric in ("trunk_forward_lean", "vertical_oscillation"):
        for side in Side:
            del truth[metric, side]
    return truth | {("stride_time_variability", None): _variability(per_side)}


def rear_view_truth(run: DrawnRun) -> Truth:
    """True value of every rear-view metric; widths are in distances between the hip joints."""
    truth: dict[tuple[str, Side | None], float] = {}
    for side in Side:
        rows = [_rear_stride(run, side, stride) for stride in _strides_of(run, side)]
        for metric in rows[0]:
            truth[metric, side] = float(np.mean([row[metric] for row in rows]))
    truth["cadence", None] = float(np.mean([truth["cadence", side] for side in Side]))
    feet_out = [truth.pop(("foot_out", side)) for side in Side]
    return truth | {("step_width", None): sum(feet_out)}


def _side_stride(run: DrawnRun, side: Side, stride: _Stride) -> dict[str, float]:
    time_s = np.arange(stride.strike_s, stride.next_s, 1 / RATE_HZ)
    body = run.skeleton(time_s)
    stance = time_s <= stride.toe_off_s
    hip, knee, ankle = (body.point(f"{joint}_{side}") for joint in ("hip", "knee", "ankle"))
    thigh = _lean(hip - knee, axis=0) * -1
    shank = _lean(knee - ankle, axis=0)
    trunk = _lean(body.point("mid_shoulder") - body.point("mid_hip"), axis=0)
    return {
        "cadence": 120 / stride.duration_s,
        "stride_time": stride.duration_s,
        "contact_time": stride.contact_s * 1000,
        "flight_time": stride.flight_s * 1000,
        "duty_factor": stride.contact_s / stride.duration_s * 100,
        "thigh_excursion": float(np.ptp(thigh)),
        "peak_thigh_extension": float(-thigh.min()),
        "peak_thigh_flexion": float(thigh.max()),
        "thigh_flexion_at_contact": float(thigh[0]),
        "hip_excursion_to_trunk": float(np.ptp(thigh + trunk)),
        "hip_flexion_to_trunk_at_contact": float((thigh + trunk)[0]),
        "knee_flexion_at_contact": float((thigh + shank)[0]),
        "peak_knee_flexion_stance": float((thigh + shank)[stance].max()),
        "shank_forward_lean_at_contact": float(shank[0]),
        "trunk_forward_lean": float(trunk[stance].mean()),
        "vertical_oscillation": float(np.ptp(body.point("mid_hip")[:, 1]) * 100),
    }


def _rear_stride(run: DrawnRun, side: Side, stride: _Stride) -> dict[str, float]:
    outward = 1.0 if side is Side.RIGHT else -1.0
    stance = run.skeleton(np.arange(stride.strike_s, stride.toe_off_s, 1 / RATE_HZ))
    lean = _lean(stance.point("mid_shoulder") - stance.point("mid_hip"), axis=2)
    middle = run.skeleton(np.array([(stride.strike_s + stride.toe_off_s) / 2]))
    width = _hip_width(middle)
    hip, knee, ankle = (middle.point(f"{joint}_{side}") for joint in ("hip", "knee", "ankle"))
    foot_out = outward * ankle[0, 2] / width
    valgus = outward * (_lean(hip - knee, axis=2) - _lean(knee - ankle, axis=2))
    return {
        "cadence": 120 / stride.duration_s,
        "trunk_lateral_lean": float((outward * lean).max()),
        "crossover": -outward * float(ankle[0, 2] - middle.point("mid_hip")[0, 2]) / width,
        "knee_valgus_midstance": float(valgus[0]),
        "contralateral_pelvic_drop": float(-outward * _drop(middle)),
        "foot_out": foot_out,
    }


def _strides_of(run: DrawnRun, side: Side) -> list[_Stride]:
    """Whole strides within the run."""
    strikes, toe_offs, others = run.strike_s(side), run.toe_off_s(side), run.strike_s(side.other)
    rows = []
    for strike, toe_off, following in zip(strikes[:-1], toe_offs[:-1], strikes[1:], strict=True):
        landing = others[(others > strike) & (others < following)]
        if strike >= 0 and following <= run.duration_s and len(landing):
            rows.append(_Stride(strike, toe_off, following, float(landing[0] - toe_off)))
    return rows


def _variability(per_side: Mapping[Side, list[_Stride]]) -> float:
    spread, count, mean = 0.0, 0, []
    for strides in per_side.values():
        times = np.array([stride.duration_s for stride in strides])
        spread += float(np.sum((times - times.mean()) ** 2))
        count += len(times)
        mean.append(times.mean())
    return float(np.sqrt(spread / (count - len(per_side))) / np.mean(mean) * 100)


def _lean(upwards: Array, axis: int) -> Array:
    """Angle (deg) of a line (T, 3) from the vertical towards +X (axis 0) or +Z (axis 2)."""
    return np.asarray(np.degrees(np.arctan2(upwards[:, axis], upwards[:, 1])))


def _drop(body: Skeleton) -> float:
    """Angle (deg) of the line between the hips against the horizontal, + right hip lower."""
    across = (body.point("hip_right") - body.point("hip_left"))[0]
    return float(np.degrees(np.arctan2(-across[1], across[2])))


def _hip_width(body: Skeleton) -> float:
    return float(np.linalg.norm(body.point("hip_right")[0] - body.point("hip_left")[0]))
