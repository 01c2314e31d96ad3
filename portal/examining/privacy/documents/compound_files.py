"""OLE compound files (embedded objects, MSG, old Office): their streams, and the file that a Package holds.

Read with bounds of our own, because a chain of sectors that leads back to itself would never end.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from portal.examining.privacy.documents.text_found import TOO_MUCH, NotRead

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STREAMS_MAX = 500
"""So many streams of a compound file are looked through."""
_STREAM, _ROOT = 2, 5
_END = 0xFFFFFFFA
"""From this number on an entry names no sector."""
_NATIVE = "\x01Ole10Native"
_SHORT_BYTES = 64
_HEADER_ENTRIES = 109


class BrokenCompound(ValueError):
    """The bytes are no compound file that can be read."""


def streams(data: bytes, place: str = "") -> Iterator[tuple[str, bytes] | NotRead]:
    """Yield name and bytes of each stream in *data*; beyond `STREAMS_MAX` that there are more at *place*.

    Raises `BrokenCompound`.
    """
    try:
        yield from _streams(data, place)
    except (struct.error, IndexError) as error:
        raise BrokenCompound("compound") from error


def _streams(data: bytes, place: str) -> Iterator[tuple[str, bytes] | NotRead]:
    if not data.startswith(COMPOUND) or len(data) < 1024:
        raise BrokenCompound("compound")
    power = struct.unpack_from("<H", data, 30)[0]
    if power not in (9, 12):
        raise BrokenCompound("compound")
    size = 1 << power
    tables, directory_at = struct.unpack_from("<I", data, 44)[0], struct.unpack_from("<I", data, 48)[0]
    least, short_at = struct.unpack_from("<I", data, 56)[0], struct.unpack_from("<I", data, 60)[0]
    more_at = struct.unpack_from("<I", data, 68)[0]

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    numbers = list(struct.unpack_from(f"<{_HEADER_ENTRIES}I", data, 76))
    seen = set()
    while more_at < _END and more_at not in seen and len(numbers) < tables:
        seen.add(more_at)
        further = _numbers(sector(more_at))
        numbers += further[:-1]
        more_at = further[-1]
    table = [entry for number in numbers[:tables] if number < _END for entry in _numbers(sector(number))]

    def chain(start: int, following: list[int]) -> Iterator[int]:
        passed: set[int] = set()
        while start < _END and start not in passed and start < len(following):
            passed.add(start)
            yield start
            start = following[start]

    def long_stream(start: int) -> bytes:
        return b"".join(sector(number) for number in chain(start, table))

    directory = long_stream(directory_at)
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    root = next((entry for entry in entries if entry[66] == _ROOT), None)
    if root is None:
        raise BrokenCompound("compound")
    shorts = long_stream(struct.unpack_from("<I", root, 116)[0])
    short_table = _numbers(long_stream(short_at)) if short_at < _END else []
    named = [entry for entry in entries if entry[66] == _STREAM]
    if len(named) > STREAMS_MAX:
        yield NotRead(TOO_MUCH, is_part=True, place=place)
    for entry in named[:STREAMS_MAX]:
        length = struct.unpack_from("<H", entry, 64)[0]
        name = entry[: max(length - 2, 0)].decode("utf-16-le", errors="replace")
        start, count = struct.unpack_from("<II", entry, 116)
        if count < least:
            pieces = (shorts[at * _SHORT_BYTES : (at + 1) * _SHORT_BYTES] for at in chain(start, short_table))
            yield name, b"".join(pieces)[:count]
        else:
            yield name, long_stream(start)[:count]


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def packaged(name: str, data: bytes) -> tuple[str, bytes] | None:
    """Return name and bytes of the file that a stream carries, None where it carries none.

    >>> body = b"\\2\\0a.csv\\0C:\\\\a.csv\\0\\0\\0\\3\\0\\4\\0\\0\\0a\\0x\\0\\3\\0\\0\\0a,b"
    >>> packaged("\\1Ole10Native", len(body).to_bytes(4, "little") + body)
    ('a.csv', b'a,b')
    """
    if name in ("Package", "CONTENTS", "EmbeddedOdf"):
        return "", data
    if name != _NATIVE:
        return None
    try:
        label, _, rest = data[6:].partition(b"\0")
        _, _, rest = rest.partition(b"\0")
        temporary = struct.unpack_from("<I", rest, 4)[0]
        at = 8 + temporary
        count = struct.unpack_from("<I", rest, at)[0]
        body = rest[at + 4 : at + 4 + count]
    except struct.error:
        body = b""
    return (label.decode("gb18030", errors="replace"), body) if body else ("", data[4:])
