"""Records to begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hipwise.storage import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Empty records of a runner."""
    with Store.open(tmp_path / "data") as store:
        yield store
