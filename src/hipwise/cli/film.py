"""`hipwise screen --video FILE --test ID`: one self-test measured from a film."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from hipwise.cli.delivery import progress_bars
from hipwise.errors import UsageError
from hipwise.knowledge import load
from hipwise.measurement import side_named
from hipwise.reporting import objects
from hipwise.reporting.numbers import with_error
from hipwise.reporting.terminal.style import FAINT
from hipwise.services.film import keep_film_value, measure_self_test

SAFETY = (
    "A value, and no advice: 'hipwise screen' asks the safety questions before it advises. "
    "Stop a test that hurts."
)


def measure_film(
    path: Path | None, test: str | None, side: str | None, *, keep: bool, as_json: bool
) -> None:
    """Print what the film shows of the test, with its error; raises as `measure_self_test`.

    With `keep` it goes into the unfinished screening as that test's answer.
    """
    if path is None or test is None:
        raise UsageError("Give both the film and its test: --video FILE --test ID.")
    with progress_bars(Console(stderr=True)) as bars:
        bar = bars.add_task(f"Following you in {path.name}", total=None, visible=False)
        measured = measure_self_test(
            path,
            test,
            side_named(side or ""),
            progress=lambda done, total: bars.update(
                bar, completed=done, total=total, visible=True
            ),
        )
    library = load()
    if keep:
        from hipwise.storage import Store

        with Store.open() as store:
            keep_film_value(measured, store, library.metric(measured.metric).digits)
    if as_json:
        document = objects.measurement(measured, library)
        sys.stdout.write(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
        return
    metric = library.metric(measured.metric)
    where = f", {measured.side}" if measured.side else ""
    Console().print(
        Text.assemble(
            (f"{metric.name}{where}: ", "bold"),
            with_error(metric, measured.value, measured.error),
            f" (n = {measured.n}, from the film)",
            ("\nKept: 'hipwise screen' goes on with it." if keep else "", FAINT),
            (f"\n{SAFETY}", FAINT),
        )
    )
