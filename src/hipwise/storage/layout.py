"""What lies in an export (`hipwise.export/1`): the names in it, and its manifest."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from hipwise.storage.analyses import FILE_NAME
from hipwise.storage.analyses import FOLDER as REPORTS
from hipwise.storage.files import FOLDER as FILES
from hipwise.storage.files import Sha256, place_of

SCHEMA: Final = "hipwise.export/1"
MANIFEST = "manifest.json"
_NAMES = re.compile(
    rf"[a-z]+\.json|{FILES}/[0-9a-f]{{2}}/[0-9a-f]{{62}}|{REPORTS}/[0-9a-f]{{32}}/{FILE_NAME.pattern}"
)


def is_of_an_export(name: str) -> bool:
    """Tell whether hipwise writes a file of this name into an export.

    None of them leads out of the folder into which it is unpacked.
    """
    return _NAMES.fullmatch(name) is not None


def is_named_by(name: str, fingerprint: str) -> bool:
    """Tell whether a file's name fits its SHA-256; only recordings are named by theirs."""
    return not name.startswith(f"{FILES}/") or name == place_of(Path(), fingerprint).as_posix()


class Software(BaseModel):
    """The program that wrote an export."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: str


class Manifest(BaseModel):
    """What an export is: `files` has the SHA-256 of each by its name, the manifest aside."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: Literal["hipwise.export/1"] = Field(alias="schema")
    software: Software
    made_at: datetime
    files: dict[str, Sha256]
