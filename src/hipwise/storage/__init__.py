"""The runner's records: a database and files beside it, on the runner's own machine."""

from hipwise.storage.analyses import KeptAnalysis
from hipwise.storage.importing import Imported
from hipwise.storage.plans import KeptPlan
from hipwise.storage.recordings import KeptRecording
from hipwise.storage.screenings import KeptScreening
from hipwise.storage.store import Store

__all__ = [
    "Imported",
    "KeptAnalysis",
    "KeptPlan",
    "KeptRecording",
    "KeptScreening",
    "Store",
]
