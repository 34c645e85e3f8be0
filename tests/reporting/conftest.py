"""A drawn runner, seen from the left and from behind, and the report about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from hipwise.drawn import Legs, RunningForm, run
from hipwise.drawn.keypoints import perfect_track
from hipwise.findings import explain
from hipwise.gait import Runner, measure
from hipwise.knowledge import load
from hipwise.measurement import Side, View
from hipwise.motion.from_keypoints import KeypointCleaning
from hipwise.planning import todays_session
from hipwise.recording.film import FilmWriter
from hipwise.reporting.analysis import Analysis, RecordingInfo, TruthRow, ViewAnalysis
from hipwise.reporting.report import write_report

SIZE_PX = (216, 320)
FPS = 30.0
SECONDS = 9.0
MADE_AT = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


def _view(view: View, film: Path | None) -> ViewAnalysis:
    stiff_right = RunningForm(extension_change_deg=Legs(0.0, -14.0))
    drawn = run(stiff_right, duration_s=SECONDS)
    track = perfect_track(drawn, view, fps=FPS, size_px=SIZE_PX)
    name = f"drawn_{view}.mp4"
    motion = KeypointCleaning().motion(track, name)
    gait = measure(motion, taken_at=MADE_AT, runner=Runner(1.75))
    info = RecordingInfo(name, "ab" * 32, "video", SECONDS, FPS, film)
    return ViewAnalysis(info, track, gait)


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An evenly grey film with the time stamps of the drawn runner's keypoints."""
    path = tmp_path_factory.mktemp("film") / "drawn_left.mp4"
    grey = np.full((SIZE_PX[1], SIZE_PX[0], 3), 128, np.uint8)
    with FilmWriter(path, *SIZE_PX, FPS) as writer:
        for _ in range(round(SECONDS * FPS)):
            writer.write(grey)
    return path


@pytest.fixture(scope="session")
def analysis(film: Path) -> Analysis:
    """A runner whose right thigh goes back 14° less; the side view has a film, the rear none."""
    library = load()
    views = (_view(View.LEFT, film), _view(View.REAR, None))
    measurements = [m for view in views for m in view.gait.measurements]
    symmetries = [s for view in views for s in view.gait.symmetries]
    findings = explain(measurements, symmetries, library)
    truth = (
        TruthRow("cadence", None, 170.0, 170.4, 3.0, "1/min", True, View.LEFT),
        TruthRow("peak_thigh_extension", Side.RIGHT, 10.0, 17.0, 6.0, "deg", False, View.LEFT),
        TruthRow("contralateral_pelvic_drop", Side.LEFT, 4.0, None, None, "deg", True, View.REAR),
    )
    session = todays_session(findings, library)
    return Analysis("How you run", MADE_AT, views, findings, session, library, truth=truth)


@pytest.fixture(scope="session")
def analysis_with_gaps(analysis: Analysis) -> Analysis:
    """The same runner where nothing is known of some spreads and angles."""
    main = analysis.views[0]
    curves = tuple(replace(c, sd=np.full(101, np.nan), n=1) for c in main.gait.curves)
    angles = {
        n: np.where(main.gait.motion.time_s < 1, np.nan, a)
        for n, a in main.gait.motion.angles.items()
    }
    measurements = tuple(replace(m, sd=float("nan"), error=None) for m in main.gait.measurements)
    gait = replace(
        main.gait,
        curves=curves,
        measurements=measurements,
        motion=replace(main.gait.motion, angles=angles),
    )
    return replace(analysis, views=(replace(main, gait=gait),), session=None)


@pytest.fixture(scope="session")
def report_dir(analysis: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the whole report, written once."""
    out_dir = tmp_path_factory.mktemp("report") / "out"
    write_report(out_dir, analysis)
    return out_dir
