"""The resource code (信息资源代码) of a new dataset: the publisher's usual category, and the next serial number.

The descriptors are looked through as text, since reading all of them would take a minute where there are many.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from portal.model.guide import code_parts
from portal.model.limits import DESCRIPTOR_BYTES_MAX
from portal.reading.catalog import DESCRIPTOR_NAMES

_STATED = re.compile(
    r"""^(?:[^#\n]*[\s{,])?["']?code["']?\s*:\s*["']?([0-9A-Za-z]+/[0-9]+)(?![0-9A-Za-z/])""", re.MULTILINE
)
"""A code that is stated: the example in the comment of a draft is none."""


def proposed_code(datasets_dir: Path, publisher: str) -> str:
    """Return the next code for *publisher*, "" where none of its datasets has one.

    The front part is that of most of its datasets (of the first, where several are as common); the serial number
    follows the highest of that front part in the whole catalogue, with as many leading zeros. Numbers that are free in
    between are left alone: they may have belonged to something that is gone, and codes are not used again.
    """
    if not publisher:
        return ""
    fronts: Counter[str] = Counter()
    highest: dict[str, str] = {}
    for path, code in _codes(datasets_dir):
        front, serial = code
        if path.parent.parent.name == publisher:
            fronts[front] += 1
        if int(serial) > int(highest.get(front, "-1")):
            highest[front] = serial
    if not fronts:
        return ""
    front = fronts.most_common(1)[0][0]
    former = highest[front]
    proposal = f"{front}/{int(former) + 1:0{len(former)}d}"
    return proposal if code_parts(proposal) else ""


def _codes(datasets_dir: Path) -> Iterator[tuple[Path, tuple[str, str]]]:
    """Yield what stands under ``code`` in each descriptor two folders down, in the order of paths."""
    paths = (path for name in DESCRIPTOR_NAMES for path in datasets_dir.glob(f"*/*/{name}"))
    for path in sorted(paths):
        if path.is_symlink() or not path.is_file():
            continue
        try:
            with path.open(encoding="utf-8", errors="replace") as file:
                text = file.read(DESCRIPTOR_BYTES_MAX)
        except OSError:
            continue
        for match in _STATED.finditer(text):
            parts = code_parts(match[1])
            if parts:
                yield path, parts
