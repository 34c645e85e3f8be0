"""Make a plan, keep it, and move it on as the log tells."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from hipwise.errors import Conflict, UnreadableFile
from hipwise.findings.finding import Finding
from hipwise.knowledge import Library, load
from hipwise.planning import Circumstances, Past, Plan, plan
from hipwise.planning.document import from_document, to_document
from hipwise.planning.history import NOTHING_YET
from hipwise.planning.planner import USUAL_WEEKS
from hipwise.progress.past import past_of, time_away
from hipwise.reporting.plan_report import PlanReport
from hipwise.services.basis import Basis, basis_of_records
from hipwise.services.changes import Changes

if TYPE_CHECKING:
    from hipwise.storage import Store

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Kept:
    """What is kept with a plan.

    What it was made for, what the runner wished, when it was made, its last day, and the state of
    the records that it has taken in.
    """

    findings: tuple[Finding, ...]
    circumstances: Circumstances
    changes: Changes
    made_at: datetime
    until: date
    state: str


_KEPT = TypeAdapter(Kept)


def plan_for(
    basis: Basis,
    changes: Changes,
    *,
    start: date,
    made_at: datetime,
    weeks: int = USUAL_WEEKS,
    past: Past = NOTHING_YET,
    library: Library | None = None,
) -> PlanReport:
    """Plan for findings and circumstances; raises UsageError as `planning.plan` does."""
    library = library or load()
    life = changes.applied(basis.circumstances)
    made = plan(basis.findings, life, start=start, weeks=weeks, past=past, library=library)
    made = replace(made, notes=(*basis.notes, *made.notes))
    return PlanReport(made, basis.findings, life, library, made_at)


def keep_plan(
    store: Store,
    changes: Changes,
    *,
    now: datetime,
    start: date | None = None,
    weeks: int | None = None,
    anew: bool = False,
    seen: int | None = None,
) -> PlanReport:
    """Plan from the runner's records and keep the plan.

    Earlier wishes hold on where `changes` says nothing else, unless `anew`. Without `weeks` the
    plan ends when the one before it did, or lasts `USUAL_WEEKS`. `seen` is the version that the
    runner looked at when they wished, where that may be an older one. Raises as `plan_for` and
    `basis_of_records` do, Conflict where another plan was kept in the meantime.
    """
    library = load()
    current, state = store.plans.current(), store.news.state()
    before = None if current is None or anew else kept_with(current.document)
    start = start or now.date()
    basis = basis_of_records(store, now, library)
    if before is not None:
        changes = changes.after(_still_ahead(before.changes, start))
    entries = store.log.entries()
    counted = timedelta(days=library.setting("counted_days"))
    away = (*basis.circumstances.away, *time_away(entries))
    report = plan_for(
        replace(basis, circumstances=replace(basis.circumstances, away=away)),
        changes,
        start=start,
        made_at=now,
        weeks=weeks or _weeks_left(before, start),
        past=past_of(entries, plans_that_held(store, start - counted), start, library),
        library=library,
    )
    until = report.plan.weeks[-1].start + WEEK - timedelta(days=1)
    kept = Kept(report.findings, report.circumstances, changes, now, until, state)
    document = to_document(report.plan) | {"made_for": _KEPT.dump_python(kept, mode="json")}
    version = current.version if current else 0
    store.plans.put(document, start, based_on=version if seen is None else seen)
    return report


def current_plan(store: Store, now: datetime) -> PlanReport:
    """Return the plan that holds, planned on where the log, a screening or a film is newer.

    Where another program planned at the same time, its plan is the one that holds. Raises as
    `keep_plan` does.
    """
    try:
        return _standing(store, now) or keep_plan(store, Changes(), now=now)
    except Conflict:
        return _standing(store, now) or keep_plan(store, Changes(), now=now)


def _standing(store: Store, now: datetime) -> PlanReport | None:
    """Return the kept plan; None where there is none, it is over, or there is news."""
    current = store.plans.current()
    if current is None:
        return None
    kept = kept_with(current.document)
    if now.date() > kept.until or store.news.state() != kept.state:
        return None
    made = from_document(current.document)
    return PlanReport(made, kept.findings, kept.circumstances, load(), kept.made_at)


def kept_with(document: dict[str, Any]) -> Kept:
    """Return what is kept with a plan; raises UnreadableFile where it is damaged."""
    try:
        return _KEPT.validate_python(document["made_for"])
    except (KeyError, ValidationError):
        raise UnreadableFile(
            "The plan is damaged: make it anew with 'hipwise plan --anew'."
        ) from None


def plans_that_held(store: Store, since: date) -> Sequence[Plan]:
    """Return the plans that held on the day `since` or later, the oldest first."""
    return [from_document(kept.document) for kept in store.plans.history(since)]


def _still_ahead(changes: Changes, start: date) -> Changes:
    """Forget a race, times away and moves that are over."""
    race = changes.race if changes.race and changes.race >= start else None
    away = tuple(time for time in changes.away or () if time.last >= start)
    monday = start - timedelta(days=start.weekday())
    moves = tuple(move for move in changes.moves or () if move.to >= monday)
    return replace(changes, race=race, away=away or None, moves=moves or None)


def _weeks_left(before: Kept | None, start: date) -> int:
    monday = start - timedelta(days=start.weekday())
    left = 0 if before is None else math.ceil((before.until - monday) / WEEK)
    return left if left > 0 else USUAL_WEEKS
