"""Charts, the HTML report, the overlay film, and the files that other programs read."""

from hipwise.reporting.analysis import Analysis, RecordingInfo, TruthRow, ViewAnalysis
from hipwise.reporting.files import to_json
from hipwise.reporting.folder import check_writable
from hipwise.reporting.report import write_report
from hipwise.reporting.terminal import summary

__all__ = [
    "Analysis",
    "RecordingInfo",
    "TruthRow",
    "ViewAnalysis",
    "check_writable",
    "summary",
    "to_json",
    "write_report",
]
