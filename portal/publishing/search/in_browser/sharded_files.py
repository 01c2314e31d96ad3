"""Shards: a table of keys and values cut into small JSON files, of which a browser fetches only those that it needs.

A key has a route; what has one route lies in one file, so what is needed together is fetched together. Which file that
is follows from a hash of the route, so no list of files is needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHARD_BYTES = 3_500
"""Bytes of one file that are aimed at before it is compressed: of what it holds a question needs a line or two."""
SMALL_TABLE_BYTES = 2_000_000
"""Bytes of a table that is cut into few and larger files (`SHARD_BYTES_IF_SMALL`): a small portal is given few."""
SHARD_BYTES_IF_SMALL = 16_000
SHARDS_MAX = 4_096
"""Files of one table; beyond, the files grow."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class ShardedTable:
    """Gathers keys and values by routes, and writes them; equal ones give equal files."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, str]] = {}
        self._bytes = 0

    def put(self, route: str, key: str, value: Any) -> None:
        """Note the value of a key; the last of equal keys counts."""
        self.put_text(route, key, compact(value))

    def put_text(self, route: str, key: str, text: str) -> None:
        """Note the value of a key, as JSON."""
        self._rows.setdefault(route, {})[key] = text
        self._bytes += len(key) + len(text) + 4

    def write(self, folder: Path) -> int:
        """Write the files ``0.json``, ``1.json`` ... into the new folder *folder*; return how many there are."""
        folder.mkdir(parents=True)
        aim = SHARD_BYTES_IF_SMALL if self._bytes < SMALL_TABLE_BYTES else SHARD_BYTES
        count = min(max(-(-self._bytes // aim), 1), SHARDS_MAX)
        shards: list[dict[str, str]] = [{} for _ in range(count)]
        for route, rows in self._rows.items():
            shards[hashed(route) % count].update(rows)
        for number, shard in enumerate(shards):
            lines = ",\n".join(f"{compact(key)}:{value}" for key, value in sorted(shard.items()))
            (folder / f"{number}.json").write_text(f"{{{lines}}}\n", encoding="utf-8", newline="")
        return count


def write_pages(items: Iterator[Any], folder: Path, size: int) -> None:
    """Write a list in files of *size* items each, by the order of the list."""
    folder.mkdir(parents=True)
    page: list[Any] = []
    number = 0
    for item in items:
        page.append(item)
        if len(page) == size:
            write_json(folder / f"{number}.json", page)
            page, number = [], number + 1
    if page:
        write_json(folder / f"{number}.json", page)


def write_json(path: Path, value: Any) -> None:
    """Write one value as JSON."""
    path.write_text(compact(value) + "\n", encoding="utf-8", newline="")


def compact(value: Any) -> str:
    """Return *value* as JSON without blanks."""
    return _ENCODER.encode(value)


def hashed(route: str) -> int:
    """Return the 32 bits by which a route is put into a file: FNV-1a over UTF-8.

    Source: G. Fowler, L. C. Noll, P. Vo, The FNV Non-Cryptographic Hash Algorithm.

    >>> hashed("a"), hashed("空气")
    (3826002220, 4191467853)
    """
    value = 0x811C9DC5
    for byte in route.encode(errors="replace"):
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value
