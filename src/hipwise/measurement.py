"""The common currency: everything that looks at a runner yields `Measurement`s."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hipwise.errors import UsageError


class Side(StrEnum):
    """Left or right, the runner's own."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


def side_named(name: str) -> Side | None:
    """Return the side of this name, None without one; raises UsageError for another name."""
    try:
        return Side(name) if name else None
    except ValueError:
        raise UsageError(f"There is no side '{name}': say left or right.") from None


class View(StrEnum):
    """Where the camera stands: LEFT and RIGHT name the side of the body that it sees."""

    LEFT = "left"
    RIGHT = "right"
    REAR = "rear"
    FRONT = "front"
    THREE_D = "3d"


@dataclass(frozen=True)
class Measurement:
    """One value of one metric, with everything needed to judge it.

    `metric` is an id in `knowledge/content/metrics.yaml`, which gives unit and meaning. `sd` is
    over the `n` strides or trials behind the value. `error` is the smallest detectable change of
    this metric by this `method`, in the same unit; None where no error is known, and then no
    finding may rest on the value.
    """

    metric: str
    value: float
    side: Side | None
    sd: float | None
    n: int
    error: float | None
    method: str
    taken_at: datetime
    source: str


@dataclass(frozen=True)
class Symmetry:
    """The left and right value of one metric, compared.

    `difference` is left minus right in the metric's unit. `error` is the smallest side difference
    that this method can tell from none; None where it is not known.
    """

    metric: str
    left: Measurement
    right: Measurement
    error: float | None

    @property
    def difference(self) -> float:
        """Left minus right, in the metric's unit."""
        return self.left.value - self.right.value

    @property
    def percent_of_larger(self) -> float | None:
        """Size of the difference as a share of the larger side (%); None if both are zero."""
        larger = max(abs(self.left.value), abs(self.right.value))
        return abs(self.difference) / larger * 100 if larger > 0 else None

    @property
    def beyond_error(self) -> bool:
        """True only where the error is known and the difference exceeds it."""
        return self.error is not None and abs(self.difference) > self.error


def one(
    measurements: Iterable[Measurement], metric: str, side: Side | None = None
) -> Measurement | None:
    """Return the measurement of `metric` on `side`, or None if there is none."""
    return next((m for m in measurements if m.metric == metric and m.side == side), None)
