from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hipwise.reporting import names

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def address(report_dir: Path) -> str:
    return (report_dir / names.REPORT).as_uri()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_never_scrolls_sideways(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_no_request_leaves_the_page_and_nothing_goes_wrong(page: Page, address: str) -> None:
    requests: list[str] = []
    troubles: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(address)
    assert [url for url in requests if not url.startswith("data:")] == [address]
    assert troubles == []
    assert page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)")


def test_dark_theme_reaches_the_charts(browser: Browser, address: str) -> None:
    colours = []
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
        page.goto(address)
        colours.append(
            page.evaluate(
                "[getComputedStyle(document.querySelector('.chart [stroke=\"#c9302c\"]')).stroke,"
                " getComputedStyle(document.body).backgroundColor]"
            )
        )
        page.close()
    assert colours[0][0] != colours[1][0]
    assert colours[0][1] != colours[1][1]


def test_print_shows_stills_instead_of_moving_pictures(page: Page, address: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(address)
    assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    moving = "[...document.querySelectorAll('.moving')].map(e => getComputedStyle(e).display)"
    assert set(page.evaluate(moving)) <= {"none"}
