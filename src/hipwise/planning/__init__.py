"""Findings and the minutes at hand to a routine."""

from hipwise.planning.plan import LeftOut, Prescription, Session
from hipwise.planning.session import todays_session

__all__ = ["LeftOut", "Prescription", "Session", "todays_session"]
