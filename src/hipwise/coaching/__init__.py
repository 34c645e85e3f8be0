"""One session turned into something to follow, second by second."""

from hipwise.coaching.timeline import Beep, Step, StepKind, Timeline, coach

__all__ = ["Beep", "Step", "StepKind", "Timeline", "coach"]
