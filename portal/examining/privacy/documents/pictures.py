"""What pictures say of themselves: EXIF, XMP and comments of JPEG, packed texts of PNG, texts in EMF drawings."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from portal.examining.privacy.documents.binary_texts import texts_in

ENDS_BYTES_MAX = 4 * 1024**2
"""So much of a picture is looked through from both ends, where programs keep what they note."""
TEXT_BYTES_MAX = 1024**2
"""So much of a packed text in a PNG is looked through."""
_PNG = b"\x89PNG\r\n\x1a\n"


def picture_texts(data: bytes) -> Iterator[str]:
    """Yield the runs of characters in a picture, and what a PNG keeps packed."""
    for piece in (data[:ENDS_BYTES_MAX], data[ENDS_BYTES_MAX:][-ENDS_BYTES_MAX:]):
        yield from texts_in(piece)
    if data.startswith(_PNG):
        yield from _packed_texts(data)


def _packed_texts(data: bytes) -> Iterator[str]:
    at = len(_PNG)
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        chunk = data[at + 8 : at + 8 + size]
        at += size + 12
        if kind in (b"zTXt", b"iTXt"):
            _, _, rest = chunk.partition(b"\0")
            packed = rest[1:] if kind == b"zTXt" else rest[2:].split(b"\0", 2)[-1]
            try:
                text = zlib.decompressobj().decompress(packed, TEXT_BYTES_MAX)
            except zlib.error:
                text = packed
            yield text.decode("utf-8", errors="replace")
