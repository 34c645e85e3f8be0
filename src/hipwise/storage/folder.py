"""Where the runner's records lie."""

from __future__ import annotations

import os
from pathlib import Path

DATA_VARIABLE = "HIPWISE_DATA"


def data_folder() -> Path:
    """Return the folder that `HIPWISE_DATA` names, or the platform's folder for user data."""
    from platformdirs import user_data_path

    named = os.environ.get(DATA_VARIABLE)
    return Path(named) if named else user_data_path("hipwise")
