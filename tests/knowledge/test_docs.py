from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from hipwise.knowledge import load

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("docs") / "_generated"
    runpy.run_path(str(DOCS / "evidence_tables.py"))["write"](folder)
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}


def test_the_page_includes_exactly_the_tables_that_are_written(tables: dict[str, str]) -> None:
    page = (DOCS / "evidence.md").read_text(encoding="utf-8")
    included = {line.split("/")[1] for line in page.splitlines() if "{include} _generated/" in line}
    assert included == set(tables)


def test_every_metric_and_rule_stands_in_the_docs(tables: dict[str, str]) -> None:
    for metric in load().metrics.values():
        table = tables["metrics.md" if metric.withheld is None else "withheld.md"]
        assert f"| {metric.name} | `{metric.id}` |" in table
    for rule in load().rules:
        assert f"| `{rule}` |" in tables["rules.md"]


def test_the_deciding_error_is_bold_and_says_who_says_so(tables: dict[str, str]) -> None:
    line = next(x for x in tables["metrics.md"].splitlines() if "`peak_knee_flexion_stance`" in x)
    deciding = load().metric("peak_knee_flexion_stance").error("video.side")
    assert f"**{deciding:g}°** (hipwise's two networks, computed" in line
    assert "3.8° (Dingenen 2018, read at the source)" in line


def test_every_line_of_a_table_has_as_many_cells_as_its_head(tables: dict[str, str]) -> None:
    for text in tables.values():
        cells = {line.replace("\\|", "").count("|") for line in text.splitlines()}
        assert len(cells) == 1
