"""The real server in a process of its own, and what a first visit types."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, ViewportSize

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}
TYPED = {
    "age_years": "34",
    "height_m": "170",
    "mass_kg": "62",
    "years": "5",
    "km_per_week": "30",
    "minutes": "10",
    "days": "7",
}


@contextmanager
def served(port: int = 0) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address that a server prints, and its process."""
    server = subprocess.Popen(
        [sys.executable, "-m", "hipwise", "serve", "--no-open", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found is not None, line
        yield found[0], server
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        assert server.stdout is not None
        server.stdout.close()


def port_of(address: str) -> int:
    return int(re.findall(r":(\d+)/", address)[0])


def lead_through_the_first_visit(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Begin").click()
    for name, value in TYPED.items():
        page.locator(f"[name={name}]").fill(value)
    for name, value in (("sex", "female"), ("surfaces", "road")):
        page.locator(f"[name={name}][value={value}]").dispatch_event("click")
    page.get_by_role("button", name="On to safety").click()
    for no in page.locator("input[type=radio][value=no]").all():
        no.dispatch_event("click")
    page.get_by_role("button", name="Show my first routine").click()
    page.wait_for_url("**/today")


def comes_true(page: Page, expression: str) -> bool:
    """Ask again until it is true; the page's own policy forbids the browser to poll by itself."""
    for _ in range(120):
        if page.evaluate(expression):
            return True
        time.sleep(0.5)
    return False
