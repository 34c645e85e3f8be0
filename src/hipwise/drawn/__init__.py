"""A drawn runner whose true angles and contacts are known, and a film of it."""

from hipwise.drawn.form import Legs, RunningForm
from hipwise.drawn.run import DrawnRun, run

__all__ = ["DrawnRun", "Legs", "RunningForm", "run"]
