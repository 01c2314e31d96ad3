"""What a PDF holds beside its pages: sticky notes, links, bookmarks, form fields, XMP metadata, attachments.

Every object of the file is looked through, so that no corner is left out which a program shows to somebody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.examining.privacy.documents.text_found import TOO_MUCH, NotRead, Passage

OBJECTS_MAX = 50_000
"""So many objects of a PDF are looked through."""
STREAM_BYTES_MAX = 8 * 1024**2
"""So much of the metadata, a form or a script in a PDF is looked through."""
NESTING_MAX = 20
"""Lists and dictionaries in an object of a PDF are followed so deep."""

_NO_WORDS = frozenset(["/ID", "/CreationDate", "/ModDate", "/M", "/W", "/Widths", "/Panose", "/O", "/U", "/OE", "/UE"])
"""Keys whose strings are hashes, times and widths."""
_STREAMS_OF_TEXT = frozenset(["/Metadata", "/JavaScript"])
_NAMES_OF_PLACES = {"/Annot": "annotation", "/Outlines": "bookmark", "/Metadata": "metadata", "/Filespec": "attachment"}


def texts_beside_pages(reader: Any, place: str) -> Iterator[Passage | NotRead | tuple[str, bytes]]:
    """Yield the texts in the objects of a PDF; an attachment as its name and bytes. Raises what pypdf raises."""
    from pypdf.generic import DictionaryObject, StreamObject

    attached: set[int] = set()
    for count, item in enumerate(_objects(reader)):
        if count >= OBJECTS_MAX:
            yield NotRead(TOO_MUCH, is_part=True, place=place)
            return
        value = _resolved(item)
        here = f"{place} {_name_of(value)}".strip()
        for text in _strings(value, 0):
            yield Passage(text, here)
        if not isinstance(value, DictionaryObject):
            continue
        files = _resolved(value.get("/EF"))
        if isinstance(files, DictionaryObject):
            name = str(value.get("/UF") or value.get("/F") or "attachment")
            for stream in {id(found): found for found in map(_resolved, files.values())}.values():
                if isinstance(stream, StreamObject) and id(stream) not in attached:
                    attached.add(id(stream))
                    yield name, stream.get_data()
        elif isinstance(value, StreamObject) and value.get("/Type") in _STREAMS_OF_TEXT:
            yield from _texts_of(value, here)
        for key in ("/XFA", "/JS", "/RC"):
            for stream in _streams_in(_resolved(value.get(key))):
                yield from _texts_of(stream, f"{place} {key[1:]}".strip())


def _objects(reader: Any) -> Iterator[Any]:
    from pypdf.generic import IndirectObject

    numbers = {number: generation for generation, entries in reader.xref.items() for number in entries}
    numbers |= dict.fromkeys(reader.xref_objStm, 0)
    for number, generation in sorted(numbers.items()):
        if number:
            yield IndirectObject(number, generation, reader)


def _resolved(item: Any) -> Any:
    from pypdf.errors import PyPdfError

    try:
        return item.get_object() if hasattr(item, "get_object") else item
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError):
        return None  # an object that is broken; nobody's program shows it


def _strings(value: Any, depth: int) -> Iterator[str]:
    """Yield the texts directly in an object; what it refers to is an object of its own."""
    from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, TextStringObject

    if isinstance(value, TextStringObject):
        yield str(value)
    elif isinstance(value, ByteStringObject):
        yield bytes(value).decode("gb18030", errors="replace")
    elif depth < NESTING_MAX and isinstance(value, DictionaryObject):
        for key, item in dict.items(value):
            if key not in _NO_WORDS:
                yield from _strings(item, depth + 1)
    elif depth < NESTING_MAX and isinstance(value, ArrayObject):
        for item in list.__iter__(value):
            yield from _strings(item, depth + 1)


def _streams_in(value: Any) -> Iterator[Any]:
    from pypdf.generic import ArrayObject, StreamObject

    items = map(_resolved, list.__iter__(value)) if isinstance(value, ArrayObject) else (value,)
    yield from (item for item in items if isinstance(item, StreamObject))


def _texts_of(stream: Any, place: str) -> Iterator[Passage | NotRead]:
    data = stream.get_data()
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    yield Passage(str(data[:STREAM_BYTES_MAX].decode(encoding, errors="replace")), place)
    if len(data) > STREAM_BYTES_MAX:
        yield NotRead(TOO_MUCH, is_part=True, place=place)


def _name_of(value: Any) -> str:
    kind = value.get("/Type") if hasattr(value, "get") else None
    if kind is None and hasattr(value, "get"):
        kind = "/Annot" if "/Subtype" in value and "/Rect" in value else "/Outlines" if "/Title" in value else None
    return _NAMES_OF_PLACES.get(str(kind), "")
