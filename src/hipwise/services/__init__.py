"""The use cases that the command line (and later the web page) share."""

from hipwise.services.analyse import Progress, analyse_videos, track
from hipwise.services.conclude import Wishes
from hipwise.services.demo import analyse_drawn_runner, made_up_answers

__all__ = [
    "Progress",
    "Wishes",
    "analyse_drawn_runner",
    "analyse_videos",
    "made_up_answers",
    "track",
]
