"""YAML and CSV under `content/` to checked records; every refusal names file, id and field."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from hipwise.errors import KnowledgeError
from hipwise.knowledge.parsed import parsed_once

CONTENT = Path(__file__).parent / "content"
AnyRecord = TypeVar("AnyRecord", bound=BaseModel)


class NotYaml(ValueError):
    """What was read is not YAML, or holds a key twice; the message says where."""


def strict_yaml(content: bytes) -> Any:
    """Return what YAML `content` holds.

    Raises NotYaml, also for a repeated key, and ValueError for a value that cannot be, such as a
    date that is not in the calendar.
    """
    import yaml

    from hipwise.knowledge.strict_yaml import StrictLoader

    try:
        return yaml.load(content, Loader=StrictLoader)
    except yaml.YAMLError as error:
        raise NotYaml(" ".join(str(error).split())) from None


def read_yaml(path: Path) -> Any:
    """Read one YAML file; raises `KnowledgeError` where it is missing or not YAML."""
    try:
        content = path.read_bytes()
        if path.is_relative_to(CONTENT):
            return parsed_once(content, path.relative_to(CONTENT), strict_yaml)
        return strict_yaml(content)
    except FileNotFoundError:
        msg = f"{path.name} is missing from the built-in evidence; install hipwise again."
        raise KnowledgeError(msg) from None
    except NotYaml as error:
        msg = f"{path.name} is not readable YAML: {error}."
        raise KnowledgeError(msg) from None


def read_records(path: Path, model: type[AnyRecord], key: str = "id") -> dict[str, AnyRecord]:
    """Read a list of records as `{id: record}`; refuses a second record of the same id.

    `path` is a YAML file, or a folder of them, read in the order of their names.
    """
    records: dict[str, AnyRecord] = {}
    for file in _yaml_files(path):
        name = f"{path.name}/{file.name}" if path.is_dir() else file.name
        for id, item in _named_items(read_yaml(file), key, name):
            if id in records:
                msg = f"{name}: the {key} '{id}' stands twice; every record needs its own."
                raise KnowledgeError(msg)
            records[id] = checked(model, item, name, id)
    return records


def _yaml_files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(path.glob("*.yaml"))
    if not files:
        msg = f"The folder {path.name} of the built-in evidence is empty; install hipwise again."
        raise KnowledgeError(msg)
    return files


def _named_items(raw: object, key: str, file: str) -> Iterator[tuple[str, object]]:
    if not isinstance(raw, list):
        msg = f"{file} must hold a list of records, each beginning with '- {key}:'."
        raise KnowledgeError(msg)
    for place, item in enumerate(raw, start=1):
        named = isinstance(item, dict) and isinstance(item.get(key), str)
        yield (item[key] if named else f"number {place}"), item


def checked(model: type[AnyRecord], raw: object, file: str, name: str) -> AnyRecord:
    """Validate one record; raises `KnowledgeError` naming `file`, `name` and the field."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the whole record"
        reason = first["msg"].removeprefix("Value error, ")
        if first["type"] == "extra_forbidden":
            reason = "this key is not known"
        msg = f"{file}: '{name}', field '{field}': {reason}."
        raise KnowledgeError(msg) from None


def read_table(path: Path) -> dict[str, tuple[float, ...]]:
    """Read a CSV of numbers as `{column: values}`; raises `KnowledgeError` if it is damaged."""
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        names = list(rows[0]) if rows else []
        return {name: tuple(float(row[name]) for row in rows) for name in names}
    except FileNotFoundError:
        msg = f"{path.name} is missing from the built-in evidence; install hipwise again."
        raise KnowledgeError(msg) from None
    except (TypeError, ValueError) as error:
        msg = f"{path.name} holds something that is not a number: {error}."
        raise KnowledgeError(msg) from None
