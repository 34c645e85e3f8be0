"""Errors become one sentence and an exit code; never a traceback for what a runner can mend."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec

import typer

from hipwise.errors import HipwiseError

Params = ParamSpec("Params")


def errors_as_sentences(command: Callable[Params, None]) -> Callable[Params, None]:
    """Turn a HipwiseError raised by `command` into its sentence on stderr and its exit code."""

    @functools.wraps(command)
    def guarded(*args: Params.args, **kwargs: Params.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except HipwiseError as error:
            typer.secho(str(error), err=True, fg=typer.colors.RED if sys.stderr.isatty() else None)
            raise typer.Exit(error.exit_code) from error

    return guarded
