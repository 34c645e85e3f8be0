"""A body moving through key poses in a loop, on the floor and with its contact points still."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipwise.body.kinematics import Skeleton, forward
from hipwise.body.proportions import Body
from hipwise.body.shape import COARSE, surface
from hipwise.body.things import Block
from hipwise.errors import UsageError

Array = NDArray[np.float64]


@dataclass(frozen=True)
class KeyPose:
    """Joint angles (deg) reached `seconds` after the pose before and kept for `hold_s`.

    `contacts` name the points of the skeleton that rest on the floor or on a support. In a jump,
    `lift_m` is how high above it the body's lowest point is, and `travel_m` how far forward the
    hips fly on the way to this pose.
    """

    angles: Mapping[str, float]
    seconds: float
    hold_s: float = 0.0
    contacts: tuple[str, ...] = ()
    lift_m: float = 0.0
    travel_m: float = 0.0


@dataclass(frozen=True)
class Movement:
    """Key poses in a loop: after the last comes the first again, after its own `seconds`.

    `carriers` are what the body can stand or kneel on besides the floor. The origin of the floor
    lies amid the contacts of the first pose.
    """

    poses: tuple[KeyPose, ...]
    carriers: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        if len(self.poses) < 2 or any(p.seconds <= 0 or p.hold_s < 0 for p in self.poses):
            raise UsageError(
                "A movement needs at least two key poses, each reached after more than 0 s."
            )

    @property
    def seconds(self) -> float:
        """How long one loop takes."""
        return sum(pose.seconds + pose.hold_s for pose in self.poses)

    @property
    def arrivals_s(self) -> tuple[float, ...]:
        """When each key pose is reached; the first at 0."""
        ends = np.cumsum([0.0, *(p.hold_s for p in self.poses[:-1])])
        ways = np.cumsum([0.0, *(p.seconds for p in self.poses[1:])])
        return tuple(float(time) for time in ends + ways)

    def angles_at(self, time_s: Array) -> dict[str, Array]:
        """Return every angle (T,) in degrees at times (T,) of the loop.

        Fritsch & Carlson's (1980) monotone cubic: at rest where the movement turns round or
        holds, flowing through the poses between, never beyond a pose.
        """
        from scipy.interpolate import PchipInterpolator

        names = sorted({name for pose in self.poses for name in pose.angles})
        knots_s, order = self._knots()
        table = np.array([[p.angles.get(n, 0.0) for n in names] for p in self.poses])[order]
        values = PchipInterpolator(knots_s, table, axis=0)(time_s % self.seconds)
        return {name: np.asarray(values[:, k]) for k, name in enumerate(names)}

    def played(self, body: Body, time_s: Array) -> Skeleton:
        """Return the body (T instants) at rising times (T,) of one loop, from 0 on.

        Contacts that two neighbouring poses share stay where they are from one to the other; with
        none, the hips keep their place, or fly by the pose's travel. Where the steps of a loop lead
        away, the floor passes under the body as on a treadmill.
        """
        # The way between two asked times would be lost if an anchor changed there.
        dense_s = np.union1d(time_s, np.append(np.arange(0.0, self.seconds, 0.05), self.seconds))
        free = forward(body, self.angles_at(dense_s))
        shift = self._horizontal(free, dense_s)
        shift -= np.outer(dense_s / self.seconds, shift[-1] - shift[0])
        shift += self._vertical(free.moved(shift), dense_s)[:, None] * [0.0, 1.0, 0.0]
        wanted = np.searchsorted(dense_s, time_s)
        return forward(body, self.angles_at(time_s), free.point("mid_hip")[wanted] + shift[wanted])

    def key_poses(self, body: Body) -> Skeleton:
        """Return the body in each key pose, where `played` shows it."""
        return self.played(body, np.array(self.arrivals_s))

    def _knots(self) -> tuple[Array, list[int]]:
        """Times and pose numbers over the loop and a pose beyond each end, for smooth seams."""
        times: list[float] = []
        order: list[int] = []
        for number, (pose, at) in enumerate(zip(self.poses, self.arrivals_s, strict=True)):
            times += [at, at + pose.hold_s] if pose.hold_s else [at]
            order += [number, number] if pose.hold_s else [number]
        loop = self.seconds
        padded = [t - loop for t in times], times, [t + loop for t in times]
        return np.concatenate(padded), order * 3

    def _between(self, time_s: float) -> tuple[int, int]:
        """Return the numbers of the poses left and approached (equal while holding)."""
        number = int(np.searchsorted(self.arrivals_s, time_s, side="right")) - 1
        pose = self.poses[number]
        if time_s < self.arrivals_s[number] + pose.hold_s:
            return number, number
        return number, (number + 1) % len(self.poses)

    def _horizontal(self, free: Skeleton, time_s: Array) -> Array:
        """Return the shift (T, 3) along the floor that keeps the contacts still."""
        start = self.poses[0].contacts or ("mid_hip",)
        shift = np.zeros((len(free), 3))
        shift[0] = -_middle(free, start)[0]
        for i in range(1, len(free)):
            left, next_ = self._between((time_s[i - 1] + time_s[i]) / 2)
            before, after = self.poses[left].contacts, self.poses[next_].contacts
            held = tuple(name for name in before if name in after)
            middle = _middle(free, held or ("mid_hip",))
            shift[i] = shift[i - 1] + middle[i - 1] - middle[i]
            if not held and left != next_:
                share = (time_s[i] - time_s[i - 1]) / self.poses[next_].seconds
                shift[i, 0] += share * self.poses[next_].travel_m
        return shift * [1.0, 0.0, 1.0]

    def _vertical(self, free: Skeleton, time_s: Array) -> Array:
        """Return the shift up (T,) that puts the body on what is under it, or lifts it."""
        from scipy.interpolate import PchipInterpolator

        knots_s, order = self._knots()
        lifts = np.array([pose.lift_m for pose in self.poses])[order]
        flesh = surface(free.body, COARSE).posed(free)
        lift_m: Array = np.asarray(PchipInterpolator(knots_s, lifts)(time_s))
        return lift_m - clearance_m(flesh, self.carriers)


def clearance_m(points_m: Array, carriers: tuple[Block, ...] = ()) -> Array:
    """Return how far (T,) the lowest of (T, V, 3) points is above the floor or block under it."""
    below = np.zeros(points_m.shape[:2])
    for block in carriers:
        inside = np.ones(below.shape, dtype=bool)
        for axis in (0, 2):
            along = points_m[..., axis]
            inside &= (block.low_m[axis] <= along) & (along <= block.high_m[axis])
        below = np.where(inside, np.maximum(below, block.high_m[1]), below)
    gap: Array = (points_m[..., 1] - below).min(axis=1)
    return gap


def _middle(skeleton: Skeleton, names: tuple[str, ...]) -> Array:
    middle: Array = np.stack([skeleton.point(name) for name in names]).mean(axis=0)
    return middle
