"""The running motion itself: joint angles and pelvis position over time, and its true contacts."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from hipwise.body.kinematics import Skeleton, forward
from hipwise.body.proportions import Body
from hipwise.drawn.curves import bump, leg_angles, norm_phase
from hipwise.drawn.form import RunningForm
from hipwise.measurement import Side

Array = NDArray[np.float64]
GRAVITY_MPS2 = 9.81
SOLE_POINTS = ("heel", "ball", "toe_tip")
LEAD_STRIDES = 2
TRUTH_RATE_HZ = 500.0


@dataclass(frozen=True)
class DrawnRun:
    """A run whose every angle and contact is known.

    `strike_s` and `toe_off_s` hold the true contacts of each side, in order, covering
    `duration_s` and a little more at both ends. `skeleton(time_s)` places the body at any times.
    """

    body: Body
    form: RunningForm
    duration_s: float
    stride_start_s: Array
    pelvis_height: PchipInterpolator

    def phase(self, time_s: Array, side: Side) -> Array:
        """Share of the stride (0..1) since this side's last foot strike."""
        return np.asarray(self._unwrapped(time_s, side) % 1.0)

    def strike_s(self, side: Side) -> Array:
        """True foot strikes of one side (s)."""
        return self._times_at(np.arange(len(self.stride_start_s) - 1) + _lag(side))

    def toe_off_s(self, side: Side) -> Array:
        """True toe-offs of one side (s), each after the strike of the same index."""
        share = self.contact_share(side)
        return self._times_at(np.arange(len(self.stride_start_s) - 1) + _lag(side) + share)

    def contact_share(self, side: Side) -> float:
        """True duty factor of one side (0..1) at the mean stride time."""
        contact: float = getattr(self.form.contact_s, side)
        return contact / self.form.stride_s

    def angles(self, time_s: Array) -> dict[str, Array]:
        """Joint angles (deg) of the body vocabulary at `time_s` (T,)."""
        left, right = self.phase(time_s, Side.LEFT), self.phase(time_s, Side.RIGHT)
        trunk = _trunk_angles(self.form, self.body, left, right)
        angles = dict(trunk)
        for side, phase in ((Side.LEFT, left), (Side.RIGHT, right)):
            angles |= self._leg(side, phase, trunk)
            angles |= _arm_angles(side, phase)
        return angles

    def skeleton(self, time_s: Array) -> Skeleton:
        """The body (m) at `time_s` (T,), running on the spot over the origin of the floor."""
        height = np.asarray(self.pelvis_height(time_s))
        where = np.column_stack([np.zeros_like(height), height, self._sway(time_s)])
        return forward(self.body, self.angles(time_s), where)

    def _leg(self, side: Side, phase: Array, trunk: dict[str, Array]) -> dict[str, Array]:
        form = self.form
        own = norm_phase(phase, self.contact_share(side))
        leg = leg_angles(
            own,
            trunk["pelvic_anterior_tilt"],
            getattr(form.extension_change_deg, side),
            getattr(form.knee_at_contact_change_deg, side),
        )
        standing = bump(own, 0.19, 0.30)
        drop = trunk["pelvic_right_drop"] * (1 if side is Side.LEFT else -1)
        inward = 3.5 + (1.0 + getattr(form.crossover_deg, side)) * standing
        leg["hip_adduction"] = inward + drop
        leg["hip_internal_rotation"] = getattr(form.knee_in_deg, side) * standing - 4.0
        return {f"{name}_{side}": values for name, values in leg.items()}

    def _sway(self, time_s: Array) -> Array:
        """Sideways path of the pelvis (m): a little towards the standing leg."""
        standing = bump(self.phase(time_s, Side.RIGHT), 0.19, 0.3) - bump(
            self.phase(time_s, Side.LEFT), 0.19, 0.3
        )
        return np.asarray(0.008 * standing)

    def _unwrapped(self, time_s: Array, side: Side) -> Array:
        strides = PchipInterpolator(self.stride_start_s, np.arange(len(self.stride_start_s)))
        return np.asarray(strides(time_s)) - _lag(side)

    def _times_at(self, strides: Array) -> Array:
        starts = PchipInterpolator(self.stride_start_s, np.arange(len(self.stride_start_s)))
        fine = np.arange(self.stride_start_s[0], self.stride_start_s[-1], 1 / TRUTH_RATE_HZ)
        return np.asarray(np.interp(strides, starts(fine), fine))


def run(
    form: RunningForm | None = None, body: Body | None = None, duration_s: float = 10.0
) -> DrawnRun:
    """Return a run of `duration_s` from time 0 on."""
    form, body = form or RunningForm(), body or Body.of()
    starts = _stride_starts(form, duration_s)
    on_stilts = DrawnRun(
        body, form, duration_s, starts, PchipInterpolator(starts[[0, -1]], [1.0, 1.0])
    )
    return DrawnRun(body, form, duration_s, starts, _pelvis_path(on_stilts))


def _lag(side: Side) -> float:
    return 0.0 if side is Side.LEFT else 0.5


def _stride_starts(form: RunningForm, duration_s: float) -> Array:
    """Times of the left foot's strikes, from before 0 to beyond the end."""
    count = int(np.ceil(duration_s / form.stride_s)) + 2 * LEAD_STRIDES + 2
    rng = np.random.default_rng(form.seed)
    spread = rng.standard_normal(count) * form.variability_percent / 100
    lengths = form.stride_s * (1 + spread - spread.mean())
    first = -LEAD_STRIDES * form.stride_s - 0.1
    return np.asarray(np.concatenate([[0.0], np.cumsum(lengths)]) + first)


def _pelvis_path(stilts: DrawnRun) -> PchipInterpolator:
    """Height of the pelvis: carried by the standing foot in contact, thrown in flight.

    In contact the lowest point of the standing sole touches the floor; between toe-off and the
    next strike the pelvis flies on the parabola that joins its two heights.
    """
    start, end = stilts.stride_start_s[[0, -1]]
    time_s = np.arange(start, end, 1 / TRUTH_RATE_HZ)
    skeleton = stilts.skeleton(time_s)
    height = np.full(len(time_s), np.nan)
    for side in Side:
        soles = np.stack([skeleton.point(f"{p}_{side}")[:, 1] for p in SOLE_POINTS])
        standing = stilts.phase(time_s, side) < stilts.contact_share(side)
        height[standing] = 1.0 - soles.min(axis=0)[standing]
    known = np.flatnonzero(np.isfinite(height))
    for before, after in itertools.pairwise(known):
        if after - before > 1:
            t = time_s[before : after + 1] - time_s[before]
            rise = height[after] - height[before]
            speed = rise / t[-1] + GRAVITY_MPS2 * t[-1] / 2
            height[before : after + 1] = height[before] + speed * t - GRAVITY_MPS2 * t**2 / 2
    inner = slice(known[0], known[-1] + 1)
    return PchipInterpolator(time_s[inner], height[inner])


def _trunk_angles(form: RunningForm, body: Body, left: Array, right: Array) -> dict[str, Array]:
    """Pelvis, trunk and neck. The line from hips to shoulders bends less than the spine does."""
    stand_left, stand_right = bump(left, 0.19, 0.30), bump(right, 0.19, 0.30)
    drop = form.pelvic_drop_deg.left * stand_left - form.pelvic_drop_deg.right * stand_right
    lean = form.trunk_side_lean_deg.right * stand_right - form.trunk_side_lean_deg.left * stand_left
    turn = np.cos(2 * np.pi * left)
    tilt = form.pelvic_tilt_deg + 1.5 * np.cos(4 * np.pi * (left - 0.30))
    forward_lean = form.trunk_forward_lean_deg + 1.0 * np.cos(4 * np.pi * (left - 0.15))
    trunk_m = body.pelvis_m + body.abdomen_m + body.thorax_m
    line_share = (0.5 * body.abdomen_m + body.thorax_m) / trunk_m
    return {
        "pelvic_anterior_tilt": tilt,
        "pelvic_right_drop": drop,
        "pelvic_left_rotation": -4.0 * turn,
        "lumbar_flexion": (forward_lean - tilt) / line_share,
        "lumbar_right_bend": (lean - drop) / line_share,
        "lumbar_left_rotation": 14.0 * turn,
        "neck_flexion": -0.8 * forward_lean,
        "neck_left_rotation": -10.0 * turn,
    }


def _arm_angles(side: Side, phase: Array) -> dict[str, Array]:
    """Arms swing against the leg of their own side."""
    swing = np.cos(2 * np.pi * (phase - 0.03))
    count = np.ones_like(phase)
    return {
        f"shoulder_flexion_{side}": -14.0 - 30.0 * swing,
        f"shoulder_abduction_{side}": 14.0 * count,
        f"shoulder_internal_rotation_{side}": 22.0 - 8.0 * swing,
        f"elbow_flexion_{side}": 92.0 - 12.0 * swing,
    }
