"""From a motion to its gait: contacts, strides, curves, and every measurement with its error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from hipwise.gait import rear_metrics, side_metrics
from hipwise.gait.curves import cycle_curves
from hipwise.gait.events import FootVelocityEvents, PelvisHeightEvents
from hipwise.gait.gait import Event, Gait, Stride, Withheld
from hipwise.gait.running import (
    require_feet,
    require_running,
    require_sample_rate,
    warnings_about,
)
from hipwise.gait.scale import px_per_cm
from hipwise.gait.strides import pair_strides
from hipwise.gait.window import StrideWindow
from hipwise.knowledge.library import Library, load
from hipwise.measurement import Measurement, Side, Symmetry, View, one
from hipwise.motion.motion import Motion

PerStride = Mapping[str, Callable[[StrideWindow], float]]
SIDE_VIEWS = (View.LEFT, View.RIGHT)


@dataclass(frozen=True)
class Runner:
    """What must be known about the runner to measure a video: `height_m`, None if not told."""

    height_m: float | None = None


def measure(
    motion: Motion,
    *,
    runner: Runner | None = None,
    taken_at: datetime | None = None,
    library: Library | None = None,
) -> Gait:
    """Measure one video's running.

    `taken_at` is when it was recorded, by default now. Raises NotEnoughData (`low_frame_rate`,
    `feet_not_visible`, `too_short`, `not_running`).
    """
    library, runner = library or load(), runner or Runner()
    taken_at = taken_at or datetime.now(UTC)
    require_sample_rate(motion)
    require_feet(motion)
    events = _detector(motion)(motion)
    strides = pair_strides(events)
    require_running(motion, strides)
    samples = _Samples.of(motion, strides, runner, library)
    stamp = _Stamp(
        library,
        "video.side" if motion.view in SIDE_VIEWS else "video.rear",
        taken_at,
        motion.source,
        motion.sample_rate_hz,
    )
    measurements = tuple(stamp.measurements(samples))
    return Gait(
        motion=motion,
        view=motion.view,
        events=events,
        strides=strides,
        curves=cycle_curves(motion, strides),
        measurements=measurements,
        symmetries=tuple(_symmetries(measurements, library, motion.sample_rate_hz)),
        withheld=tuple(_withheld(motion, runner, library)),
        warnings=warnings_about(motion, strides),
        per_stride=samples.table(),
    )


@dataclass(frozen=True)
class _Samples:
    """Everything measured stride by stride, before it is averaged."""

    strides: tuple[Stride, ...]
    sided: Mapping[str, tuple[float, ...]]
    whole: Mapping[str, tuple[float, ...]]
    steps: Mapping[str, tuple[float, ...]]

    @classmethod
    def of(
        cls, motion: Motion, strides: tuple[Stride, ...], runner: Runner, library: Library
    ) -> _Samples:
        windows = [StrideWindow(motion, stride) for stride in strides]
        if motion.view not in SIDE_VIEWS:
            return cls(
                strides,
                sided=_each(windows, _shown(rear_metrics.SIDED, library)),
                whole=_each(windows, {"cadence": side_metrics.cadence_per_min}),
                steps={"step_width": tuple(rear_metrics.step_widths(windows))},
            )
        whole = _each(windows, side_metrics.WHOLE_BODY)
        if runner.height_m is not None:
            scale = px_per_cm(motion, runner.height_m)
            rises = (side_metrics.pelvis_rise_px(window) / scale for window in windows)
            whole["vertical_oscillation"] = tuple(rises)
        sided = _each(windows, _shown(side_metrics.SIDED, library))
        sided["flight_time"] = tuple(_flight_ms(strides))
        return cls(strides, sided=sided, whole=whole, steps={})

    def table(self) -> dict[str, tuple[float | str, ...]]:
        """Columns of `strides.csv`: one row a stride."""
        return {
            "side": tuple(str(s.side) for s in self.strides),
            "foot_strike_s": tuple(s.strike_s for s in self.strides),
            "toe_off_s": tuple(s.toe_off_s for s in self.strides),
            "next_foot_strike_s": tuple(s.next_strike_s for s in self.strides),
            **self.whole,
            **self.sided,
        }


@dataclass(frozen=True)
class _Stamp:
    """Turns samples into measurements that carry their error, method, date and source."""

    library: Library
    method: str
    taken_at: datetime
    source: str
    sample_rate_hz: float

    def measurements(self, samples: _Samples) -> Iterator[Measurement]:
        for metric, values in {**samples.whole, **samples.steps}.items():
            yield from self._measurement(metric, None, values)
        for metric, values in {"cadence": samples.whole["cadence"], **samples.sided}.items():
            for side in Side:
                own = [v for v, s in zip(values, samples.strides, strict=True) if s.side is side]
                yield from self._measurement(metric, side, own)
        if "stride_time" in samples.sided:
            yield self._variability(samples)

    def _measurement(
        self, metric: str, side: Side | None, values: Sequence[float]
    ) -> Iterator[Measurement]:
        known = np.array([v for v in values if np.isfinite(v)])
        if len(known):
            sd = float(known.std(ddof=1)) if len(known) > 1 else None
            yield self._with_error(metric, side, float(known.mean()), sd, len(known))

    def _variability(self, samples: _Samples) -> Measurement:
        """Coefficient of variation (%) of the stride time, pooled within the sides."""
        times = np.array(samples.sided["stride_time"])
        sides = np.array([str(s.side) for s in samples.strides])
        within = [times[sides == side] - times[sides == side].mean() for side in Side]
        spread = np.sqrt(sum(float(np.sum(w**2)) for w in within) / (len(times) - len(within)))
        return self._with_error(
            "stride_time_variability", None, float(spread / times.mean() * 100), None, len(times)
        )

    def _with_error(
        self, metric: str, side: Side | None, value: float, sd: float | None, n: int
    ) -> Measurement:
        error = self.library.metric(metric).error(self.method, self.sample_rate_hz)
        return Measurement(
            metric, value, side, sd, n, error, self.method, self.taken_at, self.source
        )


def _detector(motion: Motion) -> Callable[[Motion], tuple[Event, ...]]:
    if motion.view in SIDE_VIEWS:
        return FootVelocityEvents().detect
    return PelvisHeightEvents().detect


def _shown(metrics: PerStride, library: Library) -> PerStride:
    """Leave out what the evidence says this camera cannot see."""
    return {name: compute for name, compute in metrics.items() if not library.metric(name).withheld}


def _each(windows: Sequence[StrideWindow], metrics: PerStride) -> dict[str, tuple[float, ...]]:
    return {name: tuple(compute(w) for w in windows) for name, compute in metrics.items()}


def _flight_ms(strides: Sequence[Stride]) -> Iterator[float]:
    """Toe-off to the other foot's next strike, for each stride; NaN where that is not seen."""
    for stride in strides:
        others = (s.strike_s for s in strides if s.side is stride.side.other)
        following = [t for t in others if stride.strike_s < t < stride.next_strike_s]
        yield (following[0] - stride.toe_off_s) * 1000 if following else float("nan")


def _symmetries(
    measurements: Sequence[Measurement], library: Library, sample_rate_hz: float
) -> Iterator[Symmetry]:
    for left in measurements:
        right = one(measurements, left.metric, Side.RIGHT)
        metric = library.metric(left.metric)
        if left.side is Side.LEFT and right is not None and metric.sided:
            yield Symmetry(left.metric, left, right, metric.side_error(left.method, sample_rate_hz))


def _withheld(motion: Motion, runner: Runner, library: Library) -> Iterator[Withheld]:
    view = "side" if motion.view in SIDE_VIEWS else "rear"
    for metric in library.metrics.values():
        if metric.withheld is not None and (view in metric.views or "3d" in metric.views):
            yield Withheld(metric.id, metric.withheld)
    if view == "side" and runner.height_m is None:
        yield Withheld("vertical_oscillation", "Give your height (--height-cm) to get centimetres.")
