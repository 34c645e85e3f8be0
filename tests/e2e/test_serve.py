"""The real server and a real browser on a phone: first visit, a session, the network gone."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest
from playwright.sync_api import Browser, Page, expect

from hipwise.progress.log import SessionDone
from hipwise.storage import Store
from tests.e2e.served import PHONE, comes_true, lead_through_the_first_visit, port_of, served

pytestmark = pytest.mark.browser


def play_to_the_end(page: Page) -> None:
    for _ in range(400):
        if page.locator("#after").is_visible():
            return
        page.clock.run_for(4000)
    raise AssertionError("the session did not end")


@pytest.mark.usefixtures("folder")
def test_from_the_first_visit_to_the_end_of_a_session_without_a_network(browser: Browser) -> None:
    with served() as (address, server):
        context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console", lambda m: faults.append(m.text) if "Content Security" in m.text else None
        )
        lead_through_the_first_visit(page, address)
        root = address.partition("/enter")[0]
        expect(page.get_by_role("link", name="Start")).to_be_visible()
        assert comes_true(page, "caches.match('/api/v1/sessions/ahead').then(r => !!r)")
        page.clock.install()
        page.goto(f"{root}/play#today")
        page.wait_for_selector("#player[data-state=ready]")
        page.keyboard.press(" ")
        page.clock.run_for(15_000)
        assert page.locator("#place").inner_text().startswith("1 of")
        page.locator("#hard").click()
        server.send_signal(signal.SIGKILL)
        server.wait()
        play_to_the_end(page)
        page.locator("#pain-after").fill("2")
        page.locator("#finish").click()
        expect(page.locator("#kept")).to_contain_text("sent when the server is back")
        page.reload()
        page.wait_for_selector("#player[data-state=ready]")
        assert page.locator("#name").inner_text()
        assert not faults
        with Store.open() as store:
            assert store.log.entries() == ()
        with served(port_of(address)) as (again, _):
            for _ in range(2):
                page.goto(again)
                assert comes_true(
                    page, "JSON.parse(localStorage['hipwise.outbox'] || '[]').length == 0"
                )
            with Store.open() as store:
                (entry,) = store.log.entries()
        context.close()
    assert isinstance(entry, SessionDone)
    assert entry.pain_after == 2
    assert entry.items[0].felt == "too_hard"
    assert all(item.sets >= 1 for item in entry.items)


@pytest.mark.usefixtures("folder")
def test_what_hurts_ends_and_is_written_down(browser: Browser) -> None:
    with served() as (address, _):
        page = browser.new_page(viewport=PHONE)
        lead_through_the_first_visit(page, address)
        page.clock.install()
        page.goto(f"{address.partition('/enter')[0]}/play#minutes=8")
        page.wait_for_selector("#player[data-state=ready]")
        first = page.locator("#name").inner_text()
        page.locator("#pause").click()
        page.clock.run_for(12_000)
        page.locator("#hurts").click()
        page.locator("#scale button").nth(7).click()
        expect(page.locator("#pain-says")).to_contain_text("Red")
        page.locator("#pain button[value=on]").click()
        assert page.locator("#name").inner_text() != first, "a red pain ends the exercise"
        play_to_the_end(page)
        page.locator("#finish").click()
        page.wait_for_url("**/today")
        with Store.open() as store:
            (entry,) = store.log.entries()
        page.close()
    assert isinstance(entry, SessionDone)
    assert entry.items[0].pain == 7
    assert entry.items[0].stopped


@pytest.mark.usefixtures("folder")
def test_what_cannot_be_served_is_said() -> None:
    with served() as (address, _):
        assert "localhost" in address
        taken = subprocess.run(
            [
                sys.executable,
                "-m",
                "hipwise",
                "serve",
                "--no-open",
                "--port",
                str(port_of(address)),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    assert taken.returncode == 2
    assert "name another with --port" in taken.stderr
    other = subprocess.run(
        [sys.executable, "-m", "hipwise", "serve", "--no-open", "--host", "0.0.0.0"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert other.returncode == 2
    assert "set a password first" in other.stderr
