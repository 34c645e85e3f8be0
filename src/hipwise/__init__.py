"""hipwise: measure how a runner's hips move, explain it, and train what helps most.

The whole way, from a video to today's routine:

    import hipwise

    motion = hipwise.track("run.mp4")
    gait = hipwise.measure(motion)
    findings = hipwise.explain(gait.measurements, gait.symmetries)
    session = hipwise.todays_session(findings, minutes=8)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = ["__version__", "coach", "explain", "measure", "plan", "todays_session", "track"]

if TYPE_CHECKING:
    from hipwise.coaching import coach
    from hipwise.findings import explain
    from hipwise.gait import measure
    from hipwise.planning import plan, todays_session
    from hipwise.services.analyse import track

_HOME = {
    "coach": "hipwise.coaching",
    "explain": "hipwise.findings",
    "measure": "hipwise.gait",
    "plan": "hipwise.planning",
    "todays_session": "hipwise.planning",
    "track": "hipwise.services.analyse",
}


def __getattr__(name: str) -> Any:
    """Import a public function when it is first used, so that `hipwise --help` answers at once."""
    if name not in _HOME:
        raise AttributeError(f"module 'hipwise' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
