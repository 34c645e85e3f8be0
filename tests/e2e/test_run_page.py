"""A film sent from the page, measured by the real server, and looked at beside its curves."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from hipwise.recording import open_video
from hipwise.recording.film import FilmWriter
from tests.e2e.served import DESK, comes_true, served

pytestmark = pytest.mark.browser
SECONDS = 5


@pytest.fixture
def clip(tmp_path: Path, shared_data: Path) -> Path:
    """The first seconds of a real run on a treadmill, seen from the left."""
    whole, path = open_video(shared_data / "video" / "male_side.mp4"), tmp_path / "my run.mp4"
    with FilmWriter(path, whole.width, whole.height, whole.fps) as film:
        for frame in takewhile(lambda frame: frame.time_s < SECONDS, whole):
            film.write(frame.rgb, frame.time_s)
    return path


@pytest.mark.usefixtures("screened")
def test_a_film_is_sent_measured_and_moves_with_its_curves(browser: Browser, clip: Path) -> None:
    with served() as (address, _):
        page = browser.new_page(viewport=DESK)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        page.get_by_role("link", name="Run", exact=True).click()
        page.locator("input[name=film]").set_input_files(clip)
        expect(page.locator(".chosen").first).to_contain_text("my run.mp4")
        page.get_by_role("button", name="Measure it").click()
        expect(page.locator("#stage")).to_be_visible(timeout=30_000)
        expect(page.locator("#strip")).to_be_visible(timeout=300_000)
        expect(page.locator("#readout")).to_contain_text("Thigh")
        assert comes_true(page, "document.getElementById('film').duration > 4")
        page.evaluate("document.getElementById('film').currentTime = 2")
        assert comes_true(page, "Math.abs(document.getElementById('strip').scrollLeft - 240) < 3")
        page.evaluate("document.getElementById('strip').scrollLeft = 360")
        assert comes_true(page, "Math.abs(document.getElementById('film').currentTime - 3) < 0.05")
        page.locator("#strip").focus()
        page.keyboard.press("ArrowRight")
        assert comes_true(page, "document.getElementById('film').currentTime > 3.03")
        report = page.frame_locator("#report")
        expect(report.get_by_role("heading", name="How you run")).to_be_visible()
        height = page.locator("#report").bounding_box()
        assert height is not None
        assert height["height"] > 2000, "the report is shown whole"
        page.get_by_role("button", name="Remove this run").click()
        expect(page.get_by_text("my run.mp4")).to_have_count(0)
        assert not faults
        page.close()
