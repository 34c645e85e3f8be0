"""An answers file to checked `Answers`; every refusal is one sentence naming the field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from hipwise.errors import UnreadableFile
from hipwise.knowledge.reading import NotYaml, strict_yaml
from hipwise.screening.answers import SCHEMA, Answers, TestAnswer
from hipwise.screening.runner import Experience, RunnerProfile

_INNER_FIELD = re.compile(r"([a-z_.]+): (.*)", re.DOTALL)
"""A check of several fields names the one at fault first."""
LARGEST_BYTES = 1_000_000
"""No answers file is larger (chosen by us); a film given by mistake is."""
_MODELS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("runner.experience", Experience),
    ("runner", RunnerProfile),
    ("tests", TestAnswer),
    ("", Answers),
)


def read_answers(path: str | Path) -> Answers:
    """Read the answers in a YAML (or JSON) file.

    Raises UnreadableFile, naming file and field, where the file is missing, is not YAML, or holds
    something that cannot be so.
    """
    path = Path(path)
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST_BYTES else None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        msg = f"{path} cannot be read ({reason}): give an answers file, as --template prints it."
        raise UnreadableFile(msg) from None
    if content is None:
        msg = f"{path.name} is too large for an answers file: give one as --template prints it."
        raise UnreadableFile(msg)
    return parse_answers(content, path.name)


def parse_answers(content: bytes, name: str) -> Answers:
    """Check the content of an answers file that is called `name`; raises UnreadableFile."""
    try:
        raw = strict_yaml(content)
    except NotYaml as error:
        msg = f"{name} is not readable YAML: {error}."
        raise UnreadableFile(msg) from None
    except ValueError as error:  # such as a date that is not in the calendar
        msg = f"{name} holds something that cannot be read: {error}."
        raise UnreadableFile(msg) from None
    return checked_answers(raw, name)


def checked_answers(raw: object, name: str) -> Answers:
    """Check answers already read from YAML or JSON; raises UnreadableFile naming the field."""
    if not isinstance(raw, Mapping) or "schema" not in raw:
        msg = (
            f"{name} is no answers file: it must begin with 'schema: {SCHEMA}'; "
            "'hipwise screen --template' prints one."
        )
        raise UnreadableFile(msg)
    try:
        return Answers.model_validate(without_blanks(raw))
    except ValidationError as error:
        raise UnreadableFile(f"{name}: {_in_words(error.errors()[0])}.") from None


def without_blanks(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Drop keys without a value, and tests of which nothing is filled in, as in the template."""
    kept = {
        key: without_blanks(value) if isinstance(value, Mapping) else value
        for key, value in raw.items()
        if value is not None
    }
    tests = kept.get("tests")
    if isinstance(tests, dict):
        kept["tests"] = {id: test for id, test in tests.items() if test != {}}
    return kept


def fault_in(raw: Mapping[str, Any], *field: str) -> str | None:
    """Say what is wrong with one field of unfinished answers; None where nothing is."""
    try:
        Answers.model_validate(raw)
    except ValidationError as error:
        for fault in error.errors():
            if fault["loc"][: len(field)] == field and fault["type"] != "missing":
                return _in_words(fault)
    return None


def _in_words(error: Any) -> str:
    """Say in one sentence which field is wrong and what to do."""
    field = ".".join(str(part) for part in error["loc"]) or "the whole file"
    if error["type"] == "extra_forbidden":
        return _unknown_key(field)
    if error["type"] == "missing":
        return f"'{field}' is missing; add it, or see how 'hipwise screen --template' has it"
    reason = error["msg"].removeprefix("Value error, ")
    if error["type"] == "value_error":
        inner = _INNER_FIELD.match(reason)
        return f"'{field}.{inner[1]}': {inner[2]}" if inner else f"'{field}': {reason}"
    return f"'{field}' is {error['input']!r}, but {_wanted(error, reason)}; correct it"


def _wanted(error: Any, reason: str) -> str:
    """Say what a field must be, from pydantic's own description of the fault."""
    context = error.get("ctx", {})
    if "expected" in context:
        return f"must be {context['expected'].replace(chr(39), '')}"
    if {"ge", "le"} & set(context):
        words = {"ge": "at least", "le": "at most"}
        return "must be " + ", ".join(f"{words[k]} {v:g}" for k, v in context.items())
    wanted = {"tuple_type": "must be a list in [brackets]", "dict_type": "must be keys with values"}
    wanted |= {"int_from_float": "must be a whole number", "too_short": "must not be empty"}
    wanted |= {"bool_parsing": "must be yes or no"}
    return wanted.get(error["type"], reason[0].lower() + reason[1:])


def _unknown_key(field: str) -> str:
    known = next(list(_keys(model)) for place, model in _MODELS if field.startswith(place))
    guess = get_close_matches(field.rpartition(".")[2], known, n=1)
    hint = f"write '{guess[0]}' if you mean that" if guess else f"known are {', '.join(known)}"
    return f"'{field}' is not a known key; {hint}"


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]
