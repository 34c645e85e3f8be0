"""Keypoints to clean trajectories and the angles that one camera can see."""

from hipwise.measurement import View
from hipwise.motion.from_keypoints import KeypointCleaning
from hipwise.motion.motion import Motion

__all__ = ["KeypointCleaning", "Motion", "View"]
