"""Catalogues that are none: the app stays English."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from hipwise.storage import Store
from hipwise.web.languages import words

MAGIC = 0x950412DE
HEADER = b"Content-Type: text/plain; charset=nonsense\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no catalogue at all",
        struct.pack("<I", MAGIC) + b"\0\0",
        struct.pack("<7I", MAGIC, 0, 1, 28, 36, 0, 0) + struct.pack("<4I", *[999] * 4),
        struct.pack("<7I", MAGIC, 0, 1, 28, 36, 0, 0)
        + struct.pack("<4I", 0, 44, len(HEADER), 45)
        + b"\0"
        + HEADER
        + b"\0",
    ],
    ids=["empty", "text", "cut off", "leads out of the file", "unknown encoding"],
)
def test_a_damaged_catalogue_leaves_the_app_english(tmp_path: Path, content: bytes) -> None:
    with Store.open(tmp_path) as store:
        file = tmp_path / "locale" / "fr" / "LC_MESSAGES" / "hipwise.mo"
        file.parent.mkdir(parents=True)
        file.write_bytes(content)
        assert words(store, "fr").gettext("Today") == "Today"
