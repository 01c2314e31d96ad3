"""The next resource code (信息资源代码) for a new dataset: the publisher's usual category, serial number.

To read a descriptor as a document takes a millisecond, which is too long where there are 30,000. So the code is taken
from the text where nothing but the one key can be meant, as in nearly all of them, and other descriptors are read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from portal.examining.reading.descriptors.further_descriptors import DESCRIPTOR_NAMES
from portal.examining.reading.descriptors.wanted_values import as_mapping, as_text
from portal.model.guide import code_parts
from portal.model.limits import DESCRIPTOR_BYTES_MAX
from portal.yamlfile import UnreadableFile, read_document

_KEY = re.compile(r"""(?<![\w-])code["']?\s*:""")
_VALUE = re.compile(r"""[ \t]+(["']?)([0-9A-Za-z]+/[0-9]+)\1(?=[\s,}]|\Z)""")
_STATED = re.compile(_KEY.pattern + r"""\s*["']?([0-9A-Za-z]+/[0-9]+)(?![0-9A-Za-z/])""")
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*", re.MULTILINE)
_COMMENTED_OUT = re.compile(r"\s*#\s*")
"""What stands before the example in a draft."""
_BEFORE_A_KEY = re.compile(r"""(?:[^#"'|>]|"[^"\\]*"|'[^']*')*[\s{,]""")
"""What may stand on a line before a key without a doubt that it is one: no comment begins, and no text is open."""
_LINE_CHARACTERS_MAX = 2_000
"""A line with more before the key is left to a reader."""


def proposed_code(datasets_dir: Path, publisher: str, released: Iterable[str] = ()) -> str:
    """Return the next code for *publisher*, "" where none of its datasets has one.

    *released* are the codes of all that was ever released: that of a dataset that is gone is used all the same.
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
        _raise_to(highest, front, serial)
    if not fronts:
        return ""
    for code in filter(None, map(code_parts, released)):
        _raise_to(highest, *code)
    front = fronts.most_common(1)[0][0]
    former = highest[front]
    proposal = f"{front}/{int(former) + 1:0{len(former)}d}"
    return proposal if code_parts(proposal) else ""


def _raise_to(highest: dict[str, str], front: str, serial: str) -> None:
    if int(serial) > int(highest.get(front, "-1")):
        highest[front] = serial


def _codes(datasets_dir: Path) -> Iterator[tuple[Path, tuple[str, str]]]:
    """Yield the code of each descriptor two folders down, in the order of paths.

    Of a descriptor that cannot be read, each that its text may state: until it is mended, none of them is free.
    """
    paths = (path for name in DESCRIPTOR_NAMES for path in datasets_dir.glob(f"*/*/{name}"))
    for path in sorted(paths):
        if path.is_symlink() or not path.is_file():
            continue
        try:
            with path.open(encoding="utf-8", errors="replace") as file:
                text = file.read(DESCRIPTOR_BYTES_MAX)
        except OSError:
            continue
        for code in _codes_in(path, text):
            parts = code_parts(code)
            if parts:
                yield path, parts


def _codes_in(path: Path, text: str) -> list[str]:
    """Return what *text*, that of the descriptor *path*, states as its code."""
    is_json = path.suffix == ".json"
    code = None if is_json else _plain_code(text)
    if code is not None:
        return [code]
    try:
        return [as_text(as_mapping(as_mapping(read_document(path)).get("catalogue")).get("code"))]
    except UnreadableFile:
        return [match[1] for match in _STATED.finditer(text if is_json else _COMMENT.sub("", text))]


def _plain_code(text: str) -> str | None:
    """Return the only code that a text in YAML states, "" for none, None where only reading it can tell.

    >>> _plain_code("catalogue:\\n  code: 307021000/000007 # so"), _plain_code("  # code: 307021000/000001")
    ('307021000/000007', '')
    >>> _plain_code('catalogue: {note: "C#", code: 307021000/000007}'), _plain_code("{x: it's, code: 1/2}")
    ('307021000/000007', None)
    """
    keys = []
    for key in _KEY.finditer(text):
        before = text[text.rfind("\n", 0, key.start()) + 1 : key.start()]
        if not _COMMENTED_OUT.fullmatch(before):
            keys.append((key, before))
        if len(keys) > 1:
            return None
    if not keys:
        return ""
    key, before = keys[0]
    value = _VALUE.match(text, key.end())
    is_key = len(before) <= _LINE_CHARACTERS_MAX and _BEFORE_A_KEY.fullmatch(before)
    return value[2] if value and is_key else None
