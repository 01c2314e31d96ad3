"""Valid names (slugs, identifiers) of datasets and resources, and one proposed: Chinese becomes pinyin."""

from __future__ import annotations

import re
import unicodedata

NAME_CHARACTERS_MAX = 100
"""A longer name of a dataset is refused; it is part of addresses and paths."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_DEVICE_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))]
)
_RESERVED_RESOURCE_NAMES = frozenset(["datapackage"])


def is_name(text: object) -> bool:
    """Whether *text* may name a dataset: it stands in addresses, folders and file names on every system.

    >>> is_name("bus-stops"), is_name("../x"), is_name("con.txt")
    (True, False, False)
    """
    return isinstance(text, str) and bool(_NAME.fullmatch(text)) and text.split(".")[0] not in _DEVICE_NAMES


def is_resource_name(text: object) -> bool:
    """Whether *text* may name a resource; ``datapackage`` would hide the descriptor beside the files."""
    return is_name(text) and text not in _RESERVED_RESOURCE_NAMES


def propose_name(text: object, fallback: str = "dataset") -> str:
    """Return a name that follows the rule and resembles *text*; Chinese becomes pinyin.

    >>> propose_name("公交站点 2026"), propose_name("../A b"), propose_name("CON")
    ('gong-jiao-zhan-dian-2026', 'a-b', 'data-con')
    """
    from pypinyin import lazy_pinyin  # its dictionary takes 55 MB, and most builds propose nothing

    words = lazy_pinyin(unicodedata.normalize("NFKC", str(text or ""))[:300], errors="default")
    plain = unicodedata.normalize("NFKD", "-".join(words)).encode("ascii", "ignore").decode("ascii").lower()
    name = re.sub(r"[^a-z0-9._]+", "-", plain).strip("-._")[:NAME_CHARACTERS_MAX].rstrip("-._")
    if name.split(".")[0] in _DEVICE_NAMES or name in _RESERVED_RESOURCE_NAMES:
        name = f"data-{name}"[:NAME_CHARACTERS_MAX]
    return name or fallback
