"""Pixels to keypoints: BlazePose's two networks (Bazarevsky et al. 2020) run on LiteRT."""

from hipwise.pose.keypoints import KEYPOINT_NAMES, KeypointTrack
from hipwise.pose.tracker import track

__all__ = ["KEYPOINT_NAMES", "KeypointTrack", "track"]
