"""Safe paths in a descriptor (path traversal): relative, inside the dataset's folder, symlinks followed.

Only such paths may be opened.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

PATH_CHARACTERS_MAX = 500
"""A longer path in a descriptor is refused."""
PART_BYTES_MAX = 255
"""File systems hold no longer names."""


class UnsafePath(ValueError):
    """A path that leads, or might lead, out of the dataset's folder."""


def is_web_address(text: str) -> bool:
    """Whether *text* is an address on the web, with a host.

    >>> is_web_address("https://example.cn/a.csv"), is_web_address("file:///etc/passwd")
    (True, False)
    """
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def is_folder(path: Path, folder: Path | None) -> bool:
    """Whether *path* leads to *folder*, which is resolved; never where there is none.

    Only a path of the same name and a link are followed: in a walk through a catalogue that would be most of the time.
    """
    if folder is None or (path.name != folder.name and not path.is_symlink()):
        return False
    try:
        return path.resolve() == folder
    except RuntimeError:  # a link that leads to itself, in Python before 3.13
        return False


def inside(folder: Path, text: str) -> Path:
    """Return the file that *text* names in *folder*; it need not exist.

    Raises UnsafePath for absolute paths, ``..``, drive letters and schemes, backslashes, hidden names, control
    characters, names that are too long, and for symbolic links that lead outside or to themselves.
    """
    parts = PurePosixPath(text).parts
    if (
        not parts
        or len(text) > PATH_CHARACTERS_MAX
        or text.startswith("/")
        or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text)
        or "\\" in text
        or any(ord(char) < 32 or ord(char) == 127 for char in text)
        or any(part.startswith((".", "~")) for part in parts)
    ):
        raise UnsafePath(text)
    path = folder / text
    try:
        stays_inside = path.resolve().is_relative_to(folder.resolve()) and all(
            len(part.encode()) <= PART_BYTES_MAX for part in parts
        )
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        raise UnsafePath(text) from error
    if not stays_inside:
        raise UnsafePath(text)
    return path
