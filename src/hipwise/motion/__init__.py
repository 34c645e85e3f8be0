"""Keypoints to clean trajectories and the angles that one camera can see."""

from hipwise.motion.from_keypoints import KeypointCleaning
from hipwise.motion.motion import Motion, View

__all__ = ["KeypointCleaning", "Motion", "View"]
