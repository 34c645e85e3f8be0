"""The names of the files a report consists of."""

from __future__ import annotations

from hipwise.measurement import View

REPORT = "report.html"
MEASUREMENTS = "measurements.json"
CURVES = "curves.csv"
STRIDES = "strides.csv"
ANGLES = "angles.csv"
OVERLAY = "overlay.mp4"

_PER_RECORDING = (CURVES, STRIDES, ANGLES, OVERLAY)


def of_recording(name: str, index: int, view: View) -> str:
    """Return the file name for one recording: the main one's is plain, the others are numbered.

    `curves.csv`, then `curves_2_rear.csv`.
    """
    if index == 0:
        return name
    stem, dot, ending = name.partition(".")
    return f"{stem}_{index + 1}_{view}{dot}{ending}"


def is_report_file(name: str) -> bool:
    """Tell whether hipwise could have written a file of this name into an output folder."""
    stem, dot, ending = name.partition(".")
    main, _, rest = stem.partition("_")
    number, _, view = rest.partition("_")
    if number.isdigit() and view in set(View):
        return f"{main}{dot}{ending}" in _PER_RECORDING
    return name in {REPORT, MEASUREMENTS, *_PER_RECORDING}
