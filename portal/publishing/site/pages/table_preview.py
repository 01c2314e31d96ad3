"""Long texts of cells, shortened to what a page has room for."""

from __future__ import annotations

PREVIEW_CHARACTERS_MAX = 200
"""Characters of a cell in a preview."""


def shortened(text: str) -> str:
    """Return the beginning of a cell, as long as a page has room for."""
    return text if len(text) <= PREVIEW_CHARACTERS_MAX else text[: PREVIEW_CHARACTERS_MAX - 1] + "…"
