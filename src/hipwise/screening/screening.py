"""What a screening yields: is it safe to go on, what was measured, and what to know about it."""

from __future__ import annotations

from dataclasses import dataclass

from hipwise.measurement import Measurement, Symmetry
from hipwise.screening.runner import RunnerProfile


@dataclass(frozen=True)
class RedFlag:
    """One reason to stop: `rule` is an id of `knowledge/content/red_flags.yaml`."""

    rule: str
    why: str
    may_be: str
    stop: str
    whom_to_see: str
    how_soon: str


@dataclass(frozen=True)
class SafetyVerdict:
    """Whether the programme stops, and for which reasons, the most urgent first."""

    flags: tuple[RedFlag, ...]

    @property
    def stop(self) -> bool:
        """True as soon as there is one red flag; nothing switches it off."""
        return bool(self.flags)

    @property
    def allowed(self) -> bool:
        """Whether tests, findings and a routine may follow."""
        return not self.stop

    @property
    def message(self) -> str:
        """Why to stop, what to stop, whom to see and how soon, a paragraph for each reason."""
        return "\n\n".join(
            f"{flag.why} {flag.stop}\nWhom to see: {flag.whom_to_see}\nHow soon: {flag.how_soon}."
            for flag in self.flags
        )


@dataclass(frozen=True)
class Note:
    """Something to know about one test's result; `code` is for programs."""

    code: str
    test: str
    message: str


@dataclass(frozen=True)
class Screening:
    """A runner's whole screening. Where the verdict says stop, nothing was measured."""

    profile: RunnerProfile
    verdict: SafetyVerdict
    measurements: tuple[Measurement, ...]
    symmetries: tuple[Symmetry, ...]
    notes: tuple[Note, ...]
