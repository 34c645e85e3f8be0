"""What films and self-tests show together, and today's routine that follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hipwise.errors import StoppedForSafety, UsageError
from hipwise.findings import explain
from hipwise.findings.finding import Finding
from hipwise.knowledge import Library, load
from hipwise.planning import Circumstances, check_wishes, todays_session
from hipwise.planning.hops import not_hopping
from hipwise.reporting.analysis import Analysis, Screened, ViewAnalysis
from hipwise.reporting.measured import Measured
from hipwise.screening import (
    Answers,
    Screening,
    TestPlan,
    battery_for,
    score,
)

if TYPE_CHECKING:
    from hipwise.gait import Gait

USUAL_MINUTES = 8.0
"""Length of a routine where nobody said how long it may be (chosen by us)."""


@dataclass(frozen=True)
class Wishes:
    """What the runner told: their height, the minutes they have, and what today is for.

    Without `minutes` those of the screening count, or `USUAL_MINUTES`.
    """

    height_m: float | None = None
    minutes: float | None = None
    phase: str = "pre_run"

    def __post_init__(self) -> None:
        """Refuse a session that cannot be, and a height that no runner has."""
        minutes = USUAL_MINUTES if self.minutes is None else self.minutes
        check_wishes(minutes, self.phase, load())
        if self.height_m is not None and not 1.0 <= self.height_m <= 2.4:
            raise UsageError(
                f"A height of {self.height_m * 100:g} cm is not a runner's: give it in "
                "centimetres, between 100 and 240, such as --height-cm 175."
            )


@dataclass(frozen=True)
class Tested:
    """A scored screening and the scored earlier ones of the same runner."""

    screened: Screened
    earlier: tuple[Screening, ...]

    @classmethod
    def of(cls, answers: Answers, earlier: Sequence[Answers], library: Library) -> Tested:
        """Score the answers, of today where they name no day; raises as `screening.score` does.

        The verdict may say stop.
        """
        if answers.taken_at is None:
            answers = answers.model_copy(update={"taken_at": datetime.now(UTC)})
        screening = score(answers, library)
        if screening.verdict.stop:
            return cls(Screened(answers, screening, TestPlan((), ())), ())
        plan = battery_for(answers.runner, answers.set, library)
        screened = Screened(answers, screening, plan, tuple(earlier))
        return cls(screened, tuple(score(one, library) for one in earlier))


def conclude(
    title: str,
    views: tuple[ViewAnalysis, ...],
    tested: Tested | None,
    wishes: Wishes,
    library: Library,
) -> Analysis:
    """Explain films and self-tests together and choose today's routine.

    Where a red flag says stop there are neither findings nor a routine.
    """
    analysis = Analysis(
        title=title,
        made_at=datetime.now(UTC),
        views=views,
        findings=(),
        session=None,
        library=library,
        screened=tested.screened if tested else None,
    )
    if tested is not None and tested.screened.screening.verdict.stop:
        return analysis
    findings = findings_of([view.gait for view in views], tested, library)
    life = circumstances_of(tested.screened, library) if tested else None
    minutes = wishes.minutes or (life.minutes if life else USUAL_MINUTES)
    session = todays_session(findings, library, minutes, wishes.phase, circumstances=life)
    return replace(analysis, findings=findings, session=session)


def findings_of(
    films: Iterable[Gait | Measured], tested: Tested | None, library: Library
) -> tuple[Finding, ...]:
    """Explain together what films and self-tests show."""
    days = (tested.screened.screening, *tested.earlier) if tested else ()
    shown = (*films, *days)
    return explain(
        [m for each in shown for m in each.measurements],
        [s for each in shown for s in each.symmetries],
        library,
        tested.screened.answers.runner if tested else None,
    )


def circumstances_of(screened: Screened, library: Library) -> Circumstances:
    """Return what a screened runner's plan must fit."""
    answers = screened.answers
    hops = not_hopping(
        screened.screening.measurements,
        bone_history=answers.safety.get("q_bone_history") is True,
        library=library,
    )
    return Circumstances.of(answers.runner, not_hopping=hops)


def refuse_unsafe(screened: Screened | None) -> None:
    """Raise StoppedForSafety, telling why to stop, whom to see and how soon, for a red flag."""
    if screened is not None and screened.screening.verdict.stop:
        message = screened.screening.verdict.message
        raise StoppedForSafety(f"Stop here: no tests and no training for now.\n\n{message}")
