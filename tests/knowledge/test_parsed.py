from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hipwise.knowledge import reading
from hipwise.knowledge.parsed import FOLDER, parsed_once
from hipwise.knowledge.reading import CONTENT, read_yaml, strict_yaml

NAME = Path("poses") / "one.yaml"
YAML = b"- id: one\n  degrees: 30\n  error: 2.5\n  sure: yes\n"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIPWISE_CACHE", str(tmp_path))
    return tmp_path / FOLDER / "poses" / "one.json"


def never(content: bytes) -> Any:
    raise AssertionError(f"{content!r} was parsed again")


def test_what_was_parsed_once_is_not_parsed_again_and_is_the_same() -> None:
    first = parsed_once(YAML, NAME, strict_yaml)
    again = parsed_once(YAML, NAME, never)
    assert again == first == strict_yaml(YAML)
    assert [type(v) for v in again[0].values()] == [str, int, float, bool]


def test_another_content_of_the_same_name_is_parsed() -> None:
    parsed_once(YAML, NAME, strict_yaml)
    assert parsed_once(YAML.replace(b"30", b"31"), NAME, strict_yaml)[0]["degrees"] == 31


def test_a_changed_cut_or_empty_file_of_the_cache_is_not_believed(cache: Path) -> None:
    parsed_once(YAML, NAME, strict_yaml)
    whole = cache.read_bytes()
    for damaged in (whole.replace(b"30", b"90"), whole[:-5], whole[:10], b"", b"\xff" * 90):
        assert damaged != whole
        cache.write_bytes(damaged)
        assert parsed_once(YAML, NAME, strict_yaml)[0]["degrees"] == 30
        assert cache.read_bytes() == whole


def test_without_a_cache_that_can_be_written_it_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("HIPWISE_CACHE", str(tmp_path / "file"))
    assert parsed_once(YAML, NAME, strict_yaml) == strict_yaml(YAML)


def test_what_json_cannot_hold_is_given_but_not_kept(cache: Path) -> None:
    for content in (b"day: 2026-11-27", b"1: one", b"far: .inf"):
        assert parsed_once(content, NAME, strict_yaml) == strict_yaml(content)
        assert not cache.exists()


def test_all_of_the_evidence_is_the_same_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = list(CONTENT.rglob("*.yaml"))
    for file in files:
        read_yaml(file)
    assert len(list((tmp_path / FOLDER).rglob("*.json"))) == len(files)
    monkeypatch.setattr(reading, "strict_yaml", never)
    for file in files:
        assert repr(read_yaml(file)) == repr(strict_yaml(file.read_bytes()))
