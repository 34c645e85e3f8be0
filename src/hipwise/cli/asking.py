"""Asking one thing at a time in the terminal; what cannot be is said and asked again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from rich.console import Console
from rich.text import Text

Answer = TypeVar("Answer")
PAUSE, SKIP = "q", "s"


class Paused(Exception):
    """The runner wants to go on another time, or there is nobody to answer."""


class Unclear(Exception):
    """What was typed is no answer; the text says what is."""


class Terminal:
    """A console that asks; `q` pauses at any question."""

    def __init__(self, console: Console) -> None:
        """Ask on `console`."""
        self.console = console

    def say(self, text: str, style: str = "") -> None:
        """Print a line as it is."""
        self.console.print(Text(text, style=style))

    def line(self, question: str) -> str:
        """Return one typed line, stripped; raises Paused for `q` and where no more is typed."""
        try:
            typed = self.console.input(Text(f"{question} ", style="bold")).strip()
        except EOFError:
            raise Paused from None
        if typed.lower() == PAUSE:
            raise Paused
        return typed

    def ask(self, question: str, read: Callable[[str], Answer]) -> Answer:
        """Ask until `read` takes the answer; it raises Unclear with what is wrong."""
        while True:
            try:
                return read(self.line(question))
            except Unclear as unclear:
                self.say(str(unclear), "yellow")

    def wait(self) -> None:
        """Return when Enter is pressed."""
        self.line("")

    def yes(self, question: str) -> bool:
        """Ask for yes or no."""
        return self.ask(f"{question} [yes/no]", yes_or_no)


def yes_or_no(typed: str) -> bool:
    """Read yes or no; raises Unclear."""
    if typed.lower() in {"yes", "y"}:
        return True
    if typed.lower() in {"no", "n"}:
        return False
    raise Unclear("Type yes or no.")


def number(typed: str) -> float:
    """Read a number; raises Unclear."""
    try:
        return float(typed.replace(",", "."))
    except ValueError:
        raise Unclear("Type a number, such as 9.5, without a unit.") from None


def whole_number(typed: str) -> float:
    """Read a number, without a point where it is whole, so that it is written as it was typed."""
    value = number(typed)
    return int(value) if value == value // 1 else value


def one_of(options: tuple[str, ...]) -> Callable[[str], str]:
    """Return a reader of one of `options`, by its word or its number in the list."""

    def read(typed: str) -> str:
        chosen = several_of(options)(typed)
        if len(chosen) != 1:
            raise Unclear("Choose one.")
        return chosen[0]

    return read


def several_of(options: tuple[str, ...]) -> Callable[[str], list[str]]:
    """Return a reader of any of `options`, by words or numbers with commas or spaces between."""

    def read(typed: str) -> list[str]:
        chosen: list[str] = []
        for word in typed.lower().replace(",", " ").split():
            place = int(word) if word.isdigit() else 0
            name = options[place - 1] if 0 < place <= len(options) else word
            if name not in options:
                raise Unclear(f"'{word}' is not in the list; type words or numbers of the list.")
            chosen.append(name)
        return list(dict.fromkeys(chosen))

    return read
