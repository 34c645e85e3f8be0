"""`hipwise doctor`: what is on this machine, what is missing, and how to get it."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from hipwise import __version__


@dataclass(frozen=True)
class Check:
    """One thing looked at: whether it is in order, and what was found or what to do."""

    name: str
    ok: bool
    found: str


def checkup(*, fetch_weights: bool) -> int:
    """Print every check; return the exit code: 0 where all is in order, 1 otherwise."""
    console = Console()
    if fetch_weights:
        from hipwise.pose.fetch import fetch_weights as fetch

        console.print(f"Pose weights are now in {fetch()}.")
    checks = list(_checks())
    table = Table("", "what", "found", box=None, padding=(0, 1))
    for check in checks:
        table.add_row("[green]✓[/]" if check.ok else "[red]✗[/]", check.name, check.found)
    console.print(table)
    return 0 if all(check.ok for check in checks) else 1


def _checks() -> Iterator[Check]:
    yield Check("hipwise", True, __version__)
    yield Check("Python", True, f"{platform.python_version()} on {platform.machine()}")
    yield _pose_weights()
    yield _pose_runtime()
    yield _evidence()


def _pose_weights() -> Check:
    from hipwise.pose.weights import weights_status

    status = weights_status()
    return Check("pose weights", status.found, status.explanation)


def _pose_runtime() -> Check:
    try:
        from ai_edge_litert.interpreter import Interpreter
    except ImportError as error:
        return Check("pose runtime", False, f"LiteRT does not load here ({error}).")
    return Check("pose runtime", True, f"LiteRT ({Interpreter.__module__.partition('.')[0]})")


def _evidence() -> Check:
    from hipwise.knowledge import load

    library = load()
    return Check(
        "evidence",
        True,
        f"{len(library.metrics)} metrics, {len(library.rules)} rules, "
        f"{len(library.exercises)} exercises, {len(library.sources)} sources",
    )
