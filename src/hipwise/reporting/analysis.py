"""Everything one report is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hipwise.findings.finding import Finding
from hipwise.findings.hip_profile import ProfileRow, hip_profile
from hipwise.knowledge import Library
from hipwise.measurement import Measurement, Side, Symmetry, View
from hipwise.planning.plan import Session
from hipwise.screening import Answers, Screening, TestPlan

if TYPE_CHECKING:
    from hipwise.gait.gait import Gait
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
class Screened:
    """One screening: what was answered, what it measured, and which tests fit the runner.

    `earlier` screenings of the same runner count as further days in the findings.
    """

    answers: Answers
    screening: Screening
    plan: TestPlan
    earlier: tuple[Answers, ...] = ()

    @property
    def open_tests(self) -> tuple[str, ...]:
        """Names of the tests of the set that fit the runner and were not done."""
        done = {id.partition(".")[0] for id in self.answers.tests}
        planned = (test.protocol for test in self.plan.tests)
        return tuple(p.name for p in planned if p.id not in done)


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
    """A runner's recordings and screening, what they show and what follows: a report's content.

    `views` holds the recordings, the main one first; at least one of `views` and `screened` is
    there. `truth` is filled for a drawn runner only. `method` adds lines (name, sentence) to the
    report's section on how it was measured.
    """

    title: str
    made_at: datetime
    views: tuple[ViewAnalysis, ...]
    findings: tuple[Finding, ...]
    session: Session | None
    library: Library
    screened: Screened | None = None
    truth: tuple[TruthRow, ...] = ()
    method: Mapping[str, str] = field(default_factory=dict)

    @property
    def names_each_film(self) -> bool:
        """Whether a film's name says more than the title does."""
        return len(self.views) > 1 or any(v.recording.name != self.title for v in self.views)

    @property
    def measurements(self) -> tuple[Measurement, ...]:
        """Everything that was measured: in the films, then in the self-tests."""
        films = (m for view in self.views for m in view.gait.measurements)
        tests = self.screened.screening.measurements if self.screened else ()
        return (*films, *tests)

    @property
    def symmetries(self) -> tuple[Symmetry, ...]:
        """Left against right: in the films, then in the self-tests."""
        films = (s for view in self.views for s in view.gait.symmetries)
        tests = self.screened.screening.symmetries if self.screened else ()
        return (*films, *tests)

    @property
    def hip_profile(self) -> tuple[ProfileRow, ...]:
        """Where every self-test stands, against others or the other side."""
        if self.screened is None:
            return ()
        screening = self.screened.screening
        return hip_profile(screening.measurements, screening.profile, self.library)
