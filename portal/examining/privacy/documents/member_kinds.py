"""What a member of an archive is: groups of formats by how their text is got at, told by first bytes, then by name."""

from __future__ import annotations

import bz2
import gzip
import lzma
from pathlib import PurePosixPath
from typing import Any

from portal.examining.privacy.documents.contents import format_of
from portal.model.known_formats import names_of

ARCHIVES = names_of(lambda item: item.text_by == "zip")
PACKED = ARCHIVES | names_of(lambda item: item.text_by == "package")
STREAMS: dict[str, Any] = {"gz": gzip.open, "bz2": bz2.open, "xz": lzma.open}
TARS = names_of(lambda item: item.text_by == "tar")
OLD_OFFICE = names_of(lambda item: item.text_by == "office")
WORKBOOKS = names_of(lambda item: item.is_excel) | {"ods"}
PICTURES = names_of(lambda item: item.text_by == "picture")
"""Pictures and recordings: nobody expects text of them, and what they say of themselves is looked at."""
DATABASES = names_of(lambda item: item.text_by == "database")
MAILS = names_of(lambda item: item.text_by == "mail")
NEVER_TEXT = names_of(lambda item: item.text_by == "none")
WITHOUT_TEXT = names_of(lambda item: item.text_by == "numbers")
"""Parts of a shapefile that hold nothing but numbers, and fonts."""


def member_kind(data: bytes, suffix: str) -> str:
    """Return what a member is: by its first bytes where they tell, else by its name."""
    seen = format_of(data)
    if seen == "ole":
        return suffix if suffix in OLD_OFFICE else "ole"
    if seen == "zip" and suffix in PACKED:
        return suffix
    if seen in STREAMS and suffix in TARS:
        return suffix
    if seen == "sqlite" or not seen:
        return seen or suffix
    same_family = suffix in PACKED and seen in PACKED and seen != "zip"
    return suffix if same_family and (suffix in WORKBOOKS) == (seen in WORKBOOKS) else seen


def suffix_of(name: str) -> str:
    """Return the ending of a name, without its dot."""
    return PurePosixPath(name).suffix[1:].lower()
