"""The commands of `hipwise log` and their options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

import typer

from hipwise.cli.guard import errors_as_sentences
from hipwise.errors import UsageError

log_app = typer.Typer(
    name="log",
    help="Write down what was done, how it felt, and days off; the plan takes it in.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)

Pain = Annotated[int | None, typer.Option("--pain", help="Worst pain, 0 to 10.")]


@log_app.command("done")
@errors_as_sentences
def done(
    easy: Annotated[
        list[str] | None,
        typer.Option(
            "--easy", help="An exercise that was too easy: its number or id. Again: more."
        ),
    ] = None,
    hard: Annotated[list[str] | None, typer.Option("--hard", help="One that was too hard.")] = None,
    hurt: Annotated[
        list[str] | None,
        typer.Option("--hurt", help="One that hurt, with how much: 2=6 means the second, 6 of 10."),
    ] = None,
    stopped: Annotated[
        list[str] | None, typer.Option("--stopped", help="One ended because of pain.")
    ] = None,
    below_knee: Annotated[
        list[str] | None, typer.Option("--below-knee", help="One whose pain went below the knee.")
    ] = None,
    skipped: Annotated[
        list[str] | None, typer.Option("--skipped", help="One that was not done.")
    ] = None,
    before: Annotated[int | None, typer.Option("--before", help="Pain before it, 0 to 10.")] = None,
    after: Annotated[int | None, typer.Option("--after", help="Pain after it, 0 to 10.")] = None,
    on: Annotated[str | None, typer.Option("--on", help="Another day, such as 2026-11-24.")] = None,
    kind: Annotated[
        str | None, typer.Option("--for", help="What it was, where it was not the planned one.")
    ] = None,
    minutes: Annotated[
        float | None, typer.Option("--minutes", help="As in 'hipwise today --minutes'.")
    ] = None,
) -> None:
    """Write down today's session: what is not named went right and without pain."""
    from hipwise.cli.log import log_session
    from hipwise.cli.wishes import a_day_or_none
    from hipwise.services.entries import Told

    told = Told(
        before=before,
        after=after,
        too_easy=easy or (),
        too_hard=hard or (),
        skipped=skipped or (),
        stopped=stopped or (),
        below_knee=below_knee or (),
        pains=_pains(hurt or ()),
    )
    log_session(told, on=a_day_or_none(on, "--on"), kind=kind, minutes=minutes)


@log_app.command("morning")
@errors_as_sentences
def morning(
    pain: Annotated[int, typer.Option("--pain", help="Pain this morning, 0 to 10.")],
    stiff: Annotated[bool, typer.Option("--stiff", help="Stiff for longer than usual.")] = False,
    on: Annotated[str | None, typer.Option("--on", help="Another day than today.")] = None,
) -> None:
    """Write down how the morning after a session or a run feels."""
    from hipwise.cli.log import log_entry
    from hipwise.cli.wishes import a_day_or_none
    from hipwise.services.entries import morning_after

    day = a_day_or_none(on, "--on") or datetime.now().astimezone().date()
    log_entry(morning_after(day, pain, stiff=stiff))


@log_app.command("run")
@errors_as_sentences
def run(
    km: Annotated[float, typer.Argument(help="Kilometres, such as 8.5.")],
    minutes: Annotated[float | None, typer.Option("--minutes", help="How long it took.")] = None,
    hard: Annotated[bool, typer.Option("--hard", help="A long or fast one.")] = False,
    pain: Pain = None,
) -> None:
    """Write down a run."""
    from hipwise.cli.log import log_entry
    from hipwise.services.entries import run_done

    now = datetime.now().astimezone()
    log_entry(run_done(now, km, minutes=minutes, hard=hard, pain=pain))


@log_app.command("ill")
@errors_as_sentences
def ill(
    first: Annotated[str, typer.Argument(help="The first day, such as 2026-12-24.")],
    last: Annotated[
        str | None, typer.Argument(help="The last day; the same where left out.")
    ] = None,
) -> None:
    """Write down days without training."""
    _off("ill", first, last)


@log_app.command("away")
@errors_as_sentences
def away(
    first: Annotated[str, typer.Argument(help="The first day, such as 2026-12-24.")],
    last: Annotated[
        str | None, typer.Argument(help="The last day; the same where left out.")
    ] = None,
) -> None:
    """Write down days away from your things: sessions then need a floor and a wall only."""
    _off("away", first, last)


@log_app.command("list")
@errors_as_sentences
def list_() -> None:
    """Show what is written down."""
    from hipwise.cli.log import list_entries

    list_entries()


@log_app.command("remove")
@errors_as_sentences
def remove(
    entry: Annotated[str, typer.Argument(help="The entry's name, as 'hipwise log list' shows it.")],
) -> None:
    """Take an entry out again."""
    from hipwise.cli.log import remove_entry

    remove_entry(entry)


def _off(reason: str, first: str, last: str | None) -> None:
    from hipwise.cli.log import log_entry
    from hipwise.cli.wishes import a_day
    from hipwise.services.entries import time_off

    begin = a_day(first, "The first day")
    log_entry(time_off(reason, begin, a_day(last, "The last day") if last else begin))


def _pains(told: Sequence[str]) -> Mapping[str, int]:
    pains = {}
    for text in told:
        exercise, equals, pain = text.partition("=")
        if not equals or not pain.strip().isdigit():
            raise UsageError(f"--hurt {text} says no number: write 2=6 for the second, 6 of 10.")
        pains[exercise.strip()] = int(pain)
    return pains
