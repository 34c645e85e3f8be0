"""Reading what a camera, a laboratory or a watch recorded, with its true time stamps."""

from hipwise.recording.film import FilmWriter
from hipwise.recording.video import Frame, VideoFile, open_video

__all__ = ["FilmWriter", "Frame", "VideoFile", "open_video"]
