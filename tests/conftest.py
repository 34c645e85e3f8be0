"""Where the tests find real recordings and a browser, and what happens where they are absent."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

pytest_plugins = ("pytester",)

# As the command line does, and for the same reason: see hipwise.cli.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# How long an example takes says something about the machine alone.
settings.register_profile("patient", settings(), deadline=None)
settings.load_profile("patient")

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NEEDS = {
    "HIPWISE_REQUIRE_DATA": {"data", "shared_data"},
    "HIPWISE_REQUIRE_BROWSER": {"browser", "chromium"},
}
"""Where the variable is 1, a test with one of these markers or fixtures may not be skipped."""


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of recordings made by others; skips without it, fails where it is required."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the recordings of ../shared/data are not on this machine")
    return SHARED_DATA


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the system's Chromium; skips without one, fails where it is required."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("Chromium is not on this machine")
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], chromium: str
) -> dict[str, Any]:
    """Let pytest-playwright start the system's Chromium, which as root needs no sandbox."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = ["--disable-background-networking", *(["--no-sandbox"] if as_root else [])]
    return {**browser_type_launch_args, "executable_path": chromium, "args": arguments}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where what the test needs must be there."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        for variable in _broken_requirements(item):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
            report.outcome = "failed"
            report.longrepr = f"{reason} (required by {variable}=1)"
    return report


def _broken_requirements(item: pytest.Item) -> list[str]:
    uses = {marker.name for marker in item.iter_markers()} | set(getattr(item, "fixturenames", ()))
    return [name for name, needs in NEEDS.items() if os.environ.get(name) == "1" and uses & needs]
