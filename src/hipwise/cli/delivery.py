"""How an analysis reaches the person who asked: progress bars, files, summary, browser."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from types import TracebackType
from typing import Self

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from hipwise.reporting.analysis import Analysis
from hipwise.reporting.files import to_json
from hipwise.reporting.folder import check_writable
from hipwise.reporting.names import REPORT
from hipwise.reporting.report import write_report
from hipwise.reporting.terminal import summary

_WIDE = 72
"""Columns from which a bar also shows the film's whole name and the time it took."""


def progress_bars(console: Console) -> Progress:
    """Return progress bars whose percentage can be read in any window."""
    wide = console.width >= _WIDE
    name = TextColumn("{task.description:42.42}" if wide else "{task.description:22.22}")
    percent = TextColumn("{task.percentage:>3.0f} %")
    took = (TimeElapsedColumn(),) if wide else ()
    return Progress(name, BarColumn(), percent, *took, console=console)


class Delivery:
    """Checks the output folder before the work, shows its progress, then hands over the result."""

    def __init__(self, out_dir: Path, as_json: bool, open_report: bool) -> None:
        """Prepare; raises UsageError where `out_dir` cannot be written."""
        check_writable(out_dir)
        self._out_dir = out_dir
        self._as_json = as_json
        self._open = open_report and not as_json and sys.stdout.isatty()
        self._stages: dict[str, TaskID] = {}
        self._bars = progress_bars(Console(stderr=True))

    def __enter__(self) -> Self:
        """Start showing progress."""
        self._bars.start()
        return self

    def progress(self, stage: str, done: int, total: int) -> None:
        """Move the bar of `stage`, which appears the first time it is named."""
        if stage not in self._stages:
            self._stages[stage] = self._bars.add_task(stage, total=total)
        self._bars.update(self._stages[stage], completed=done, total=max(total, done))

    def deliver(self, analysis: Analysis) -> None:
        """Write the report's files, print the summary or the JSON, and open the report."""
        write_report(self._out_dir, analysis, progress=self.progress)
        self._bars.stop()
        if self._as_json:
            typer.echo(to_json(analysis).encode())
            return
        Console().print(summary(analysis, self._out_dir / REPORT))
        if self._open:
            webbrowser.open((self._out_dir / REPORT).absolute().as_uri())

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop showing progress."""
        self._bars.stop()
