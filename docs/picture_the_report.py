"""Take the picture of the demo's report that README and documentation show.

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
COLOURS = 128


def main(report: Path) -> None:
    """Write `PICTURE`: the report from its top to the end of the first finding."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(
            viewport={"width": WIDTH_PX, "height": 1400}, device_scale_factor=SHARPNESS
        )
        page.goto(report.absolute().as_uri())
        first = page.locator("main article").first.bounding_box()
        if first is None:
            raise SystemExit(f"{report} shows no finding: is it the demo's report?")
        bottom = first["y"] + first["height"] + MARGIN_PX
        page.screenshot(
            path=PICTURE,
            full_page=True,
            clip={"x": 0, "y": 0, "width": WIDTH_PX, "height": bottom},
        )
        browser.close()
    Image.open(PICTURE).convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS).save(
        PICTURE, optimize=True
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPORT)
