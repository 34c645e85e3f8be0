"""The self-tests and the safety questions: from what a runner answers to measurements."""

from hipwise.screening.answers import Answers
from hipwise.screening.battery import TestPlan, battery_for
from hipwise.screening.reading import read_answers
from hipwise.screening.runner import RunnerProfile
from hipwise.screening.safety import verdict_on
from hipwise.screening.scoring import score
from hipwise.screening.screening import RedFlag, SafetyVerdict, Screening

__all__ = [
    "Answers",
    "RedFlag",
    "RunnerProfile",
    "SafetyVerdict",
    "Screening",
    "TestPlan",
    "battery_for",
    "read_answers",
    "score",
    "verdict_on",
]
