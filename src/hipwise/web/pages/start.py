"""Who the runner is and the safety questions: the first visit, and before every check."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from hipwise.knowledge import Library
from hipwise.knowledge.exercises import Equipment
from hipwise.reporting.screening import to_json
from hipwise.screening.battery import ALL_EQUIPMENT, EVERYWHERE
from hipwise.screening.reading import checked_answers
from hipwise.screening.runner import Goal, Sex, Surface, Trains, Weekday
from hipwise.services.changes import Changes
from hipwise.services.drafts import Draft
from hipwise.services.plans import keep_plan
from hipwise.services.screen import screen
from hipwise.services.starting import take_runner, take_safety, verdict_of
from hipwise.units import METRIC, Units
from hipwise.web.jobs import Jobs
from hipwise.web.planning import plan_ahead
from hipwise.web.shown import Evidence, Records, SentForm, go, jobs_of, page, units_of

router = APIRouter(include_in_schema=False)
THINGS = tuple(thing.value for thing in Equipment if thing.value not in EVERYWHERE)
CHOICES = {
    "sexes": tuple(Sex),
    "goals": tuple(Goal),
    "surfaces": tuple(Surface),
    "weekdays": tuple(Weekday),
    "trains": tuple(Trains),
    "things": tuple(thing for thing in ALL_EQUIPMENT if thing not in EVERYWHERE),
}


@router.get("/start")
def who(request: Request, store: Records, then: str = "today") -> Response:
    """Ask who the runner is."""
    return _who(request, Draft.open(store), then, fault="")


@router.post("/start")
async def told_who(
    request: Request, store: Records, form: SentForm, then: str = "today"
) -> Response:
    """Take who the runner is, and go on to the safety questions."""
    fields = {key: [str(value) for value in form.getlist(key)] for key in form}
    draft = Draft.open(store)
    fault = take_runner(draft, _in_metric(fields, units_of(store)))
    if fault is not None:
        return _who(request, draft, then, fault=fault, typed=fields)
    return go(f"/start/safety?then={_then(then)}")


@router.get("/start/safety")
def safety(request: Request, store: Records, library: Evidence, then: str = "today") -> Response:
    """Ask the safety questions."""
    draft = Draft.open(store)
    if draft.get("runner") is None:
        return go(f"/start?then={_then(then)}")
    return _safety(request, draft, then, library, fault="")


@router.post("/start/safety")
async def told_safety(
    request: Request, store: Records, form: SentForm, library: Evidence, then: str = "today"
) -> Response:
    """Take the safety answers: a red flag stops here, else it goes on to the first routine."""
    draft = Draft.open(store)
    if draft.get("runner") is None:
        return go("/start")
    answers = {id: str(form.get(id, "")) for id in library.intake}
    conditions = [str(tag) for tag in form.getlist("conditions")]
    fault = take_safety(draft, answers, conditions, library)
    if fault is not None:
        return _safety(request, draft, then, library, fault=fault, typed=answers)
    if not verdict_of(draft, library).stop and _then(then) == "check":
        return go("/check/next")
    finish(draft, jobs_of(request))
    return go("/today")


def finish(draft: Draft, jobs: Jobs) -> None:
    """Keep the screening, whatever it says; a plan follows where no red flag stops it.

    This week is planned at once, so that nobody waits; the weeks after it beside.
    """
    answers = checked_answers(draft.raw, "Your answers")
    analysis = screen(answers)
    assert analysis.screened is not None
    draft.finish(to_json(analysis), analysis.screened.answers)
    draft.store.runner.put(analysis.screened.answers.runner)
    if not analysis.screened.screening.verdict.stop:
        keep_plan(draft.store, Changes(), now=datetime.now().astimezone(), weeks=1)
        plan_ahead(jobs, draft.store)


def _then(then: str) -> str:
    return "check" if then == "check" else "today"


def _who(
    request: Request,
    draft: Draft,
    then: str,
    *,
    fault: str,
    typed: dict[str, list[str]] | None = None,
) -> Response:
    units = units_of(draft.store)
    known = typed if typed is not None else _known(draft, units)
    return page(
        request,
        "start",
        status=400 if fault else 200,
        title="Who are you?",
        then=_then(then),
        fault=fault,
        known=known,
        units=units,
        **CHOICES,
    )


def _in_metric(fields: dict[str, list[str]], units: Units) -> dict[str, list[str]]:
    """Return the fields as the form in metric units has them; what is no number stays."""
    per = {"height_m": units.per_m / METRIC.per_m, "mass_kg": units.per_kg}
    per["km_per_week"] = units.per_km
    told = dict(fields)
    for name, factor in per.items():
        text = (fields.get(name) or [""])[0].strip().replace(",", ".")
        with suppress(ValueError):
            told[name] = [repr(float(text) / factor)] if factor != 1 else fields[name]
    return told


def _known(draft: Draft, units: Units) -> dict[str, list[str]]:
    """Return what is known of the runner already, as the form has it."""
    runner = draft.get("runner")
    if not runner:
        profile = draft.store.runner.get()
        latest = draft.store.screenings.latest() if profile is None else None
        profile = profile or (latest.runner if latest else None)
        runner = profile.model_dump(mode="json") if profile else {}
    flat = {**runner, **runner.get("experience", {})}
    known = {
        key: [str(v) for v in value]
        if isinstance(value, list)
        else [f"{value:g}" if isinstance(value, float) else str(value)]
        for key, value in flat.items()
        if value is not None and not isinstance(value, dict)
    }
    per = {"height_m": units.per_m, "mass_kg": units.per_kg, "km_per_week": units.per_km}
    for name, factor in per.items():
        if name in known:
            known[name] = [f"{round(factor * float(known[name][0]), 1):g}"]
    return known


def _safety(
    request: Request,
    draft: Draft,
    then: str,
    library: Library,
    *,
    fault: str,
    typed: dict[str, str] | None = None,
) -> Response:
    tags = [library.contraindication(tag) for tag in library.asked_conditions]
    sex = draft.get("runner", "sex")
    return page(
        request,
        "safety",
        status=400 if fault else 200,
        title="Safety first",
        then=_then(then),
        fault=fault,
        questions=[
            q for q in library.intake.values() if not (q.id == "q_pregnant" and sex == Sex.MALE)
        ],
        male=sex == Sex.MALE,
        conditions=tags,
        told=draft.get("runner", "conditions") or [],
        typed=typed or {},
    )
