"""How often a program may ask (rate limits): rows, searches and lookups a minute, for an address or an API key.

``requests`` of catalog.yaml sets the numbers; the server counts by them, and the developers' page and the manual tell
them from here. Files and pages are not counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.model.text import LocalText

WINDOW_SECONDS = 60
"""Requests are counted over the last minute."""
BUCKETS_AN_ADDRESS = 5
"""All programs behind one address together may ask so many times as often as one of them; keys make no more of it."""


@dataclass(frozen=True)
class Rates:
    """Requests a minute that are answered, each kind for itself; every number can be set under ``requests``."""

    rows: int = 120
    """Rows of a table: filters, aggregates and exports, which may take a second of the machine each."""
    searches: int = 600
    """Searches of the catalogue, by people and programs: some milliseconds each."""
    lookups: int = 3000
    """Everything else that the API answers, such as one dataset: about a millisecond each."""


KINDS: Mapping[str, LocalText] = {
    "rows": LocalText("数据行的查询、统计和导出", "Queries, counts and exports of rows"),
    "searches": LocalText("目录检索", "Searches of the catalogue"),
    "lookups": LocalText("接口的其他请求", "Other requests to the API"),
}
"""What is counted, in words for people, by the names of `Rates`."""
