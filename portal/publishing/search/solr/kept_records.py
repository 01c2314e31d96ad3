"""Datasets in CKAN's shape as a release keeps them for lists: JSON, packed, for any address that it is served at.

To read a record and put it into CKAN's shape takes ten times as long, which an answer of a thousand would feel.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

HERE = "urn:kaifang:here"
"""Stands in kept records for the address that the portal is asked at, without a slash at the end."""


def packed(record: Mapping[str, Any]) -> bytes:
    """Return a record, made for the address `HERE`, as it is kept."""
    return zlib.compress(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))


def unpacked(kept: bytes, address: str) -> dict[str, Any]:
    """Return a kept record for *address*.

    >>> unpacked(packed({"url": f"{HERE}/datasets/air/"}), "https://data.example.cn")
    {'url': 'https://data.example.cn/datasets/air/'}
    """
    text = zlib.decompress(kept).decode()
    record: dict[str, Any] = json.loads(text.replace(HERE, json.dumps(address)[1:-1]))
    return record
