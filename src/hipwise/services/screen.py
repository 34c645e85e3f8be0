"""From a runner's answers to findings and a routine, or to a stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from hipwise.errors import StoppedForSafety, UsageError
from hipwise.findings import explain
from hipwise.knowledge import Library, load
from hipwise.planning import todays_session
from hipwise.reporting.screening import Screened
from hipwise.screening import Answers, RunnerProfile, SafetyVerdict, TestPlan, battery_for, score


def screen(
    answers: Answers,
    *,
    earlier: Sequence[Answers] = (),
    phase: str = "pre_run",
    minutes: float | None = None,
) -> Screened:
    """Score the answers, explain them, and plan today's routine in the runner's minutes.

    `earlier` screenings of the same runner count as further days: what is seen on two days weighs
    more than what is seen once. With a red flag there are no measurements, findings or routine.
    Raises as `screening.score` and `planning.todays_session` do.
    """
    library = load()
    if answers.taken_at is None:
        answers = answers.model_copy(update={"taken_at": datetime.now(UTC)})
    screening = score(answers, library)
    if screening.verdict.stop:
        return Screened(answers, screening, TestPlan((), ()), (), None, library)
    days = [screening, *(score(one, library) for one in earlier)]
    findings = explain(
        [m for day in days for m in day.measurements],
        [s for day in days for s in day.symmetries],
        library,
        answers.runner,
    )
    session = todays_session(
        findings,
        suited_to(answers.runner, library),
        minutes=answers.runner.minutes if minutes is None else minutes,
        phase=phase,
    )
    plan = battery_for(answers.runner, answers.set, library)
    return Screened(answers, screening, plan, findings, session, library, tuple(earlier))


def in_time_order(files: Sequence[Answers]) -> list[Answers]:
    """Order the screenings of one runner by their day; raises UsageError where one has none."""
    if len(files) > 1 and any(one.taken_at is None for one in files):
        msg = "With several answers files each needs its day: add 'taken_at: 2026-05-31' to each."
        raise UsageError(msg)
    return sorted(files, key=lambda one: one.taken_at or datetime.now(UTC))


def suited_to(runner: RunnerProfile, library: Library) -> Library:
    """Return the evidence without the exercises that a condition of the runner forbids."""
    exercises = {
        id: exercise
        for id, exercise in library.exercises.items()
        if not set(exercise.contraindications) & set(runner.conditions)
    }
    return replace(library, exercises=exercises)


def stopped(verdict: SafetyVerdict) -> StoppedForSafety:
    """Return the error that tells why to stop, whom to see and how soon."""
    return StoppedForSafety(f"Stop here: no tests and no training for now. {verdict.message}")
