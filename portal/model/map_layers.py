"""Layers of maps: which open geometries of the portal lie behind all others, and the approval of outlines (审图号)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_APPROVAL = re.compile(
    r"(?:审图号[:：]?\s*)?((?:GS[A-Z]?|[\u4e00-\u9fff]S|GS[\u4e00-\u9fff])\s*[(（〔\[]\d{4}[)）〕\]]\s*\d{1,6}\s*号)"
)
MADE_UP = "made-up"
"""What stands in the place of an approval where outlines show no real place: they are of a demonstration."""


@dataclass(frozen=True, slots=True)
class MapLayer:
    """A resource of the portal whose geometries lie behind maps; *code* and *population* are columns of it.

    By the codes tables without geometries find their places; *population* makes rates of their numbers.
    """

    dataset: str
    resource: str
    code: str = ""
    population: str = ""


def map_approval(text: str) -> str:
    """Return the number under which an outline was approved, "" where *text* holds none.

    Outlines of administrative areas may be shown to the public only with it (地图管理条例, 国务院令第664号).

    >>> map_approval("审图号：GS（2024）0650号"), map_approval("京S(2021)023号"), map_approval("approved")
    ('GS（2024）0650号', '京S(2021)023号', '')
    """
    found = _APPROVAL.fullmatch(text.strip())
    return found[1] if found else ""
