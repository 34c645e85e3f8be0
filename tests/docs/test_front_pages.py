"""The README's commands are those CI runs, and no link of the front pages leads nowhere."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
PAGES += sorted((ROOT / "docs").glob("*.md"))
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)")
PICTURE = re.compile(r"^```\{(?:image|figure)\} (\S+)", re.MULTILINE)


def test_the_readme_gives_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", readme, re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert [line for line in commands if line.startswith("pip ")] == [
        "pip install uv && uv run hipwise demo",
        "pip install uv && uv run pytest",
    ]


def test_ci_takes_the_two_commands_from_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    pattern = re.search(r"grep '(.*)' README\.md", script.read_text(encoding="utf-8"))
    assert pattern is not None
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(re.findall(pattern[1], readme, re.MULTILINE)) == 2


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash on this machine")
def test_ci_is_a_sound_script() -> None:
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)


@pytest.mark.parametrize("source", PAGES, ids=lambda source: source.name)
def test_links_lead_somewhere(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    for target, anchor in LINK.findall(text):
        file = (source.parent / target) if target else source
        assert file.exists(), f"{source.name} links to {target}, which is not there"
        if anchor:
            assert anchor in anchors(file), f"{target or source.name} has no heading #{anchor}"
    for picture in PICTURE.findall(text):
        assert (source.parent / picture).is_file()


def anchors(file: Path) -> set[str]:
    """Names by which the headings of a Markdown page can be linked to."""
    text = file.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading).strip().lower() for heading in headings}
    return {slug.replace(" ", "-") for slug in slugs} | set(re.findall(r"^\((.*)\)=$", text, re.M))


def test_every_page_is_reached_from_the_first() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    trees = re.findall(r"```\{toctree\}\n(?::[^\n]*\n)*\n(.*?)```", index, re.DOTALL)
    listed = [name for tree in trees for name in tree.split()]
    pages = {page.stem for page in (ROOT / "docs").glob("*.md")} - {"index"}
    assert listed[0] == "conventions"
    assert sorted(listed) == sorted(pages)
