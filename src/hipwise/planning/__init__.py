"""Findings and a runner's life to routines, weeks and plans."""

from hipwise.planning.circumstances import Circumstances, Move, TimeAway
from hipwise.planning.history import Past
from hipwise.planning.plan import LeftOut, Plan, Prescription, Session, SessionKind, Week
from hipwise.planning.planner import plan
from hipwise.planning.session import check_wishes, todays_session

__all__ = [
    "Circumstances",
    "LeftOut",
    "Move",
    "Past",
    "Plan",
    "Prescription",
    "Session",
    "SessionKind",
    "TimeAway",
    "Week",
    "check_wishes",
    "plan",
    "todays_session",
]
