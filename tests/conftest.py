"""Where the tests find real recordings and a browser, and what happens where they are absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of recordings made by others; skips without it, fails where it is required."""
    if not SHARED_DATA.is_dir():
        reason = "the recordings of ../shared/data are not on this machine"
        if os.environ.get("HIPWISE_REQUIRE_DATA") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return SHARED_DATA
