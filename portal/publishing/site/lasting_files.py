"""Lasting names of static files: each with a hash of its bytes, scripts importing each other by these names.

Browsers keep such files for a year and ask for none of them again. A module that stands in another's folder is imported
by its own lasting name, so a page with many small modules costs one that it opens again no question.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

DIGITS = 10
"""Digits of the hash in a name."""
_MARK = re.compile(rf"\.[0-9a-f]{{{DIGITS}}}(?=\.[a-z0-9]+$)")
_IMPORT = re.compile(r'(?:(?<=\bfrom )|(?<=\bimport\())"(\.\.?/[^"]+\.js)"')


def plain_name(name: str) -> str:
    """Return a name without its hash.

    >>> plain_name("css/site.0123456789.css"), plain_name("css/site.css")
    ('css/site.css', 'css/site.css')
    """
    return _MARK.sub("", name)


def give_lasting_names(folder: Path, left_out: frozenset[str] = frozenset()) -> Iterator[Path]:
    """Put each file below *folder* under a lasting name, too, but those in folders *left_out*; yield the new files."""
    named: dict[Path, Path] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix and plain_name(path.name) == path.name and path.parent.name not in left_out:
            yield _named(path, named, left_out, ())


def _named(path: Path, named: dict[Path, Path], left_out: frozenset[str], importing: tuple[Path, ...]) -> Path:
    """Return a file under its lasting name, made where it is not there yet."""
    if path in named:
        return named[path]
    content = path.read_bytes()
    whole = content
    if path.suffix == ".js":

        def lasting(found: re.Match[str]) -> str:
            target = Path(os.path.normpath(path.parent / found[1]))
            if target in (*importing, path) or not target.is_file() or target.parent.name in left_out:
                return found[0]  # a circle has no hash of its own; it is loaded by plain names
            made = _named(target, named, left_out, (*importing, path))
            return f'"{found[1].rpartition("/")[0]}/{made.name}"'

        whole = _IMPORT.sub(lasting, content.decode("utf-8")).encode("utf-8")
    digest = hashlib.sha256(whole).hexdigest()[:DIGITS]
    made = path.with_name(f"{path.stem}.{digest}{path.suffix.lower()}")
    if whole == content:
        try:
            os.link(path, made)
        except OSError:
            shutil.copyfile(path, made)
    else:
        made.write_bytes(whole)
    named[path] = made
    return made
