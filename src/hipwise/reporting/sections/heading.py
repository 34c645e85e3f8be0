"""The head of the page: what was recorded, and what a reader must know about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hipwise.measurement import Side, View
from hipwise.reporting.analysis import Analysis, ViewAnalysis
from hipwise.reporting.numbers import number

if TYPE_CHECKING:
    from hipwise.gait.gait import Gait

VIEW_WORDS = {
    View.LEFT: "seen from the left",
    View.RIGHT: "seen from the right",
    View.REAR: "seen from behind",
    View.FRONT: "seen from the front",
    View.THREE_D: "seen in 3D",
}


@dataclass(frozen=True)
class RecordingLine:
    """One recording: its name, the facts about it, and its warnings."""

    name: str
    view: str
    facts: tuple[str, ...]
    warnings: tuple[str, ...]


def recording_lines(analysis: Analysis) -> tuple[RecordingLine, ...]:
    """Describe each recording in a line."""
    return tuple(_line(view) for view in analysis.views)


def _line(view: ViewAnalysis) -> RecordingLine:
    info, gait = view.recording, view.gait
    facts = (
        f"{number(info.duration_s, 1)} s",
        f"{number(info.sample_rate_hz, 0)} frames a second",
        strides_in_words(gait),
    )
    messages = tuple(warning.message for warning in gait.warnings)
    return RecordingLine(info.name, VIEW_WORDS[gait.view], facts, messages)


def strides_in_words(gait: Gait) -> str:
    """Return `8 left and 9 right strides`."""
    left, right = (len(gait.strides_of(side)) for side in Side)
    return f"{left} left and {right} right strides"
