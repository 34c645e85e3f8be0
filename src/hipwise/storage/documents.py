"""JSON as it is kept: what went in is what comes out."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from hipwise.errors import UsageError


def as_json(value: Any, what: str) -> Any:
    """Return `value` as it will be read again: tuples as lists, keys as text.

    Raises UsageError, naming `what`, for a value that JSON does not hold.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (TypeError, ValueError) as error:
        raise UsageError(f"{what} cannot be kept, for it is not JSON: {error}.") from None
    return json.loads(text)


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text, by which the same text is known again."""
    return sha256(text.encode()).hexdigest()
