"""Take the picture of the demo's report that README and documentation show, abridged.

Run with `uv run hipwise demo`, then `uv run python docs/picture_the_report.py`. Needs Chromium.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

REPORT = Path("hipwise-demo/report.html")
PICTURE = Path(__file__).parent / "images" / "report.png"
WIDTH_PX, MARGIN_PX = 1180, 28
SHARPNESS = 1.5
COLOURS = 192
LEFT_OUT = (
    "nav",
    ".also",
    "#stands-out .cards",
    ".fine",
    ".exercise ul",
    ".exercise p:not(.dose)",
    ".exercise:nth-child(n + 4)",
)


def main(report: Path) -> None:
    """Write `PICTURE`: the first finding and the first exercises."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(
            viewport={"width": WIDTH_PX, "height": 1400}, device_scale_factor=SHARPNESS
        )
        page.goto(report.absolute().as_uri())
        page.add_style_tag(content=", ".join(LEFT_OUT) + " { display: none !important }")
        last = page.locator("#routine .exercise").nth(2).bounding_box()
        if last is None:
            raise SystemExit(f"{report} shows no routine: is it the demo's report?")
        bottom = last["y"] + last["height"] + MARGIN_PX
        page.screenshot(
            path=PICTURE,
            full_page=True,
            clip={"x": 0, "y": 0, "width": WIDTH_PX, "height": bottom},
        )
        browser.close()
    picture = Image.open(PICTURE).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPORT)
