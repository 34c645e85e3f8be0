"""What can go wrong, in the runner's terms. Every message says what to do next.

HipwiseError
├── UsageError          exit 2   the request itself does not make sense
│   └── Conflict                 what is to be changed has changed in the meantime
├── UnreadableFile      exit 3   a file cannot be read
├── NotEnoughData       exit 4   the data cannot support an answer; the reason says which would
├── StoppedForSafety    exit 5   stopped for the runner's safety
├── KnowledgeError      exit 1   the built-in evidence contradicts itself (a defect of hipwise)
└── WeightsMissing      exit 1   the pose network's weights are not on this machine
"""

from __future__ import annotations


class HipwiseError(Exception):
    """Base of every error hipwise raises on purpose; its text is one clear sentence."""

    exit_code = 1


class UsageError(HipwiseError):
    """The request itself does not make sense: a wrong option, an unwritable folder."""

    exit_code = 2


class Conflict(UsageError):
    """What is to be changed has changed in the meantime, or its id stands for something else."""


class UnreadableFile(HipwiseError):
    """A file is missing, empty, damaged or not of a kind hipwise reads."""

    exit_code = 3


class NotEnoughData(HipwiseError):
    """The recording was read, but cannot support an answer."""

    exit_code = 4

    def __init__(self, message: str, *, code: str) -> None:
        """Keep a short machine-readable `code` (such as `no_person`) beside the sentence."""
        super().__init__(message)
        self.code = code


class StoppedForSafety(HipwiseError):
    """A red flag: no programme is given, the runner is told whom to see."""

    exit_code = 5


class KnowledgeError(HipwiseError):
    """The built-in evidence is inconsistent: a dangling id, an unknown unit."""


class WeightsMissing(HipwiseError):
    """The pose network's weights are not on this machine."""
