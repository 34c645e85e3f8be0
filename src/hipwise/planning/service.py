"""What a week gives each finding, and why it is not more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hipwise.findings.finding import Finding
from hipwise.knowledge.library import Library
from hipwise.planning.availability import Selection
from hipwise.planning.demand import Demand
from hipwise.planning.dose import FULL, least_parts, parts_of_a_set
from hipwise.planning.plan import Service, Session
from hipwise.planning.programme import Slot, Solution

NO_TIME = "More does not fit into your minutes."
ELSEWHERE = "Its exercises belong into sessions that your week does not have."
NO_MORE = "The rules for new exercises, recovery and long holds allow no more this week."
ROOM_S = 75
"""With less than this left a session is told to be full (chosen by us)."""
NOT_SO_FEW = 0.995
"""A share from here on is told as the whole."""


@dataclass(frozen=True)
class Given:
    """A solved week: its sessions, and what they were chosen from."""

    sessions: tuple[Session, ...]
    solution: Solution
    slots: tuple[Slot, ...]
    selection: Selection
    demand: Demand

    @property
    def library(self) -> Library:
        """The evidence."""
        return self.selection.library

    @cached_property
    def parts(self) -> dict[str, int]:
        """Parts of a weekly dose that the week gives each wanted target, on each side."""
        sessions = {slot.kind: slot.sessions for slot in self.slots}
        exercises = {c.exercise.id: c.exercise for s in self.slots for c in s.candidates}
        total = dict.fromkeys(self.demand.worth, 0)
        for (kind, id), sets in self.solution.sets.items():
            for target in total:
                each = parts_of_a_set(exercises[id], target, kind, self.library)
                total[target] += sessions[kind] * sets * each
        return total

    def share(self, finding: Finding) -> float:
        """Return how much (0..1) of the full dose of the finding's targets is given."""
        weights = [1 / order for order in range(1, len(finding.targets) + 1)]
        served = [min(self.parts[target] / FULL, 1.0) for target in finding.targets]
        return sum(w * s for w, s in zip(weights, served, strict=True)) / sum(weights)

    def is_full_of(self, finding: Finding) -> bool:
        """Whether no session has room beside what serves `finding` or one that ranks before it."""
        ids = [each.id for each in self.demand.findings]
        first = frozenset(ids[: ids.index(finding.id) + 1])
        used = (sum(i.seconds for i in s.items if first & set(i.serves)) for s in self.sessions)
        return all(
            s.minutes_allowed * 60 - seconds < ROOM_S
            for s, seconds in zip(self.sessions, used, strict=True)
        )


def services(given: Given) -> Iterator[Service]:
    """Yield what the week gives each finding, weightiest first."""
    for finding in given.demand.findings:
        share = given.share(finding)
        main = finding.targets[0]
        items = [item for s in given.sessions for item in s.items if finding.id in item.serves]
        yield Service(
            finding=finding.id,
            share=share,
            least=given.parts[main] >= least_parts(main, given.library),
            seconds=sum(item.seconds for item in items),
            exercises=tuple(dict.fromkeys(item.exercise for item in items)),
            reason="" if share >= NOT_SO_FEW else _reason(finding, given),
        )


def _reason(finding: Finding, given: Given) -> str:
    """Say why a finding does not get its full dose."""
    main = finding.targets[0]
    candidates = [c.exercise for slot in given.slots for c in slot.candidates]
    if any(e.serves(main) for e in candidates):
        return NO_TIME if given.is_full_of(finding) else NO_MORE
    return why_nothing_serves(main, given.selection) or ELSEWHERE


def why_nothing_serves(target: str, selection: Selection) -> str | None:
    """Say what keeps every exercise for `target` from this runner; None where one would suit."""
    serving = sorted(
        (e for e in selection.library.exercises.values() if e.serves(target)),
        key=lambda e: (-e.serves(target), e.effort, e.id),
    )
    against = [(e.name, selection.against(e)) for e in serving]
    if not all(reason for _, reason in against):
        return None
    told = [f"{name}: {reason}" for name, reason in against[:2] if reason]
    return " ".join(["No exercise for it suits you now.", *told])
