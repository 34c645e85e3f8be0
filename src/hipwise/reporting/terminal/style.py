"""How the terminal's pages look: colours, heads, and from when a window counts as wide."""

from __future__ import annotations

from rich.text import Text

WIDE = 72
"""Columns from which a table also shows the difference and n."""
LEFT, RIGHT, GOOD, FAINT = "red", "bright_blue", "green", "bright_black"


def title(text: str) -> Text:
    """Return the head of a part."""
    return Text(f"\n{text}", style="bold")
