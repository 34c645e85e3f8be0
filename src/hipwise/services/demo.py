"""The whole way on a drawn runner with one planted fault, so that measured stands beside true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from hipwise.drawn import DrawnRun, Legs, RunningForm, run
from hipwise.drawn.film import film
from hipwise.drawn.truth import Truth, rear_view_truth, side_view_truth
from hipwise.gait import Gait
from hipwise.knowledge import Library, load
from hipwise.measurement import View, one
from hipwise.recording import open_video
from hipwise.reporting.analysis import Analysis, TruthRow, ViewAnalysis
from hipwise.screening import Answers, read_answers
from hipwise.services.analyse import METHOD, Progress, silent, view_of
from hipwise.services.conclude import Tested, Wishes, conclude

FAULT = RunningForm(extension_change_deg=Legs(left=0.0, right=-12.0))
"""The demo's planted fault: the right thigh goes back 12 degrees less than the left."""
DURATION_S = 8.0
ANSWERS = Path(__file__).parent / "drawn_runner.yaml"
"""A screening made up to fit the planted fault: the front of the right hip is short."""
CAMERAS = (("side", View.LEFT), ("rear", View.REAR))


def analyse_drawn_runner(
    folder: Path,
    wishes: Wishes,
    *,
    form: RunningForm = FAULT,
    answers: Answers | None = None,
    duration_s: float = DURATION_S,
    progress: Progress = silent,
) -> Analysis:
    """Film a drawn runner from the side and from behind into `folder`, then analyse the films.

    The analysis carries the true value beside every measured one. `answers` are told beside the
    films, as if the runner had been screened.
    """
    runner = run(form, duration_s=duration_s)
    wishes = replace(wishes, height_m=runner.body.height_m)
    library = load()
    views: list[ViewAnalysis] = []
    truth: list[TruthRow] = []
    for name, camera in CAMERAS:
        path = folder / f"runner-{name}.mp4"
        stage = f"Drawing a runner, {name} view"
        film(runner, path, camera, progress=partial(progress, stage))
        view = view_of(open_video(path), wishes, library, progress)
        views.append(view)
        truth += truth_rows(view.gait, true_values(runner, camera), library)
    tested = Tested.of(answers, (), library) if answers else None
    analysis = conclude("A drawn runner", tuple(views), tested, wishes, library)
    return replace(analysis, truth=tuple(truth), method=METHOD)


def made_up_answers() -> Answers:
    """Return the demo's screening: made up, as nobody tested a drawing."""
    return read_answers(ANSWERS)


def true_values(runner: DrawnRun, camera: View) -> Truth:
    """True value of every metric that this camera's analysis could give."""
    return rear_view_truth(runner) if camera is View.REAR else side_view_truth(runner)


def truth_rows(gait: Gait, truth: Truth, library: Library) -> Iterator[TruthRow]:
    """Measured beside true for every metric of one view; withheld ones stand without a value."""
    for (metric, side), true in truth.items():
        measured = one(gait.measurements, metric, side)
        error = measured.error if measured else None
        yield TruthRow(
            metric=metric,
            side=side,
            true=true,
            measured=measured.value if measured else None,
            error=error,
            unit=library.metric(metric).unit.value,
            view=gait.view,
            within=measured is None or (error is not None and abs(measured.value - true) <= error),
        )
