"""What was measured, ready to be asked: the latest value of each metric and side, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from hipwise.findings.judge import limited_side
from hipwise.knowledge.library import Library
from hipwise.knowledge.models import Unit
from hipwise.knowledge.recorded import Flag as TestFlag
from hipwise.knowledge.recorded import GroupNorm, Recorded, Sex
from hipwise.measurement import Measurement, Side, Symmetry

if TYPE_CHECKING:
    from hipwise.screening.runner import RunnerProfile


@dataclass(frozen=True)
class Judged:
    """A test's value beside its own limit.

    `margin` is the distance from the limit in errors; 1 where a level is looked at, which has no
    width, and 0 where the error is not known.
    """

    measurement: Measurement
    raised: bool
    limit: float
    status: str
    source: str | None
    margin: float


@dataclass(frozen=True)
class Gap:
    """Left beside right, judged by the test's own limits; `side` is the one that is behind."""

    symmetry: Symmetry
    side: Side
    size: float
    watch: float
    act: float
    error: float
    percent: bool

    @property
    def acts(self) -> bool:
        """Whether it is large enough to act on."""
        return self.size >= self.act

    @property
    def margin(self) -> float:
        """How many times the larger of error and limit the difference is."""
        return abs(self.symmetry.difference) / self.error if self.error > 0 else 1.0


@dataclass(frozen=True)
class Results:
    """Measurements and side differences of one runner, and who the runner is, if that is known."""

    measurements: tuple[Measurement, ...]
    symmetries: tuple[Symmetry, ...]
    library: Library
    profile: RunnerProfile | None

    @cached_property
    def latest(self) -> Mapping[tuple[str, Side | None], Measurement]:
        """The latest value of each metric and side; of one moment, the first listed."""
        found: dict[tuple[str, Side | None], Measurement] = {}
        for m in self.measurements:
            known = found.get((m.metric, m.side))
            if known is None or m.taken_at > known.taken_at:
                found[m.metric, m.side] = m
        return found

    @cached_property
    def gaps(self) -> Mapping[str, Symmetry]:
        """The latest side difference of each metric."""
        found: dict[str, Symmetry] = {}
        for s in self.symmetries:
            known = found.get(s.metric)
            if known is None or s.left.taken_at > known.left.taken_at:
                found[s.metric] = s
        return found

    @cached_property
    def days(self) -> tuple[Results, ...]:
        """The results of each day by themselves, in time order."""
        days = sorted({m.taken_at.date() for m in self.measurements})
        return tuple(
            Results(
                tuple(m for m in self.measurements if m.taken_at.date() == day),
                tuple(s for s in self.symmetries if s.left.taken_at.date() == day),
                self.library,
                self.profile,
            )
            for day in days
        )

    def days_of(self, metric: str) -> int:
        """On how many days `metric` was measured."""
        return len({m.taken_at.date() for m in self.measurements if m.metric == metric})

    def recorded(self, metric: str) -> Recorded | None:
        """Return the score sheet of a self-test's value, None for a running measure."""
        protocol = self.library.protocols.get(metric.partition(".")[0])
        return protocol.recorded.get(metric) if protocol is not None else None

    def tested(self) -> Iterable[tuple[str, Recorded]]:
        """Yield every value of a self-test that was taken, in the order of the evidence."""
        taken = {metric for metric, _ in self.latest}
        for protocol in self.library.protocols.values():
            for metric, recorded in protocol.recorded.items():
                if metric in taken:
                    yield metric, recorded

    def norm(self, recorded: Recorded) -> GroupNorm | None:
        """Return the norm for this runner's sex and age, None where none is known."""
        if self.profile is None:
            return next((n for n in recorded.norms if _for_everybody(n)), None)
        return recorded.norm_for(self.sex, self.profile.age_years)

    @property
    def sex(self) -> Sex | None:
        """The runner's sex where it was told."""
        said = self.profile.sex.value if self.profile is not None else None
        return "female" if said == "female" else "male" if said == "male" else None

    def judged(self, metric: str, side: Side | None) -> Judged | None:
        """Hold a test's value against its own limit; None without value or limit for this runner.

        Of several limits the one that is passed counts, or else the nearest.
        """
        recorded, m = self.recorded(metric), self.latest.get((metric, side))
        if recorded is None or m is None:
            return None
        norm = self.norm(recorded)
        held = []
        for flag in recorded.flags:
            limit = flag.threshold(norm)
            if limit is None or not self._meant(flag):
                continue
            raised = flag.raised(m.value, norm)
            held.append(
                Judged(m, raised, limit, str(flag.status), flag.source, self._margin(m, limit))
            )
        return min(held, key=lambda j: (not j.raised, j.margin), default=None)

    def _meant(self, flag: TestFlag) -> bool:
        if self.profile is None:
            return _for_everybody(flag)
        return flag.covers(self.sex, self.profile.age_years)

    def _margin(self, m: Measurement, limit: float) -> float:
        if self.library.metric(m.metric).unit in {Unit.LEVEL, Unit.YES_NO}:
            return 1.0
        return abs(m.value - limit) / m.error if m.error else 0.0

    def gap(self, metric: str) -> Gap | None:
        """Hold left against right by the test's own limits; None where nothing can be said.

        A difference within its error is none, and neither is one below the limit to watch.
        """
        recorded, symmetry = self.recorded(metric), self.gaps.get(metric)
        if recorded is None or symmetry is None or recorded.side_rule is None:
            return None
        rule, side = recorded.side_rule, limited_side(self.library.metric(metric), symmetry)
        percent = rule.kind == "percent"
        size = symmetry.percent_of_larger if percent else abs(symmetry.difference)
        if side is None or size is None or not symmetry.beyond_error or size < rule.watch:
            return None
        return Gap(symmetry, side, size, rule.watch, rule.act, symmetry.error or 0.0, percent)


def _for_everybody(group: GroupNorm | TestFlag) -> bool:
    return group.sex == "any" and group.age_low is None and group.age_high is None
