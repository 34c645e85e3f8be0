"""Everything one report is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from hipwise.findings.finding import Finding
from hipwise.gait.gait import Gait
from hipwise.knowledge import Library
from hipwise.measurement import Side
from hipwise.motion.motion import View
from hipwise.planning.plan import Session
from hipwise.pose.keypoints import KeypointTrack


@dataclass(frozen=True)
class RecordingInfo:
    """What is known of a recording apart from its content.

    `kind` is `video`; `sample_rate_hz` are the frames per second its time stamps show.
    `path` is the file the key frames and the overlay are drawn on, None where it is not kept.
    """

    name: str
    sha256: str
    kind: str
    duration_s: float
    sample_rate_hz: float
    path: Path | None


@dataclass(frozen=True)
class ViewAnalysis:
    """One recording, from one camera: where it came from, its keypoints and its gait."""

    recording: RecordingInfo
    track: KeypointTrack
    gait: Gait

    @property
    def contact_is_timed(self) -> bool:
        """Whether foot strike and toe-off are times, or only bounds of mid-stance (rear view)."""
        return any(m.metric == "contact_time" for m in self.gait.measurements)


@dataclass(frozen=True)
class TruthRow:
    """One metric of a drawn runner: what was planted and what was measured, in `unit`.

    `measured` is None where the network cannot see it and the value is withheld.
    """

    metric: str
    side: Side | None
    true: float
    measured: float | None
    error: float | None
    unit: str
    within: bool
    view: View


@dataclass(frozen=True)
class Analysis:
    """A runner's recordings, what they show and what follows: the whole content of a report.

    `views` holds at least one recording, the main one first. `truth` is filled for a drawn runner
    only. `method` adds lines (name, sentence) to the report's section on how it was measured.
    """

    title: str
    made_at: datetime
    views: tuple[ViewAnalysis, ...]
    findings: tuple[Finding, ...]
    session: Session | None
    library: Library
    truth: tuple[TruthRow, ...] = ()
    method: Mapping[str, str] = field(default_factory=dict)

    @property
    def names_each_film(self) -> bool:
        """Whether a film's name says more than the title does."""
        return len(self.views) > 1 or self.views[0].recording.name != self.title
