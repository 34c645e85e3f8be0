"""A finding: what was seen, what it may mean, how sure that is, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hipwise.measurement import Measurement, Side


class FindingKind(StrEnum):
    """What sort of statement it is.

    `advice` follows from who the runner is, such as age or terrain, without a measurement;
    `contradiction` shows measurements that do not agree.
    """

    LIMIT = "limit"
    ASYMMETRY = "asymmetry"
    COMPENSATION = "compensation"
    ADVICE = "advice"
    CONTRADICTION = "contradiction"
    FINE = "fine"


@dataclass(frozen=True)
class Finding:
    """One explained observation. A finding that cannot name its evidence does not exist.

    `rule` is an id in `knowledge/content/rules.yaml` or under `knowledge/content/inferences`.
    `seen` says in one plain sentence what was measured, with error, unit and n; `compared_with`
    says against what; `may_mean` is cautious; `against` is the evidence that speaks against
    acting on it. `targets` are training targets in the vocabulary of
    `knowledge/content/targets.yaml`. `weight` (0..1) ranks findings: how much it matters times
    how sure it is; `sure` is False where what was measured lies inside the error of its limit, or
    where a side difference was seen on a single day. `days` is on how many days everything it rests
    on was measured; 0 where it rests on no measurement.
    """

    id: str
    rule: str
    kind: FindingKind
    title: str
    seen: str
    compared_with: str
    may_mean: str
    against: tuple[str, ...]
    grade: str
    sources: tuple[str, ...]
    status: str
    targets: tuple[str, ...]
    side: Side | None
    measurements: tuple[Measurement, ...]
    weight: float
    sure: bool
    days: int
