"""A session of the plan moved in the browser: dragged, and by the keyboard."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from hipwise.services.changes import Changes
from hipwise.services.plans import current_plan, keep_plan
from hipwise.storage import Store
from tests.e2e.served import DESK, served

pytestmark = pytest.mark.browser


def days_with_a_session() -> list[date]:
    with Store.open() as store:
        report = current_plan(store, datetime.now().astimezone())
    return [s.day for week in report.plan.weeks for s in week.sessions if s.day]


def one_with_room_after(days: list[date]) -> date:
    """A session of next week's plan whose following two days of the week are free."""
    return next(
        day
        for day in days
        if day.weekday() < 5 and not {day + timedelta(1), day + timedelta(2)} & set(days)
    )


def cell(day: date) -> str:
    return f"[data-day='{day}']"


@pytest.mark.usefixtures("screened")
def test_a_session_is_dragged_and_moved_by_the_keyboard(browser: Browser) -> None:
    now = datetime.now().astimezone()
    monday = now.date() + timedelta(days=7 - now.weekday())
    with Store.open() as store:
        keep_plan(store, Changes(minutes=6, days=2, runs_on=()), now=now, start=monday, weeks=1)
    first = one_with_room_after(days_with_a_session())
    second, third = first + timedelta(days=1), first + timedelta(days=2)
    with served() as (address, _):
        page = browser.new_page(viewport=DESK)
        page.goto(address)
        page.get_by_role("link", name="Plan", exact=True).click()
        page.wait_for_load_state("load")
        page.locator(f"{cell(first)} a").drag_to(page.locator(cell(third)))
        expect(page.locator(f"{cell(third)} a")).to_be_visible(timeout=60_000)
        expect(page.locator(f"{cell(first)} a")).to_have_count(0)
        page.wait_for_load_state("load")
        page.locator(f"{cell(third)} a").focus()
        page.keyboard.press("Shift+ArrowLeft")
        expect(page.locator(f"{cell(second)} a")).to_be_visible(timeout=60_000)
        page.close()
    assert second in days_with_a_session()
    assert third not in days_with_a_session()
