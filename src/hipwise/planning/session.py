"""Today's session: the exercises that help most in the minutes given, in a sensible order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hipwise.errors import UsageError
from hipwise.findings.finding import Finding
from hipwise.knowledge.exercises import Phase
from hipwise.knowledge.library import Library, load
from hipwise.planning.availability import FITS, Selection
from hipwise.planning.circumstances import Circumstances, check_minutes
from hipwise.planning.demand import Demand
from hipwise.planning.dose import seconds_of
from hipwise.planning.history import NOTHING_YET, Past
from hipwise.planning.phases import WeekRules
from hipwise.planning.plan import LeftOut, Session, SessionKind, WeekPhase
from hipwise.planning.programme import Candidate, Programme, Slot
from hipwise.planning.routine import GENERAL, Routine

__all__ = ["GENERAL", "check_wishes", "todays_session"]

AS_IF_SESSIONS = 3
"""A session by itself is chosen as if it were done so often a week (chosen by us)."""

_WHEN = {
    Phase.PRE_RUN: "before a run",
    Phase.POST_RUN: "after a run",
    Phase.STRENGTH: "in a strength session",
}


def todays_session(
    findings: Iterable[Finding],
    library: Library | None = None,
    minutes: float = 8.0,
    phase: str = "pre_run",
    *,
    circumstances: Circumstances | None = None,
    past: Past = NOTHING_YET,
    away: bool = False,
) -> Session:
    """Return the session of at most `minutes` that serves `findings` best.

    `phase` is `pre_run` (moving exercises only), `post_run`, `strength` or `daily`. Both sides are
    always trained; where a finding seen on two days names a side, that side may get one set more.
    Without `circumstances` nothing is needed but what stands in nearly every home, and hops, skips
    and the hardest exercises wait for the self-tests; `away` leaves only a floor and a wall.
    Without findings, general hip care comes out. Raises UsageError for an unknown phase or minutes
    that are not between 0 and 180. `library` is the built-in evidence unless another is given.
    """
    library = library or load()
    kind = check_wishes(minutes, phase, library)
    findings = tuple(findings)
    life = replace(circumstances or Circumstances(minutes, AS_IF_SESSIONS), minutes=minutes)
    life = life.with_found(findings, library)
    demand = Demand.of(findings, library)
    selection = Selection(
        library, life, _rules(life, library), past, away, wanted=frozenset(demand.worth)
    )
    slot = Slot(
        kind=kind,
        sessions=AS_IF_SESSIONS,
        seconds=minutes * 60,
        candidates=tuple(
            Candidate(e, tuple(range(1, e.dose.sets + 1))) for e in selection.exercises(kind)
        ),
        most=int(library.setting("most_exercises")),
    )
    solution = Programme([slot], demand, library).solve()
    items = Routine(solution, demand, library, past).items(kind)
    session = Session(kind, minutes, items)
    return replace(session, left_out=tuple(_left_out(session, slot, demand, selection)))


def _rules(circumstances: Circumstances, library: Library) -> WeekRules:
    """Return the rules of a day that belongs to no week: those of settling in."""
    effort = "settle_in_effort_old" if circumstances.old else "settle_in_effort"
    hardest = int(library.setting(effort))
    return WeekRules(WeekPhase.SETTLE_IN, hardest, AS_IF_SESSIONS, False, AS_IF_SESSIONS, False)


def check_wishes(minutes: float, phase: str, library: Library) -> SessionKind:
    """Return the kind that `phase` names; raises UsageError as `todays_session` does."""
    check_minutes(minutes, library)
    try:
        return SessionKind(phase)
    except ValueError:
        known = ", ".join(SessionKind)
        msg = f"There is no phase '{phase}' of training; use one of {known}."
        raise UsageError(msg) from None


def _left_out(
    session: Session, slot: Slot, demand: Demand, selection: Selection
) -> Iterator[LeftOut]:
    library = selection.library
    chosen = [library.exercise(item.exercise) for item in session.items]
    fitting = [candidate.exercise for candidate in slot.candidates]
    no_time = "The minutes went to what helps more; a longer session has it."
    if not chosen and fitting:
        shortest_s = min(seconds_of(e, 1, library) for e in fitting)
        no_time = f"Nothing fits: the shortest exercise takes {shortest_s:g} seconds."
    for target in demand.wanted:
        if any(e.serves(target) for e in chosen):
            continue
        if any(e.serves(target) for e in fitting):
            yield LeftOut(target, no_time)
        elif demand.findings:
            yield LeftOut(target, _elsewhere(target, selection, slot.kind))


def _elsewhere(target: str, selection: Selection, kind: SessionKind) -> str:
    """Say when `target` can be trained, if not now."""
    serving = [e for e in selection.library.exercises.values() if e.serves(target)]
    ready = [e for e in serving if selection.against(e) is None and not e.impact]
    when = dict.fromkeys(
        words for e in ready for p in e.phases if p not in FITS[kind] and (words := _WHEN[p])
    )
    if when:
        return f"None of its exercises belongs here; it is trained {' or '.join(when)}."
    against = next((r for e in serving if (r := selection.against(e)) is not None), "")
    return f"None of its exercises suits you now. {against}".strip()
