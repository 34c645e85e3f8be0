"""Plan: the weeks, what they are for, wishes that make it anew, and the calendar."""

from __future__ import annotations

import hmac
import secrets
from datetime import date, datetime

from fastapi import APIRouter, Request
from fastapi.datastructures import FormData
from fastapi.responses import Response

from hipwise.errors import HipwiseError, UsageError
from hipwise.reporting.calendar import to_calendar
from hipwise.reporting.plan_page import plan_parts
from hipwise.reporting.sections.routine import PHASE_WORDS
from hipwise.screening.runner import Trains, Weekday
from hipwise.services.changes import Changes
from hipwise.services.moving import move_session
from hipwise.services.plans import current_plan, keep_plan
from hipwise.storage import Store
from hipwise.web.pages.start import THINGS
from hipwise.web.planning import is_planning
from hipwise.web.shown import Planned, SentForm, go, jobs_of, page

router = APIRouter(include_in_schema=False)
FEED = "web.calendar"
"""Under this key the settings keep the secret in the calendar's address."""


@router.get("/plan")
def plan(request: Request, store: Planned) -> Response:
    """Show the plan that holds."""
    return _plan(request, store, fault="")


@router.post("/plan")
def wished(request: Request, store: Planned, form: SentForm) -> Response:
    """Make the plan anew with other wishes."""
    try:
        seen = int(_number(form, "version"))
        keep_plan(store, _wishes(form), now=datetime.now().astimezone(), seen=seen)
    except HipwiseError as fault:
        return _plan(request, store, fault=str(fault))
    return go("/plan")


@router.post("/plan/move")
def moved(request: Request, store: Planned, form: SentForm) -> Response:
    """Put a session on another day of its week."""
    try:
        of, to = (_day(form, name) for name in ("of", "to"))
        now, seen = datetime.now().astimezone(), int(_number(form, "version"))
        move_session(store, of, to, now, seen)
    except HipwiseError as fault:
        return _plan(request, store, fault=str(fault))
    return go("/plan#weeks")


@router.get("/calendar/{secret}.ics")
def calendar(store: Planned, secret: str) -> Response:
    """Return the plan as a calendar to follow; the address is the key to it."""
    if not hmac.compare_digest(secret, str(store.settings.get(FEED) or "")):
        raise UsageError("There is no such calendar: copy its address from the page of your plan.")
    report = current_plan(store, datetime.now().astimezone())
    return Response(to_calendar(report), media_type="text/calendar; charset=utf-8")


def _wishes(form: FormData) -> Changes:
    """Read the form; raises UsageError for what cannot be."""
    race = str(form.get("race") or "")
    try:
        return Changes(
            minutes=_number(form, "minutes"),
            days=int(_number(form, "days")),
            runs_on=tuple(Weekday(str(day)) for day in form.getlist("runs_on")),
            hard_on=tuple(Weekday(str(day)) for day in form.getlist("hard_on")),
            trains=Trains(str(form.get("trains") or "both")),
            equipment=tuple(str(thing) for thing in form.getlist("equipment")) or ("chair",),
            race=date.fromisoformat(race) if race else None,
        )
    except ValueError:
        raise UsageError("Something in the form is none of the choices: load it again.") from None


def _number(form: FormData, name: str) -> float:
    text = str(form.get(name) or "").replace(",", ".")
    try:
        return float(text)
    except ValueError:
        raise UsageError(f"'{name}' is '{text}', which is no number.") from None


def _day(form: FormData, name: str) -> date:
    try:
        return date.fromisoformat(str(form.get(name) or ""))
    except ValueError:
        raise UsageError(f"'{name}' is no day: choose one of the list.") from None


def _plan(request: Request, store: Store, *, fault: str) -> Response:
    now = datetime.now().astimezone()
    report = current_plan(store, now)
    current = store.plans.current()
    return page(
        request,
        "weeks",
        status=400 if fault else 200,
        title="Your plan",
        fault=fault,
        plan_version=current.version if current else 0,
        weekdays=tuple(Weekday),
        trains=tuple(Trains),
        things=THINGS,
        life=report.circumstances,
        ahead=[s for w in report.plan.weeks for s in w.sessions if s.day and s.day >= now.date()],
        words=PHASE_WORDS,
        today=now.date(),
        planning=is_planning(jobs_of(request)),
        feed=f"{request.base_url}calendar/{_secret(store)}.ics",
        **plan_parts(report),
    )


def _secret(store: Store) -> str:
    secret = store.settings.get(FEED)
    if not isinstance(secret, str):
        secret = secrets.token_urlsafe(24)
        store.settings.put(FEED, secret)
    return secret
