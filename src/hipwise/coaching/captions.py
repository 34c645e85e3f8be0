"""The captions of a session as WebVTT."""

from __future__ import annotations

from hipwise.coaching.timeline import Timeline


def to_vtt(timeline: Timeline) -> str:
    """Return every caption with its time, as players read it beside a film (W3C WebVTT)."""
    blocks = [
        f"{_clock(step.start_s)} --> {_clock(step.end_s)}\n{_escaped(step.caption)}"
        for step in timeline.steps
    ]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _clock(seconds: float) -> str:
    ms = round(1000 * seconds)
    minutes, ms = divmod(ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{ms // 1000:02d}.{ms % 1000:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
