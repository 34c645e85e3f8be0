"""Forward kinematics: joint angles in, points in space out; and the angles back again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from numpy.typing import NDArray

from hipwise.body.angles import Angle, angle_of, angles_of_joint
from hipwise.body.proportions import Body
from hipwise.body.segments import POINT_NAMES, SEGMENTS, Segment, local_points
from hipwise.errors import UsageError

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Skeleton:
    """A body in T instants.

    `points` (T, K, 3) are metres, X forward, Y up, Z right, named by `names`. `rotations` maps each
    segment to (T, 3, 3): its columns are the segment's own X, Y and Z axes in the world. `halfway`
    gives the same after half of the turn at the joint where the segment starts, which is how the
    skin over that joint lies.
    """

    body: Body
    points: Array
    rotations: Mapping[str, Array]
    halfway: Mapping[str, Array]
    names: tuple[str, ...] = POINT_NAMES

    def point(self, name: str) -> Array:
        """Return the (T, 3) path of one named point in metres."""
        return self.points[:, self.names.index(name)]

    def origin(self, segment: str) -> Array:
        """Return the (T, 3) path of the joint at which a segment starts."""
        return self.point(next(s.origin for s in SEGMENTS if s.name == segment))

    def at(self, index: int) -> Skeleton:
        """Return one instant as a skeleton with T = 1."""
        span = slice(index, index + 1) if index != -1 else slice(-1, None)
        return Skeleton(
            self.body,
            self.points[span],
            {name: matrix[span] for name, matrix in self.rotations.items()},
            {name: matrix[span] for name, matrix in self.halfway.items()},
            self.names,
        )

    def moved(self, by_m: npt.ArrayLike) -> Skeleton:
        """Return the skeleton shifted by (3,) or (T, 3) metres."""
        shift = np.broadcast_to(np.asarray(by_m, float), (len(self), 3))
        return replace(self, points=self.points + shift[:, None])

    def __len__(self) -> int:
        return len(self.points)

    def __iter__(self) -> Iterator[Skeleton]:
        return (self.at(index) for index in range(len(self)))


def forward(
    body: Body, angles: Mapping[str, npt.ArrayLike], pelvis_m: npt.ArrayLike | None = None
) -> Skeleton:
    """Place the body by its joint angles.

    `angles` maps keys of `ANGLE_KEYS` to degrees, a number or (T,); a missing angle is 0.
    `pelvis_m` (3,) or (T, 3) is where the middle of the hips stands; by default over the origin
    with the feet of the zero posture on the floor. Raises UsageError for an unknown angle, a value
    that is not a finite number, or lengths that do not agree.
    """
    radians, count = _in_radians(angles, pelvis_m)
    start = (0.0, body.leg_m, 0.0) if pelvis_m is None else pelvis_m
    placed = {"mid_hip": np.broadcast_to(np.asarray(start, float), (count, 3))}
    rotations: dict[str, Array] = {}
    halfway: dict[str, Array] = {}
    carried = local_points(body)
    for segment in SEGMENTS:
        parent = rotations.get(segment.parent, _unturned(count))
        rotation = parent @ _joint_rotation(segment, radians, count, segment.share)
        rotations[segment.name] = rotation
        halfway[segment.name] = parent @ _joint_rotation(segment, radians, count, segment.share / 2)
        for name, offset in carried[segment.name].items():
            placed[name] = placed[segment.origin] + rotation @ np.asarray(offset)
    points = np.stack([placed[name] for name in POINT_NAMES], axis=1)
    return Skeleton(body, points, rotations, halfway)


def angles_of(skeleton: Skeleton) -> dict[str, Array]:
    """Recover every joint angle (T,) in degrees from the segments' rotations.

    Unique while the middle turn of each joint (drop, adduction, abduction, sideways bend) stays
    short of 90 degrees, as for any three-angle description (Grood & Suntay 1983).
    """
    result: dict[str, Array] = {}
    for segment in SEGMENTS:
        if segment.share != 1.0:
            continue
        own = skeleton.rotations[segment.name]
        parent = skeleton.rotations.get(segment.parent)
        turn = own if parent is None else np.swapaxes(parent, 1, 2) @ own
        read = _read_yxz(turn) if segment.joint == "pelvis" else _read_zxy(turn)
        for angle in angles_of_joint(segment.joint):
            key = f"{angle.name}_{segment.side}" if segment.side else angle.name
            result[key] = np.degrees(read[angle.axis] * float(angle.turn_sign(segment.side)))
    return result


def _in_radians(
    angles: Mapping[str, npt.ArrayLike], pelvis_m: npt.ArrayLike | None
) -> tuple[dict[str, Array], int]:
    radians: dict[str, Array] = {}
    for key, value in angles.items():
        angle_of(key)
        values = np.asarray(value, float)
        if values.ndim > 1 or not np.isfinite(values).all():
            raise UsageError(f"The angle '{key}' must be a number or a list of numbers in degrees.")
        radians[key] = np.radians(values)
    lengths = {len(values) for values in radians.values() if values.ndim == 1}
    if pelvis_m is not None:
        where = np.asarray(pelvis_m, float)
        if where.shape[-1:] != (3,) or where.ndim > 2 or not np.isfinite(where).all():
            raise UsageError("The pelvis position must be three numbers in metres per instant.")
        lengths |= {len(where)} if where.ndim == 2 else set()
    if len(lengths) > 1:
        raise UsageError(f"The angles describe different numbers of instants: {sorted(lengths)}.")
    return radians, lengths.pop() if lengths else 1


def _unturned(count: int) -> Array:
    return np.broadcast_to(np.eye(3, dtype=np.float64), (count, 3, 3))


def _joint_rotation(
    segment: Segment, radians: Mapping[str, Array], count: int, share: float
) -> Array:
    rotation = _unturned(count)
    for angle in angles_of_joint(segment.joint):
        key = f"{angle.name}_{segment.side}" if segment.side else angle.name
        if key in radians:
            turned = radians[key] * (share * angle.turn_sign(segment.side))
            rotation = rotation @ _about(angle, turned)
    return rotation


def _about(angle: Angle, radians: Array) -> Array:
    """Right-handed rotation about the angle's axis: (3, 3) or (T, 3, 3)."""
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[angle.axis]
    matrix = np.zeros((*radians.shape, 3, 3))
    matrix[..., :, :] = np.eye(3)
    matrix[..., first, first] = matrix[..., second, second] = np.cos(radians)
    matrix[..., second, first] = np.sin(radians)
    matrix[..., first, second] = -np.sin(radians)
    return matrix


def _read_zxy(turn: Array) -> dict[str, Array]:
    return {
        "z": np.arctan2(-turn[:, 0, 1], turn[:, 1, 1]),
        "x": np.arcsin(np.clip(turn[:, 2, 1], -1.0, 1.0)),
        "y": np.arctan2(-turn[:, 2, 0], turn[:, 2, 2]),
    }


def _read_yxz(turn: Array) -> dict[str, Array]:
    return {
        "y": np.arctan2(turn[:, 0, 2], turn[:, 2, 2]),
        "x": np.arcsin(np.clip(-turn[:, 1, 2], -1.0, 1.0)),
        "z": np.arctan2(turn[:, 1, 0], turn[:, 1, 1]),
    }
