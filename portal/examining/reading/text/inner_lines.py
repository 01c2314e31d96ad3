"""Lines within a CSV that are none of its records: the header once more, a ruler (----) below it; doubled line ends.

Joined exports repeat their header, sqlcmd and its like draw a line of hyphens, and where text is written twice every
line ends in ``\\r\\r\\n``, which reads as a blank row after each record.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from portal.examining.reading.text.dialects import CsvDialect

SAMPLE_BYTES = 64 * 1024
REPEATED_MAX = 1000
"""Of more headers within a table only so many are looked for."""

_DOUBLED = b"\r\r\n"
_RULER = re.compile(r"\s*(?:-{2,}|={2,}|_{2,})\s*")


def has_doubled_ends(path: Path) -> bool:
    """Whether each of the first line ends of a text is ``\\r\\r\\n``. Raises OSError."""
    with path.open("rb") as file:
        start = file.read(SAMPLE_BYTES)
    return start.count(_DOUBLED) == start.count(b"\n") > 0


def with_single_ends(source: Path, target: Path) -> None:
    """Write a text with ``\\r\\n`` in place of ``\\r\\r\\n``. Raises OSError."""
    rest = b""
    with source.open("rb") as file, target.open("wb") as out:
        while piece := file.read(SAMPLE_BYTES):
            piece = rest + piece
            kept = len(piece.rstrip(b"\r"))
            rest = piece[kept:]
            out.write(piece[:kept].replace(_DOUBLED, b"\r\n"))
        out.write(rest)


def is_ruler(cells: Sequence[str]) -> bool:
    """Whether a row of several cells is nothing but a line drawn below a header.

    >>> is_ruler(["--", "------"]), is_ruler(["--", ""]), is_ruler(["--", "5"])
    (True, False, False)
    """
    return len(cells) > 1 and all(map(_RULER.fullmatch, cells)) and any(len(cell.strip()) > 2 for cell in cells)


def repeated_headers(path: Path, dialect: CsvDialect, header_row: int, labels: Sequence[str]) -> tuple[int, ...]:
    """Return the rows below the header that hold it once more, at most `REPEATED_MAX` of them. Raises csv.Error.

    A table of one column may hold its own name as a value.
    """
    if len(labels) < 2 or not _may_repeat(path, dialect, header_row):
        return ()
    wanted = list(labels)
    found: list[int] = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, cells in enumerate(dialect.reader(file), start=1):
            if number == header_row:
                wanted = cells
            elif number > header_row and cells == wanted:
                found.append(number)
                if len(found) == REPEATED_MAX:
                    break
    return tuple(found)


def _may_repeat(path: Path, dialect: CsvDialect, header_row: int) -> bool:
    """Whether the bytes of the header's last line stand once more at the beginning of a line."""
    taken: list[str] = []
    with path.open(encoding="utf-8", newline="") as text:
        rows = dialect.reader(_kept(text, taken))
        for _ in range(header_row):
            next(rows, None)
    head = "".join(taken).encode()
    line = taken[-1].strip("\r\n").encode() if taken else b""
    if not line.strip():
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        signs = {text[-1].encode() for text in taken[-2:]}  # a name may hold line breaks of another kind
        return any(whole.find(sign + line, len(head) - 1) >= 0 for sign in signs)


def _kept(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    """Hand lines on and put them into *taken*."""
    for line in lines:
        taken.append(line)
        yield line
