"""Findings and the minutes at hand to a routine."""

from hipwise.planning.plan import LeftOut, Prescription, Session
from hipwise.planning.session import check_wishes, todays_session

__all__ = ["LeftOut", "Prescription", "Session", "check_wishes", "todays_session"]
