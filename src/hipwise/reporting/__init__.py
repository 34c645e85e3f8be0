"""Charts, the HTML report, the overlay film, and the files that other programs read."""

from hipwise.reporting.analysis import Analysis, RecordingInfo, TruthRow, ViewAnalysis
from hipwise.reporting.folder import check_writable
from hipwise.reporting.report import write_report
from hipwise.reporting.terminal import print_summary

__all__ = [
    "Analysis",
    "RecordingInfo",
    "TruthRow",
    "ViewAnalysis",
    "check_writable",
    "print_summary",
    "write_report",
]
