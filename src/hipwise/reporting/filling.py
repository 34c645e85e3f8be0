"""What fills the templates of reports, of the plan and of the app."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hipwise.reporting.numbers import small_first, unbroken

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"


def environment() -> Environment:
    """Return what fills the templates; whatever is put in is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    pages = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["unbroken"] = unbroken
    pages.filters["small_first"] = small_first
    return pages
