"""Pixels to keypoints: BlazePose's two networks (Bazarevsky et al. 2020) run on LiteRT."""

from hipwise.pose.fetch import fetch_weights
from hipwise.pose.keypoints import KEYPOINT_NAMES, KeypointTrack
from hipwise.pose.tracker import Progress, track
from hipwise.pose.weights import Weights, WeightsStatus, load_weights, weights_status

__all__ = [
    "KEYPOINT_NAMES",
    "KeypointTrack",
    "Progress",
    "Weights",
    "WeightsStatus",
    "fetch_weights",
    "load_weights",
    "track",
    "weights_status",
]
