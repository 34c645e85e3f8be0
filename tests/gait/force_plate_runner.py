"""A real runner with true contacts: treadmill markers and force plate of Fukuchi et al. 2017.

Joint points of the running trial are placed from the static trial's anatomical markers, carried
by the clusters that both trials share (a rigid-body fit, Söderkvist & Wedin 1993).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfiltfilt

from hipwise.measurement import Side
from hipwise.pose.keypoints import KEYPOINT_NAMES, KeypointTrack

Array = NDArray[np.float64]
MARKER_HZ, FORCE_HZ = 150.0, 300.0
CONTACT_FORCE_N = 40.0
PX_PER_M = 400.0
PELVIS = ("R.ASIS", "L.ASIS", "R.PSIS", "L.PSIS", "R.Iliac.Crest", "L.Iliac.Crest")
CORNERS = ("Top.Lateral", "Bottom.Lateral", "Top.Medial", "Bottom.Medial")


@dataclass(frozen=True)
class ForcePlateRun:
    """Points (T, 3) in metres by name, their times, and each side's true contacts."""

    time_s: Array
    points: dict[str, Array]
    strikes: dict[Side, Array]
    toe_offs: dict[Side, Array]

    def track(self, fps: float, noise_m: float, seed: int = 0) -> KeypointTrack:
        """What a camera on the runner's right would give at `fps`, with noise on every point."""
        time_s = np.arange(0, self.time_s[-1], 1 / fps)
        rng = np.random.default_rng(seed)
        xy = np.full((len(time_s), len(KEYPOINT_NAMES), 2), 0.0)
        for i, name in enumerate(KEYPOINT_NAMES):
            path = self.points.get(name)
            if path is None:
                path = self._head_and_arms(name)
            sampled = [np.interp(time_s, self.time_s, path[:, axis]) for axis in (0, 1)]
            noisy = np.column_stack(sampled) + rng.normal(0, noise_m, (len(time_s), 2))
            xy[:, i] = noisy * [PX_PER_M, -PX_PER_M] + [0, 900]
        seen = np.ones(xy.shape[:2], dtype=np.float32)
        return KeypointTrack(time_s, xy.astype(np.float32), seen, 1280, 1000)

    def _head_and_arms(self, name: str) -> Array:
        """The trial has no markers above the pelvis: an upright trunk stands in for them."""
        pelvis = (self.points["left_hip"] + self.points["right_hip"]) / 2
        ahead = 0.1 if name == "nose" else 0.0
        return np.asarray(pelvis + np.array([ahead, 0.5, 0.0]))


def load_run(folder: Path) -> ForcePlateRun:
    """Read subject RBDS001 at 2.5 m/s."""
    static = {k: np.nanmean(v, axis=0) for k, v in _markers(folder / "RBDS001static.txt").items()}
    running = _markers(folder / "RBDS001runT25markers.txt")
    points: dict[str, Array] = {}
    for letter, side in (("L", Side.LEFT), ("R", Side.RIGHT)):
        thigh = tuple(f"{letter}.Thigh.{corner}" for corner in CORNERS)
        shank = tuple(f"{letter}.Shank.{corner}" for corner in CORNERS)
        points[f"{side}_hip"] = _carried(static, running, PELVIS, [f"{letter}.GTR"])
        points[f"{side}_knee"] = _carried(
            static, running, thigh, [f"{letter}.Knee", f"{letter}.Knee.Medial"]
        )
        points[f"{side}_ankle"] = _carried(
            static, running, shank, [f"{letter}.Ankle", f"{letter}.Ankle.Medial"]
        )
        points[f"{side}_heel"] = running[f"{letter}.Heel.Bottom"]
        points[f"{side}_foot_index"] = (running[f"{letter}.MT1"] + running[f"{letter}.MT5"]) / 2
    time_s = np.arange(len(points["left_hip"])) / MARKER_HZ
    return ForcePlateRun(time_s, points, *_contacts(folder, time_s, points))


def _contacts(
    folder: Path, time_s: Array, points: dict[str, Array]
) -> tuple[dict[Side, Array], dict[Side, Array]]:
    force = np.loadtxt(folder / "RBDS001runT25forces.txt", skiprows=1)[:, 2]
    vertical = sosfiltfilt(butter(2, 40, fs=FORCE_HZ, output="sos"), force)
    edges = np.diff((vertical > CONTACT_FORCE_N).astype(int))
    on = (np.flatnonzero(edges == 1) + 1) / FORCE_HZ
    off = (np.flatnonzero(edges == -1) + 1) / FORCE_HZ
    off = off[off > on[0]]
    pairs = [(a, b) for a, b in zip(on, off, strict=False) if 0.12 < b - a < 0.5]
    strikes: dict[Side, list[float]] = {side: [] for side in Side}
    toe_offs: dict[Side, list[float]] = {side: [] for side in Side}
    for a, b in pairs:
        middle = int(np.searchsorted(time_s, (a + b) / 2))
        left, right = (points[f"{side}_heel"][middle, 1] for side in Side)
        side = Side.LEFT if left < right else Side.RIGHT
        strikes[side].append(a)
        toe_offs[side].append(b)
    return (
        {side: np.array(times) for side, times in strikes.items()},
        {side: np.array(times) for side, times in toe_offs.items()},
    )


def _carried(
    static: dict[str, Array], running: dict[str, Array], cluster: tuple[str, ...], names: list[str]
) -> Array:
    """Middle of the static markers `names`, carried through the run by `cluster`."""
    still = np.array([static[name] for name in cluster])
    moving = np.stack([running[name] for name in cluster], axis=1)
    centre, centres = still.mean(axis=0), moving.mean(axis=1)
    spread = np.einsum("mi,tmj->tij", still - centre, moving - centres[:, None])
    u, _, vt = np.linalg.svd(spread)
    turn = vt.swapaxes(1, 2) @ u.swapaxes(1, 2)
    flipped = np.linalg.det(turn) < 0
    vt[flipped, 2] *= -1
    turn = vt.swapaxes(1, 2) @ u.swapaxes(1, 2)
    middle = np.mean([static[name] for name in names], axis=0)
    return np.asarray(np.einsum("tij,j->ti", turn, middle - centre) + centres)


def _markers(path: Path) -> dict[str, Array]:
    names = path.read_text().split("\n", 1)[0].split("\t")
    table = np.loadtxt(path, skiprows=1)
    for column in table.T:
        lost = np.isnan(column)
        if lost.any() and not lost.all():
            column[lost] = np.interp(np.flatnonzero(lost), np.flatnonzero(~lost), column[~lost])
    return {names[i].strip()[:-1]: table[:, i : i + 3] / 1000 for i in range(1, table.shape[1], 3)}
