"""The `hipwise` command and its options."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from hipwise.cli.guard import errors_as_sentences
from hipwise.cli.log_commands import log_app

app = typer.Typer(
    name="hipwise",
    help="Measure how a runner's hips move, explain it, and get the few minutes that help most.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

Out = Annotated[Path, typer.Option("--out", help="Folder for the report and its files.")]
Minutes = Annotated[
    float | None, typer.Option("--minutes", help="Longest routine, in minutes (8).")
]
Phase = Annotated[
    str, typer.Option("--for", help="What today is for: pre_run, post_run or strength.")
]
Answers = Annotated[
    list[Path] | None,
    typer.Option("--answers", help="An answers file of the self-tests. Again: earlier days."),
]
Json = Annotated[bool, typer.Option("--json", help="Print the measurements as JSON, nothing else.")]
Open = Annotated[bool, typer.Option("--open/--no-open", help="Show the report in the browser.")]


@app.callback(invoke_without_command=True)
def about(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Hipwise is no medical device and gives no diagnosis."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A pipe on Windows is not UTF-8: what it cannot hold becomes a question mark.
            stream.reconfigure(errors="replace")
    if version:
        import hipwise

        typer.echo(f"hipwise {hipwise.__version__}")
        raise typer.Exit


@app.command()
@errors_as_sentences
def demo(
    out: Out = Path("hipwise-demo"),
    minutes: Minutes = None,
    phase: Phase = "pre_run",
    json: Json = False,
    open_: Open = True,
) -> None:
    """Do the whole job on a drawn runner with a known fault, and compare measured with true."""
    from hipwise.cli.delivery import Delivery
    from hipwise.services.conclude import Wishes
    from hipwise.services.demo import analyse_drawn_runner, made_up_answers

    wishes, answers = Wishes(minutes=minutes, phase=phase), made_up_answers()
    with Delivery(out, json, open_) as delivery, tempfile.TemporaryDirectory() as films:
        progress = delivery.progress
        delivery.deliver(
            analyse_drawn_runner(Path(films), wishes, answers=answers, progress=progress)
        )


@app.command()
@errors_as_sentences
def analyse(
    files: Annotated[list[Path], typer.Argument(help="One or more videos of the same runner.")],
    answers: Answers = None,
    out: Out = Path("hipwise-report"),
    height_cm: Annotated[
        float | None, typer.Option("--height-cm", help="The runner's height, for centimetres.")
    ] = None,
    minutes: Minutes = None,
    phase: Phase = "pre_run",
    json: Json = False,
    open_: Open = False,
) -> None:
    """Measure a running video, explain it with your self-tests, and plan today's routine."""
    from hipwise.cli.delivery import Delivery
    from hipwise.screening import read_answers
    from hipwise.services.analyse import analyse_videos
    from hipwise.services.conclude import Wishes
    from hipwise.services.screen import in_time_order

    height_m = None if height_cm is None else height_cm / 100
    wishes = Wishes(height_m=height_m, minutes=minutes, phase=phase)
    screenings = in_time_order([read_answers(path) for path in answers or ()])
    with Delivery(out, json, open_) as delivery:
        progress = delivery.progress
        delivery.deliver(analyse_videos(files, wishes, answers=screenings, progress=progress))


@app.command()
@errors_as_sentences
def screen(
    answers: Answers = None,
    video: Annotated[
        Path | None, typer.Option("--video", help="Measure one test from this film, with --test.")
    ] = None,
    test: Annotated[
        str | None, typer.Option("--test", help="Which test the film shows, such as knee_to_wall.")
    ] = None,
    side: Annotated[
        str | None, typer.Option("--side", help="Which side was tested: left or right.")
    ] = None,
    keep: Annotated[
        bool,
        typer.Option("--keep", help="Keep the answers, or put what the film shows beside yours."),
    ] = False,
    template: Annotated[
        bool, typer.Option("--template", help="Print an answers file to fill in, and stop.")
    ] = False,
    set_: Annotated[
        str | None,
        typer.Option("--set", help="Which tests: home (10 minutes, the default), full or clinic."),
    ] = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Begin anew instead of going on.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for screening.json and a report.")
    ] = None,
    phase: Phase = "pre_run",
    json: Json = False,
) -> None:
    """Ask the safety questions, lead through the self-tests, and say what they show."""
    from hipwise.cli import screening
    from hipwise.services.conclude import Wishes

    if template:
        screening.print_template(set_)
    elif video is not None or test is not None:
        from hipwise.cli.film import measure_film

        measure_film(video, test, side, keep=keep, as_json=json)
    elif answers:
        wishes = Wishes(phase=phase)
        screening.screen_files(answers, keep=keep, as_json=json, out_dir=out, wishes=wishes)
    else:
        wishes = Wishes(phase=phase)
        screening.screen_by_asking(set_, restart=restart, as_json=json, out_dir=out, wishes=wishes)


@app.command()
@errors_as_sentences
def plan(
    answers: Answers = None,
    measurements: Annotated[
        list[Path] | None,
        typer.Option("--measurements", help="measurements.json of a film, beside --answers."),
    ] = None,
    weeks: Annotated[int | None, typer.Option("--weeks", help="How many weeks (6).")] = None,
    start: Annotated[str | None, typer.Option("--start", help="First day (today).")] = None,
    minutes: Annotated[
        float | None, typer.Option("--minutes", help="Longest session, in minutes.")
    ] = None,
    days: Annotated[int | None, typer.Option("--days", help="Sessions a week, 1 to 7.")] = None,
    runs: Annotated[
        str | None, typer.Option("--runs", help="Days with a run: tue,thu,sun, or none.")
    ] = None,
    hard: Annotated[
        str | None, typer.Option("--hard", help="Those of them that are long or fast.")
    ] = None,
    when: Annotated[
        str | None, typer.Option("--when", help="On days with a run: before, after or both.")
    ] = None,
    race: Annotated[str | None, typer.Option("--race", help="Day of your next race.")] = None,
    away: Annotated[
        list[str] | None,
        typer.Option("--away", help="Days without your things: 2026-12-24:2027-01-02."),
    ] = None,
    ill: Annotated[
        list[str] | None, typer.Option("--ill", help="Days without training, in the same way.")
    ] = None,
    equipment: Annotated[
        str | None, typer.Option("--equipment", help="What you have: mini_band,dumbbell.")
    ] = None,
    no_equipment: Annotated[
        bool, typer.Option("--no-equipment", help="Nothing but a floor and a wall.")
    ] = False,
    anew: Annotated[
        bool, typer.Option("--anew", help="Forget what you wished for earlier plans.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for plan.html, plan.json and plan.ics.")
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", help="When sessions stand in the calendar (07:00).")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the plan as JSON.")] = False,
) -> None:
    """Plan the weeks: the few minutes that help most, on the days you have."""
    from hipwise.cli import wishes
    from hipwise.cli.plan import hand_over, plan_from_files, plan_from_records

    changes = wishes.changes(
        minutes=minutes,
        days=days,
        runs=runs,
        hard=hard,
        when=when,
        race=race,
        away=away or (),
        ill=ill or (),
        equipment="" if no_equipment else equipment,
    )
    first, clock = wishes.a_day_or_none(start, "--start"), wishes.time_of_day(at)
    if answers:
        report = plan_from_files(answers, measurements or (), changes, start=first, weeks=weeks)
    else:
        report = plan_from_records(changes, start=first, weeks=weeks, anew=anew)
    hand_over(report, out, at=clock, as_json=json)


@app.command()
@errors_as_sentences
def today(
    minutes: Annotated[
        float | None, typer.Option("--minutes", help="The minutes you have, such as 4.")
    ] = None,
    no_equipment: Annotated[
        bool, typer.Option("--no-equipment", help="Nothing but a floor and a wall.")
    ] = False,
    kind: Annotated[
        str | None,
        typer.Option("--for", help="pre_run, post_run, strength or daily."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show today's session, or the best one for the minutes you have."""
    from hipwise.cli.plan import show_today

    show_today(minutes=minutes, kind=kind, no_equipment=no_equipment, as_json=json)


app.add_typer(log_app)

What = Annotated[
    str, typer.Argument(help="today: your planned session; mobility: 8 minutes for everybody.")
]
ToFollow = Annotated[
    float | None, typer.Option("--minutes", help="The minutes you have, instead of the plan's.")
]


@app.command()
@errors_as_sentences
def video(
    what: What = "today",
    out: Annotated[Path | None, typer.Option("--out", help="The film to write (.mp4).")] = None,
    minutes: ToFollow = None,
) -> None:
    """Make a film of a session to follow along, with captions, beeps and a chapter each."""
    from hipwise.cli.follow import make_film

    make_film(what, out, minutes)


@app.command()
@errors_as_sentences
def workout(
    what: What = "today",
    out: Annotated[Path | None, typer.Option("--out", help="The file to write (.fit).")] = None,
    minutes: ToFollow = None,
) -> None:
    """Make a FIT workout of a session, for Garmin watches."""
    from hipwise.cli.follow import make_workout

    make_workout(what, out, minutes)


@app.command()
@errors_as_sentences
def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any free one.")] = 8765,
    host: Annotated[
        str, typer.Option("--host", help="Another than 127.0.0.1 needs a password.")
    ] = "127.0.0.1",
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Show it in the browser.")] = True,
    set_password_: Annotated[
        bool, typer.Option("--set-password", help="Ask for a new password, and stop.")
    ] = False,
) -> None:
    """Serve the app: today's session to follow, tests, plan and progress, in the browser."""
    from hipwise.cli.serve import serve, set_password

    if set_password_:
        set_password()
    else:
        serve(host, port, open_browser=open_)


@app.command()
@errors_as_sentences
def export(
    file: Annotated[Path, typer.Argument(help="The zip file to write, such as my-hips.zip.")],
) -> None:
    """Write everything hipwise keeps of you into one file: yours, readable, to take elsewhere."""
    from hipwise.cli.records import export_records

    export_records(file)


@app.command("import")
@errors_as_sentences
def import_(
    file: Annotated[Path, typer.Argument(help="A file that 'hipwise export' wrote.")],
) -> None:
    """Take in what 'hipwise export' wrote; what is here already stays as it is."""
    from hipwise.cli.records import import_records

    import_records(file)


@app.command()
@errors_as_sentences
def delete(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete everything hipwise keeps of you, for good."""
    from hipwise.cli.records import delete_records

    delete_records(yes=yes)


@app.command()
@errors_as_sentences
def evidence(
    id: Annotated[
        str | None, typer.Argument(help="A fact, rule, test, exercise or source by its id.")
    ] = None,
    search: Annotated[
        str | None, typer.Option("--search", help="List what speaks of these words.")
    ] = None,
) -> None:
    """Browse the evidence: a fact, who says so, how strong it is, what speaks against it."""
    from hipwise.cli.evidence import show

    show(id, search)


@app.command()
@errors_as_sentences
def doctor(
    fetch_weights: Annotated[
        bool,
        typer.Option("--fetch-weights", help="Fetch the pose network's weights into your cache."),
    ] = False,
) -> None:
    """Say whether everything hipwise needs is on this machine, and mend what can be mended."""
    from hipwise.cli.checkup import checkup

    raise typer.Exit(checkup(fetch_weights=fetch_weights))
