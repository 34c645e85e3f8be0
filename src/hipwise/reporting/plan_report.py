"""Everything that a plan's outputs are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hipwise.findings.finding import Finding
from hipwise.knowledge import Library
from hipwise.planning import Circumstances, Plan


@dataclass(frozen=True)
class PlanReport:
    """A plan with the findings and circumstances it was made for."""

    plan: Plan
    findings: tuple[Finding, ...]
    circumstances: Circumstances
    library: Library
    made_at: datetime
