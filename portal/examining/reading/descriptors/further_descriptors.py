"""Several descriptors in one folder (datapackage.yaml beside datapackage.json), one of which keeps the files in.

The first of `DESCRIPTOR_NAMES` is used. Somebody who closes a dataset may do so in another of them, so files go out
only where all agree.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from portal.examining.reading.descriptors.guide_elements import read_sharing
from portal.examining.reading.descriptors.openness import UnclearKey, open_state, unclear_keys
from portal.examining.reading.descriptors.wanted_values import as_mapping
from portal.findings.details import phrase
from portal.model.catalog import OpenState
from portal.yamlfile import UnreadableFile, read_document

DESCRIPTOR_NAMES = ("datapackage.yaml", "datapackage.yml", "datapackage.json")


def contradicting_descriptors(used: Path, state: OpenState, sharing: str) -> Iterator[UnclearKey]:
    """Yield a key for each descriptor beside *used* that keeps in what *state* or *sharing* of that one gives out."""
    for name in DESCRIPTOR_NAMES:
        path = used.parent / name
        if name == used.name or not os.path.lexists(path):
            continue
        is_open, is_shared = _gives_out(path)
        if (state == "open" and not is_open) or (sharing == "unconditional" and not is_shared):
            field = "catalogue.sharing" if is_open else "catalogue.open"
            reason = phrase(
                "同一文件夹里的 {file} 不是这么写的，或者读不了",
                "{file} in the same folder says otherwise, or cannot be read",
                file=name,
            )
            yield UnclearKey(field, field, reason)


def _gives_out(path: Path) -> tuple[bool, bool]:
    """Return whether the public, and whether departments get the files by the descriptor *path*."""
    try:
        document = as_mapping(read_document(path))
    except UnreadableFile:
        return False, False
    block = as_mapping(document.get("catalogue"))
    is_plain = bool(document) and not any(unclear_keys(document))
    sharing = read_sharing(block.get("sharing", {})).type
    return is_plain and open_state(block) == "open", is_plain and sharing == "unconditional"
