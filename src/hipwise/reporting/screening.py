"""A screening as it is told: the document for programs, and the summary in the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

import hipwise
from hipwise.findings.finding import Finding, FindingKind
from hipwise.findings.hip_profile import ProfileRow, hip_profile
from hipwise.knowledge import Library
from hipwise.planning.plan import Session
from hipwise.reporting import objects
from hipwise.reporting.hip_profile import profile_lines
from hipwise.reporting.terminal import FAINT, GOOD, WIDE, routine_lines, title, value_table
from hipwise.screening import Answers, Screening, TestPlan

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType

FILE = "screening.json"


@dataclass(frozen=True)
class Screened:
    """A whole screening: what was answered, what it shows, and what follows.

    Where the verdict says stop there are no findings and no session. `earlier` screenings of the
    same runner count as further days in the findings.
    """

    answers: Answers
    screening: Screening
    plan: TestPlan
    findings: tuple[Finding, ...]
    session: Session | None
    library: Library
    earlier: tuple[Answers, ...] = ()

    @property
    def hip_profile(self) -> tuple[ProfileRow, ...]:
        """Where every test stands, against others or the other side."""
        return hip_profile(self.screening.measurements, self.answers.runner, self.library)

    @property
    def open_tests(self) -> tuple[str, ...]:
        """Names of the tests of the set that fit the runner and were not done."""
        done = {id.partition(".")[0] for id in self.answers.tests}
        planned = (test.protocol for test in self.plan.tests)
        return tuple(p.name for p in planned if p.id not in done)


def to_json(screened: Screened) -> str:
    """Return the answers with a `result` beside them, as JSON; `--answers` reads it again."""
    screening, library = screened.screening, screened.library
    answers = screened.answers.model_dump(mode="json", by_alias=True, exclude_none=True)
    result = {
        "software": {"name": "hipwise", "version": hipwise.__version__},
        "safety": {
            "stop": screening.verdict.stop,
            "flags": [vars(flag) for flag in screening.verdict.flags],
        },
        "measurements": [objects.measurement(m, library) for m in screening.measurements],
        "symmetry": [objects.symmetry(s, library) for s in screening.symmetries],
        "notes": [vars(note) for note in screening.notes],
        "left_out": [vars(left_out) for left_out in screened.plan.left_out],
        "earlier": [one.taken_at.isoformat() for one in screened.earlier if one.taken_at],
        "findings": [objects.finding(finding) for finding in screened.findings],
        "session": objects.session(screened.session, library) if screened.session else None,
    }
    document = answers | {"result": result}
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False)


@dataclass(frozen=True)
class ScreeningSummary:
    """What `rich` prints of a screening that may go on."""

    screened: Screened
    file: Path | None = None

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        """Yield the parts in reading order."""
        del console
        screened = self.screened
        yield title("Safety")
        yield Text.assemble(("✓ ", GOOD), "None of your answers is a reason to stop.")
        yield from profile_lines(screened.hip_profile)
        yield from _findings(screened)
        yield from _values(screened, wide=options.max_width >= WIDE)
        yield from _left_out(screened)
        if screened.session is not None:
            yield from routine_lines(screened.session, screened.library)
        if self.file is not None:
            yield title("Where it is")
            yield Text(str(self.file), style="bold", overflow="fold")
        yield Text("\nThis is no diagnosis. If something hurts, show it to somebody.", style=FAINT)


def _findings(screened: Screened) -> Iterator[RenderableType]:
    yield title("What stands out")
    out = [f for f in screened.findings if f.kind is not FindingKind.FINE]
    if not out:
        yield Text("Nothing larger than what these tests can measure.", style=GOOD)
    for place, finding in enumerate(out, 1):
        yield Text(f"{place}. {finding.title}", style="bold yellow")
        yield Padding(Text(finding.seen), (0, 0, 0, 3))
        yield Padding(Text(finding.compared_with), (0, 0, 0, 3))
        yield Padding(Text(finding.may_mean), (0, 0, 0, 3))
        yield Padding(Text(f"Evidence {finding.grade}.", style=FAINT), (0, 0, 0, 3))
    for finding in screened.findings:
        if finding.kind is FindingKind.FINE:
            yield Text.assemble(("✓ ", GOOD), finding.title)


def _values(screened: Screened, *, wide: bool) -> Iterator[RenderableType]:
    screening, library = screened.screening, screened.library
    ids = dict.fromkeys(m.metric for m in screening.measurements)
    if not ids:
        return
    yield title("Your tests (± error)")
    metrics = [library.metric(id) for id in ids]
    yield value_table(screening.measurements, screening.symmetries, metrics, wide=wide)
    for note in screening.notes:
        yield Text(f"! {note.message}", style="yellow")


def _left_out(screened: Screened) -> Iterator[RenderableType]:
    if screened.plan.left_out or screened.open_tests:
        yield title("Not done")
    for left_out in screened.plan.left_out:
        name = screened.library.protocol(left_out.test).name
        yield Text(f"{name}: {left_out.reason}", style=FAINT)
    for name in screened.open_tests:
        yield Text(f"{name}: still open.", style=FAINT)
