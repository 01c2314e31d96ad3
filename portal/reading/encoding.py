"""Which encoding a text file has: decided over the whole of it, by what decodes without a fault."""

from __future__ import annotations

import codecs
from pathlib import Path

PIECE_BYTES = 1024 * 1024

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TRIED = ("utf-8", "gb18030")


def encoding_of(path: Path) -> str | None:
    """Return the encoding by the byte order mark, else UTF-8 or GB18030, whichever decodes every byte; else None.

    GB18030 holds GB2312 and GBK. Nothing is guessed from the beginning of a file. Raises OSError.
    """
    with path.open("rb") as file:
        start = file.read(4)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    return next((name for name in _TRIED if undecodable_at(path, name) is None), None)


def undecodable_at(path: Path, encoding: str) -> int | None:
    """Return the line (from 1) of the first byte that *encoding* cannot decode, None where it decodes all.

    Raises OSError, and LookupError for an encoding that does not exist.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while True:
            piece = file.read(PIECE_BYTES)
            try:
                line += decoder.decode(piece, final=not piece).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            if not piece:
                return None
