"""Unpacking an export that may come from anywhere: checked byte by byte, not by its headers."""

from __future__ import annotations

import stat
import zlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pydantic import ValidationError

from hipwise.errors import UnreadableFile
from hipwise.storage.files import CHUNK_BYTES, whole_file
from hipwise.storage.layout import MANIFEST, SCHEMA, Manifest, is_named_by, is_of_an_export

_ENCRYPTED = 0x1
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What reading a zip file raises that is none, or not whole."""


@dataclass(frozen=True)
class Limits:
    """What no export exceeds (chosen by us).

    `ratio` is unpacked against packed; `free_bytes` are not held against it. `document_bytes` is
    the size of one JSON document.
    """

    entries: int = 100_000
    total_bytes: int = 200 << 30
    ratio: int = 100
    free_bytes: int = 32 << 20
    document_bytes: int = 64 << 20


def unpack(path: Path, stage: Path, limits: Limits | None = None) -> None:
    """Unpack the export at `path` into the folder `stage`, every file as the manifest says.

    Raises UnreadableFile where it is no export, not whole, larger than `limits`, or holds anything
    that hipwise does not write; and OSError where `stage` does not take it.
    """
    limits = limits or Limits()
    try:
        size_bytes = path.stat().st_size
        source = path.open("rb")
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise UnreadableFile(f"{path} cannot be read ({reason}): give an export.") from None
    with source:
        try:
            with ZipFile(source) as archive:
                entries = _checked(archive, path, limits)
                manifest = _manifest(archive, entries, path, limits)
                _unpack(archive, manifest, stage, Meter(path, size_bytes, limits))
        except _BROKEN as error:
            raise UnreadableFile(
                f"{path.name} is no whole zip file ({error}): export it again."
            ) from error


@dataclass
class Meter:
    """Counts what comes out of an archive, and stops it where it is too much."""

    path: Path
    packed_bytes: int
    limits: Limits
    unpacked_bytes: int = 0

    def count(self, size_bytes: int) -> None:
        """Count some bytes; raises UnreadableFile above the limits."""
        self.unpacked_bytes += size_bytes
        allowed = self.limits.free_bytes + self.limits.ratio * self.packed_bytes
        if self.unpacked_bytes > min(allowed, self.limits.total_bytes):
            raise UnreadableFile(
                f"{self.path.name} unpacks to more than an export of hipwise does: it was not "
                "imported."
            )


def _checked(archive: ZipFile, path: Path, limits: Limits) -> dict[str, ZipInfo]:
    """Return the entries by their names; raises UnreadableFile for one that is no export's."""
    entries: dict[str, ZipInfo] = {}
    if len(archive.infolist()) > limits.entries:
        raise UnreadableFile(f"{path.name} holds more files than an export of hipwise does.")
    for entry in archive.infolist():
        kind = stat.S_IFMT(entry.external_attr >> 16)
        sound = (
            is_of_an_export(entry.filename)
            and entry.filename not in entries
            and kind in (0, stat.S_IFREG)
            and entry.compress_type in (ZIP_STORED, ZIP_DEFLATED)
            and not entry.flag_bits & _ENCRYPTED
        )
        if not sound:
            raise UnreadableFile(
                f"{path.name} holds '{entry.filename}', which is in no export of hipwise: it was "
                "not imported."
            )
        entries[entry.filename] = entry
    return entries


def _manifest(
    archive: ZipFile, entries: dict[str, ZipInfo], path: Path, limits: Limits
) -> Manifest:
    """Read the manifest; raises UnreadableFile where it does not list exactly the entries."""
    if MANIFEST not in entries:
        raise UnreadableFile(f"{path.name} is no export of hipwise: it has no {MANIFEST}.")
    with archive.open(entries[MANIFEST]) as file:
        text = file.read(limits.document_bytes + 1)
    if len(text) > limits.document_bytes:
        raise UnreadableFile(f"{path.name} is no export of hipwise: its {MANIFEST} is too large.")
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        raise UnreadableFile(_what_is_wrong(path, error)) from None
    if set(manifest.files) != set(entries) - {MANIFEST}:
        raise UnreadableFile(f"{path.name} does not hold the files its {MANIFEST} lists.")
    return manifest


def _what_is_wrong(path: Path, error: ValidationError) -> str:
    fault = error.errors()[0]
    if fault["loc"] == ("schema",) and isinstance(fault["input"], str):
        return (
            f"{path.name} is an export of the kind '{fault['input']}', and this hipwise reads "
            f"{SCHEMA}: bring hipwise up to date."
        )
    return f"{path.name} is no export of hipwise: its {MANIFEST} says '{fault['msg']}'."


def _unpack(archive: ZipFile, manifest: Manifest, stage: Path, meter: Meter) -> None:
    for name, fingerprint in manifest.files.items():
        digest = sha256()
        with archive.open(name) as source, whole_file(stage / name) as target:
            while chunk := source.read(CHUNK_BYTES):
                meter.count(len(chunk))
                digest.update(chunk)
                target.write(chunk)
        if digest.hexdigest() != fingerprint or not is_named_by(name, fingerprint):
            raise UnreadableFile(
                f"{meter.path.name} is damaged: '{name}' is not what was exported."
            )
