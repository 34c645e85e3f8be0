"""Tables of the documentation agree with the code that they describe."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

import hipwise
from hipwise.cli import app
from hipwise.errors import HipwiseError
from hipwise.knowledge import load
from hipwise.reporting import names
from hipwise.reporting.screening import to_json
from hipwise.screening import score
from hipwise.screening.reading import checked_answers
from hipwise.services.screen import screen
from hipwise.storage.layout import MANIFEST
from hipwise.storage.parts import PARTS, RUNNER
from tests.screening.filled_in import answers

DOCS = Path(__file__).parents[2] / "docs"


def page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def rows_after(text: str, words: str) -> list[list[str]]:
    """Cells of the first table after some words, without its head."""
    table = text.split(f"{words}\n", 1)[1].strip().split("\n\n", 1)[0]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()[2:]]


def test_every_command_and_option_stands_in_the_reference(tmp_path: Path) -> None:
    runpy.run_path(str(DOCS / "command_reference.py"))["write"](tmp_path)
    text = (tmp_path / "commands.md").read_text(encoding="utf-8")
    group: Any = typer.main.get_command(app)
    sections = dict(re.findall(r"## `hipwise (\w+)`\n(.*?)(?=\n## |\Z)", text, re.DOTALL))
    assert set(sections) == set(group.commands)
    for name, command in group.commands.items():
        for parameter in command.params:
            for option in getattr(parameter, "opts", ()):
                assert option in sections[name]


def test_every_exit_code_is_explained() -> None:
    codes = {int(code) for code, _ in rows_after(page("command_line"), "## Exit codes")}
    assert codes == {0, 1} | {kind.exit_code for kind in HipwiseError.__subclasses__()}


def test_every_file_of_a_report_is_explained() -> None:
    rows = rows_after(page("command_line"), "## What `analyse` and `demo` write")
    listed = {file.strip("`") for file, _ in rows}
    written = {value for key, value in vars(names).items() if key.isupper() and key[0] != "_"}
    assert listed == written


def test_every_file_of_an_export_is_explained() -> None:
    listed = {file.strip("`") for file, _ in rows_after(page("storage"), "and files as they are.")}
    assert listed == {MANIFEST, RUNNER, *PARTS}


def test_the_python_page_names_what_there_is() -> None:
    named = set(re.findall(r"hipwise\.(\w+)\(", page("python")))
    assert named == set(hipwise.__all__) - {"__version__"}
    for block in re.findall(r"```python\n(.*?)```", page("python"), re.DOTALL):
        imports = [line for line in block.splitlines() if line.startswith(("import", "from"))]
        exec("\n".join(imports), {})


def test_the_answers_file_shown_is_one_that_is_read() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", page("screening"), re.DOTALL)
    raw = yaml.safe_load(example)
    raw["safety"] |= dict.fromkeys(load().intake, False)
    screening = score(checked_answers(raw, "example"))
    assert {m.metric for m in screening.measurements} == set(raw["tests"])
    assert screening.verdict.allowed


def test_every_part_of_a_screening_result_is_explained() -> None:
    rows = rows_after(page("screening"), "The document can be given to `--answers` again.")
    listed = {part.strip("`") for part, _ in rows}
    document = json.loads(to_json(screen(answers())))
    assert listed == set(document["result"]) - {"software"}


def test_the_numbers_are_those_of_the_code() -> None:
    extension = runpy.run_path(str(DOCS / "numbers_in_code.py"))
    text = extension["table"](extension["NUMBERS"])
    assert len(text.splitlines()) == 2 + len(extension["NUMBERS"])
    assert "| Strides a side from which findings are drawn | 7 strides |" in text
    assert extension["value_of"]("motion.outliers:JumpRepair.min_visibility") == 0.5


def test_a_number_that_is_gone_is_not_passed_over() -> None:
    extension = runpy.run_path(str(DOCS / "numbers_in_code.py"))
    with pytest.raises(AttributeError):
        extension["value_of"]("motion.gaps:NO_SUCH_NUMBER")


def test_every_room_is_on_the_map() -> None:
    listed = {
        cell[0].strip("`").rstrip("/") for cell in rows_after(page("rooms"), "stands to its right.")
    }
    source = DOCS.parent / "src" / "hipwise"
    rooms = {p.name for p in source.iterdir() if (p / "__init__.py").is_file()}
    modules = {p.name for p in source.glob("[!_]*.py")}
    assert listed == rooms | modules
