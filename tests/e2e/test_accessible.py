"""Every page in real Chromium, at both sizes, light and dark: names, contrast, no sideways scroll.

The rules are those of axe-core, for WCAG 2.1 A and AA.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from hipwise.services.changes import Changes
from hipwise.services.plans import keep_plan
from hipwise.storage import Store
from tests.e2e.served import DESK, PHONE, comes_true, served

pytestmark = pytest.mark.browser
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
PAGES = (
    "/today",
    "/welcome",
    "/start",
    "/start/safety",
    "/check",
    "/check/next",
    "/run",
    "/hips",
    "/plan",
    "/progress",
    "/evidence",
    "/evidence/cat_cow",
    "/settings",
    "/log-in",
    "/play#minutes=4",
    "/nothing-here",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with a screened runner, a plan, and a check that was begun."""
    folder = tmp_path_factory.mktemp("accessible")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HIPWISE_DATA", str(folder / "data"))
        patch.setenv("HIPWISE_CACHE", str(folder / "cache"))
        with Store.open() as store:
            fill(store)
        with served() as (printed, _):
            yield printed


def fill(store: Store) -> None:
    from hipwise.reporting.screening import to_json
    from hipwise.services.drafts import Draft
    from hipwise.services.screen import screen
    from tests.screening.filled_in import answers

    now = datetime.now().astimezone()
    given = answers({"knee_to_wall": {"left": [9, 10, 9.5], "right": [4, 4.5, 4.5]}})
    given = given.model_copy(update={"taken_at": now})
    store.screenings.add(to_json(screen(given)), given)
    keep_plan(store, Changes(minutes=6, days=3), now=now, weeks=2)
    draft = Draft.open(store, restart=True)
    draft.put("home", "set")
    draft.put(given.runner.model_dump(mode="json", exclude_none=True), "runner")
    draft.put(given.safety, "safety")


def violations(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{each['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
        for each in found
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_is_accessible_and_never_scrolls_sideways(
    browser: Browser, address: str, size: ViewportSize, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        viewport=size, color_scheme=scheme, reduced_motion="reduce", service_workers="block"
    )
    page = context.new_page()
    page.goto(address)
    root, found = address.partition("/enter")[0], {}
    for path in PAGES:
        page.goto(root + path)
        page.wait_for_load_state("load")
        if path.startswith("/play"):
            page.wait_for_selector("#player[data-state=ready]")
        if troubles := violations(page):
            found[path] = troubles
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], f"{path} scrolls sideways"
    context.close()
    assert not found


def test_a_phone_may_install_it(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(address)
    assert comes_true(page, "navigator.serviceWorker.ready.then(r => !!r.active)")
    page.reload()
    faults = context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    errors = {error["errorId"] for error in faults["installabilityErrors"]}
    assert errors <= {"in-incognito"}, "a context of a test is a private window"
    context.close()


def test_without_a_network_today_and_the_player_are_there(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(address)
    assert comes_true(page, "caches.match('/api/v1/sessions/ahead').then(r => !!r)")
    context.set_offline(True)
    root = address.partition("/enter")[0]
    page.goto(f"{root}/today")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{root}/play#today")
    page.wait_for_selector("#player[data-state=ready]")
    context.close()


@pytest.mark.usefixtures("folder")
def test_the_player_goes_by_keyboard_alone(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=PHONE, reduced_motion="reduce")
    page.goto(address)
    page.goto(f"{address.partition('/enter')[0]}/play#minutes=4")
    page.wait_for_selector("#player[data-state=ready]")
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id"))
    assert {"leave", "sound", "back", "pause", "skip", "easy", "hard", "hurts"} <= set(reached)
    page.close()


def test_what_is_wrong_would_be_seen(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        "<img src='x'><p style='color:#aaa;background:#fff'>faint</p><button></button>"
    )
    found = {line.partition(":")[0] for line in violations(page)}
    assert {"image-alt", "color-contrast", "button-name"} <= found
    page.close()
