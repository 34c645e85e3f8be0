"""Sphinx extension: writes the numbers of the measuring code, read from the code itself."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

CHOSEN = "chosen by us"


class Number(NamedTuple):
    """A constant of the code: what it is, where it stands, its unit, and who says so."""

    meaning: str
    place: str
    unit: str
    says: str


NUMBERS = (
    Number("Lowest frame rate taken", "gait.running:MIN_SAMPLE_RATE_HZ", "Hz", CHOSEN),
    Number("Frame rate without a warning", "gait.running:GOOD_SAMPLE_RATE_HZ", "Hz", CHOSEN),
    Number("Shortest time in the picture", "motion.from_keypoints:MIN_TRACKED_S", "s", CHOSEN),
    Number(
        "Widest shoulders and hips of a side view",
        "motion.view:SIDE_MAX_WIDTH",
        "trunk lengths",
        CHOSEN,
    ),
    Number(
        "Narrowest shoulders and hips of a rear view",
        "motion.view:FRONTAL_MIN_WIDTH",
        "trunk lengths",
        CHOSEN,
    ),
    Number(
        "Neighbours of the jump repair", "motion.outliers:JumpRepair.half_window_s", "s", CHOSEN
    ),
    Number(
        "Distance from the fit that is a jump",
        "motion.outliers:JumpRepair.limit",
        "leg lengths",
        CHOSEN,
    ),
    Number(
        "Visibility below which a point is taken from its fit",
        "motion.outliers:JumpRepair.min_visibility",
        "of 1",
        CHOSEN,
    ),
    Number("Longest gap filled", "motion.gaps:MAX_GAP_S", "s", CHOSEN),
    Number(
        "Low-pass cut-off after both passes",
        "motion.from_keypoints:CUTOFF_HZ",
        "Hz",
        "chosen by us between what is usual for angles and for contacts in running",
    ),
    Number(
        "Share of the stance speed at foot strike, side view",
        "gait.events:FootVelocityEvents.belt_speed_share",
        "of 1",
        "follows from the smoothing",
    ),
    Number("Extra low-pass of the knee before toe-off", "gait.events:KNEE_CUTOFF_HZ", "Hz", CHOSEN),
    Number(
        "Height of the pelvis at contacts, rear view",
        "gait.events:PelvisHeightEvents.height_share",
        "of 1",
        "chosen by us between what a force plate shows at foot strike and at toe-off",
    ),
    Number("Shortest stride", "gait.strides:SHORTEST_STRIDE_S", "s", CHOSEN),
    Number("Longest stride", "gait.strides:LONGEST_STRIDE_S", "s", CHOSEN),
    Number(
        "Stride left out beyond this share of the median",
        "gait.strides:LARGEST_DEVIATION",
        "of 1",
        CHOSEN,
    ),
    Number("Cadence taken for running", "gait.running:RUNNING_CADENCE_PER_MIN", "1/min", CHOSEN),
    Number("Frames with a foot outside, at most", "gait.running:MAX_OUTSIDE_SHARE", "of 1", CHOSEN),
    Number("Fewest strides a side", "gait.running:MIN_STRIDES_A_SIDE", "strides", CHOSEN),
    Number(
        "Time in which fewer strides than that are no running",
        "gait.running:ENOUGH_FOR_STRIDES_S",
        "s",
        CHOSEN,
    ),
    Number(
        "Strides a side from which findings are drawn",
        "gait.running:STRIDES_FOR_FINDINGS",
        "strides",
        "Dingenen 2018",
    ),
    Number("Youngest taken", "screening.runner:YOUNGEST_YEARS", "years", CHOSEN),
    Number("Oldest taken", "screening.runner:OLDEST_YEARS", "years", CHOSEN),
    Number("Shortest taken", "screening.runner:SHORTEST_M", "m", CHOSEN),
    Number("Tallest taken", "screening.runner:TALLEST_M", "m", CHOSEN),
    Number("Lightest taken", "screening.runner:LIGHTEST_KG", "kg", CHOSEN),
    Number("Heaviest taken", "screening.runner:HEAVIEST_KG", "kg", CHOSEN),
    Number("Mass for height below which is asked", "screening.runner:LOWEST_BMI", "kg/m²", CHOSEN),
    Number("Mass for height above which is asked", "screening.runner:HIGHEST_BMI", "kg/m²", CHOSEN),
    Number(
        "Force below which the unit is asked for",
        "screening.values:WEAKEST_N_PER_KG",
        "N/kg",
        CHOSEN,
    ),
    Number(
        "Distance below which the unit is asked for", "screening.values:SHORTEST_CM", "cm", CHOSEN
    ),
    Number(
        "Share of the gap between the sides within which a try fits a side",
        "screening.swapped:CLOSE",
        "of 1",
        CHOSEN,
    ),
)


def setup(app: Any) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("builder-inited", lambda app: write(Path(app.srcdir) / "_generated"))
    return {"parallel_read_safe": True}


def write(folder: Path) -> None:
    """Write `numbers.md` into `folder`."""
    folder.mkdir(exist_ok=True)
    (folder / "numbers.md").write_text(table(NUMBERS), encoding="utf-8")


def table(numbers: Sequence[Number]) -> str:
    """Return a Markdown table with the value that each number has in the code."""
    rows = [
        f"| {n.meaning} | {_shown(value_of(n.place))} {n.unit} | `{n.place}` | {n.says} |"
        for n in numbers
    ]
    return "\n".join(["| number | value | place | who says so |", "| --- " * 4 + "|", *rows]) + "\n"


def value_of(place: str) -> Any:
    """Return what stands at `module:name.name` below `hipwise`; raises where nothing does."""
    module, _, names = place.partition(":")
    value: Any = import_module(f"hipwise.{module}")
    for name in names.split("."):
        value = getattr(value, name)
    return value


def _shown(value: Any) -> str:
    return " to ".join(f"{v:g}" for v in value) if isinstance(value, tuple) else f"{value:g}"
