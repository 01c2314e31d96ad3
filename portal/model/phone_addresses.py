"""Telephone numbers as addresses that a telephone dials (``tel:``, RFC 3966)."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\+?[\d(][\d ()/-]{2,}\d")


def phone_address(text: str) -> str:
    """Return the address of the one number in *text*, "" where there is none, or where several may be meant.

    >>> phone_address("021-1234 5678（工作日）"), phone_address("12345 / 12346"), phone_address("see the notice")
    ('tel:02112345678', '', '')
    """
    found = _NUMBER.findall(text)
    if len(found) != 1 or "/" in found[0]:
        return ""
    return f"tel:{re.sub(r'[^0-9+]', '', found[0])}"
