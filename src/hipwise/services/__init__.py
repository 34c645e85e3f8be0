"""The use cases that the command line (and later the web page) share."""

from hipwise.services.analyse import Progress, Wishes, analyse_videos, track
from hipwise.services.demo import analyse_drawn_runner

__all__ = ["Progress", "Wishes", "analyse_drawn_runner", "analyse_videos", "track"]
