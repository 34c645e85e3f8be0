"""What a runner answers: who they are, the safety questions, and the tries of each test."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, field_serializer

from hipwise.knowledge.models import Method
from hipwise.measurement import Side
from hipwise.screening.runner import Entered, RunnerProfile

SCHEMA = "hipwise.screening/1"
SKIPPED = "skipped"
NOT_TRIED = "not_tried"


def _one_try(value: object) -> bool | float | str:
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return float(value)
    msg = f"{value!r} is no result of a try; write a number, or yes or no where the test asks so"
    raise ValueError(msg)


Try = Annotated[bool | float | str, PlainValidator(_one_try)]
"""One try: a number, or yes or no, as the test asks for."""


def _tries(value: object) -> object:
    if value == SKIPPED:
        return ()
    if value is None or value in ([], ()):
        msg = f"nothing is given; write the tries, such as [9.5, 10, 10], or '{SKIPPED}'"
        raise ValueError(msg)
    return value if isinstance(value, list | tuple) else [value]


Tries = Annotated[tuple[Try, ...], BeforeValidator(_tries)]
"""All tries in the order they were done; empty where they were left out on purpose."""


class TestAnswer(Entered):
    """The tries of one test: `left` and `right` where it has sides, otherwise `tries`.

    `unit` is asked for where a force is written down (`N`, `kgf` or `lbf`); elsewhere it may be
    given and must be the test's own. `method` is how it was done, by default as the test says; what
    a film gave has `video.` and its view. `checked` says that tries which look mixed up between
    the sides are right all the same.
    """

    __test__ = False

    left: Tries | None = None
    right: Tries | None = None
    tries: Tries | None = None
    unit: str | None = None
    method: Method | None = None
    checked: bool = False

    @field_serializer("left", "right", "tries")
    def _written(self, tries: tuple[bool | float | str, ...] | None) -> Any:
        """Write left-out tries as they are read."""
        return SKIPPED if tries == () else tries

    def of(self, side: Side | None) -> tuple[bool | float | str, ...] | None:
        """Return the tries of `side`, of the whole body for None; None where there are none."""
        return {None: self.tries, Side.LEFT: self.left, Side.RIGHT: self.right}[side]


def _intake(value: object) -> object:
    if isinstance(value, str) and value.strip().lower() in {"yes", "no"}:
        return value.strip().lower() == "yes"
    if isinstance(value, bool) or value == NOT_TRIED:
        return value
    msg = f"{value!r} is no answer; write yes or no"
    raise ValueError(msg)


Answer = Annotated[bool | Literal["not_tried"], BeforeValidator(_intake)]


def _when(value: object) -> object:
    """Read a day as its noon, and a time without a zone as UTC."""
    if isinstance(value, str):
        try:
            is_day = len(value) == len("2026-05-31")
            value = date.fromisoformat(value) if is_day else datetime.fromisoformat(value)
        except ValueError:
            msg = f"{value!r} is no day or time; write it as 2026-05-31"
            raise ValueError(msg) from None
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, 12, tzinfo=UTC)
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value


class Answers(Entered):
    """A whole screening as it stands in a file (`hipwise.screening/1`).

    `safety` holds an answer for every question of `knowledge/content/intake.yaml`; `tests` the
    tries by the test's id. Ids are checked against the evidence by `scoring.score`. `result` is
    what hipwise wrote of an earlier run into the same document; it is passed over.
    """

    schema_: Literal["hipwise.screening/1"] = Field(alias="schema")
    taken_at: Annotated[datetime, BeforeValidator(_when)] | None = None
    set: Literal["home", "full", "clinic"] = "home"
    runner: RunnerProfile
    safety: dict[str, Answer]
    tests: dict[str, TestAnswer] = Field(default_factory=dict)
    result: Any = Field(default=None, exclude=True)
