"""One day in the terminal: its session with how to do it and why, or when the next one is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from hipwise.knowledge import Library
from hipwise.planning.plan import Session
from hipwise.planning.session import GENERAL
from hipwise.reporting.numbers import clock
from hipwise.reporting.sections.routine import GENERAL_WORDS, PHASE_WORDS, dose_in_words
from hipwise.reporting.terminal.style import FAINT, title

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType

    from hipwise.findings.finding import Finding


@dataclass(frozen=True)
class DaySummary:
    """What `rich` prints of one session."""

    session: Session
    findings: Sequence[Finding]
    library: Library

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        """Yield the exercises in their order."""
        del console, options
        session, library = self.session, self.library
        yield title(f"{clock(session.seconds)}, {PHASE_WORDS[session.kind]}")
        titles = {finding.id: finding.title for finding in self.findings}
        for place, item in enumerate(session.items, 1):
            exercise = library.exercise(item.exercise)
            yield Text.assemble(
                (f"{place}. {exercise.name}", "bold"),
                f"  {dose_in_words(item, exercise)}",
                (f"  {clock(item.seconds)}", FAINT),
            )
            for cue in exercise.cues:
                yield Padding(Text(cue), (0, 0, 0, 3))
            why = [titles[id] for id in item.serves if id in titles]
            told = "; ".join(why) or (GENERAL_WORDS if item.reason == GENERAL else item.reason)
            yield Padding(Text(f"Why: {told}", style=FAINT), (0, 0, 0, 3))
        if not session.items:
            yield Text("Nothing fits into these minutes.")
        for left_out in session.left_out:
            name = library.target(left_out.target).name
            yield Text(f"Not today: {name}. {left_out.reason}", style=FAINT)


def day_summary(session: Session, findings: Sequence[Finding], library: Library) -> DaySummary:
    """Return a session for `rich.console.Console.print`."""
    return DaySummary(session, findings, library)
