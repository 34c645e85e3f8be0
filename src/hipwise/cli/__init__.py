"""The command line: translates between people and services, nothing else."""

import os

# Everything hipwise multiplies is a few numbers wide; threads of the linear-algebra library only
# wait for each other there, at up to twenty times the time. Set before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from hipwise.cli.app import app
from hipwise.services.memory import give_pictures_back

give_pictures_back()

__all__ = ["app"]
