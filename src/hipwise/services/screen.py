"""From a runner's answers to findings and a routine, or to a stop."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hipwise.errors import StoppedForSafety
from hipwise.findings import explain
from hipwise.knowledge import Library, load
from hipwise.planning import todays_session
from hipwise.reporting.screening import Screened
from hipwise.screening import Answers, RunnerProfile, SafetyVerdict, TestPlan, battery_for, score


def screen(answers: Answers, *, phase: str = "pre_run", minutes: float | None = None) -> Screened:
    """Score the answers, explain them, and plan today's routine in the runner's minutes.

    With a red flag there are no measurements, findings or routine. Raises as `screening.score` and
    `planning.todays_session` do.
    """
    library = load()
    if answers.taken_at is None:
        answers = answers.model_copy(update={"taken_at": datetime.now(UTC)})
    screening = score(answers, library)
    if screening.verdict.stop:
        return Screened(answers, screening, TestPlan((), ()), (), None, library)
    findings = explain(screening.measurements, screening.symmetries, library, answers.runner)
    session = todays_session(
        findings,
        suited_to(answers.runner, library),
        minutes=answers.runner.minutes if minutes is None else minutes,
        phase=phase,
    )
    plan = battery_for(answers.runner, answers.set, library)
    return Screened(answers, screening, plan, findings, session, library)


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
