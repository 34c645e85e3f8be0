"""Other languages than English: catalogues that somebody put beside the records.

A catalogue is what gettext calls one: `locale/<language>/LC_MESSAGES/hipwise.mo` in the folder of
the records. Templates mark with `_()` what can be translated; the evidence is English only.
"""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from gettext import NullTranslations, translation
from pathlib import Path

from hipwise.storage import Store

ENGLISH = "en"
LANGUAGE = "web.language"
"""Under this key the settings keep the chosen language."""
_CODE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
_DOMAIN = "hipwise"
_DAMAGED = (OSError, ValueError, LookupError, struct.error)
"""What gettext raises for a file that is no catalogue, is cut off, or names no known encoding."""


def languages_of(store: Store) -> tuple[str, ...]:
    """Return the languages that can be chosen: English, and those with a catalogue."""
    found = _locale(store).glob(f"*/LC_MESSAGES/{_DOMAIN}.mo")
    codes = sorted(file.parents[1].name for file in found)
    return (ENGLISH, *(code for code in codes if _CODE.fullmatch(code) and code != ENGLISH))


def chosen(store: Store) -> str:
    """Return the chosen language, English where its catalogue is gone."""
    language = str(store.settings.get(LANGUAGE) or ENGLISH)
    return language if language in languages_of(store) else ENGLISH


def words(store: Store, language: str) -> NullTranslations:
    """Return the catalogue of a language; what it does not have stays English."""
    return _catalogue(_locale(store), language)


def _locale(store: Store) -> Path:
    return store.folder / "locale"


@lru_cache(maxsize=8)
def _catalogue(folder: Path, language: str) -> NullTranslations:
    try:
        return translation(_DOMAIN, folder, [language], fallback=True)
    except _DAMAGED:
        return NullTranslations()
