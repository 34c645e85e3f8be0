from __future__ import annotations

import re
from pathlib import Path

import pytest

from hipwise.body.angles import ANGLES, Angle

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "conventions.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("<!-- angles -->")[2].partition("<!-- end of angles -->")[0]
ROWS = {
    name: [cell.strip() for cell in rest.strip(" |").split("|")]
    for name, rest in re.findall(r"^\| `(\w+)` \|(.*)$", TABLE, re.M)
}


@pytest.mark.parametrize("angle", ANGLES, ids=lambda angle: angle.name)
def test_the_page_says_of_every_angle_what_the_vocabulary_says(angle: Angle) -> None:
    positive, sides, joint = ROWS[angle.name]
    assert positive == angle.positive
    assert ("_left" in sides) == angle.sided
    assert joint == angle.joint


def test_every_picture_of_the_page_exists() -> None:
    pictures = re.findall(r"\{image\} (\S+)", PAGE)
    assert len(pictures) == 4
    assert all((DOCS / picture).stat().st_size > 1000 for picture in pictures)
