"""Text in binary files: old DOC, PPT and XLS, DBF (Shapefile), RTF, Parquet, gzip headers, unknown formats.

Where a format is not known, runs of characters are taken for text, as a person sees them in an editor. What a format
keeps in pieces may be missed so; that is said by a `NotRead` of the caller.
"""

from __future__ import annotations

import codecs
import re
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from portal.examining.privacy.documents.office_parts import printed
from portal.examining.privacy.documents.text_found import TOO_MUCH, NotRead, Passage
from portal.examining.reading.cells_in_duckdb import connect

BLOB_BYTES_MAX = 262_144
"""A longer cell of Parquet is not looked into."""
BLOBS_BYTES_MAX = 256 * 1024**2
"""So much of a column of Parquet is looked through."""
ROWS_AT_A_TIME = 500
ROWS_MAX = 1_000_000
"""So many rows of a column of Parquet are looked through."""
NAME_BYTES_MAX = 65_536
"""In so much of the head of a gzip file a name and a comment are looked for."""
NUMBER_MIN = 1e9
"""A smaller number identifies nobody."""

_MARKS = [word.encode(code) for word in ("密", "内部", "外传", "公开") for code in ("utf-8", "gb18030", "utf-16-le")]
_WORTH = re.compile(rb"[0-9](?:\0?[0-9 -]){9}|@|" + b"|".join(map(re.escape, _MARKS)), re.DOTALL)
"""What is cheap to ask of bytes first."""
_RUN = re.compile("[ -~\u00b7\u2010-\u2026\u2605\u2606\u3000-\u303f\u4e00-\u9fff\uff01-\uff60]{2,}")
_RUN_OF_BYTES = re.compile(rb"(?:[\t -~]|\xc2\xb7|[\xe2-\xe9\xef][\x80-\xbf]{2}){4,}")
_ESCAPED_BYTE = re.compile(rb"\\x([0-9A-Fa-f]{2})")
_CONTROLS = re.compile("[\0-\x08\x0e-\x1f\x7f]")


def texts_in(data: bytes, *, is_chinese: bool = False) -> Iterator[str]:
    """Yield the runs of characters in *data*: ASCII, UTF-8 and UTF-16; with *is_chinese* GB18030, too.

    >>> "机密★3年" in "".join(texts_in(b"\\x01\\x02\\x03" + "机密★3年".encode("utf-16-le") + b"\\xff"))
    True
    """
    if not is_chinese and not _WORTH.search(data):
        return
    yield "\n".join(match[0].decode("utf-8", errors="replace") for match in _RUN_OF_BYTES.finditer(data))
    for start in (0, 1):
        yield "\n".join(_RUN.findall(data[start:].decode("utf-16-le", errors="replace")))
    if is_chinese:
        yield "\n".join(_RUN.findall(data.decode("gb18030", errors="replace")))


def decoded(data: bytes) -> str:
    """Return *data* as text: by its mark, else UTF-8, else GB18030, where something cannot be read with gaps.

    >>> decoded("机密".encode("gbk"))
    '机密'
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def readings(data: bytes) -> list[str]:
    """Return *data* as text in every way it may be meant: with NUL in it, it may be UTF-16 without a mark.

    >>> "电话138" in readings("电话138".encode("utf-16-be"))
    True
    """
    if b"\0" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [decoded(data)]
    return [decoded(data), data.decode("utf-16-le", errors="replace"), data.decode("utf-16-be", errors="replace")]


def is_text(data: bytes) -> bool:
    """Whether the beginning of a file is text, of whatever encoding.

    >>> is_text(b"BEGIN:VCARD\\r\\n"), is_text("甲\\n".encode("utf-16")), is_text(b"\\x89PNG\\r\\n\\x1a\\n\\0\\0\\0")
    (True, True, False)
    """
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if min(even, odd) == 0 and max(even, odd) > len(data) / 20 and not _CONTROLS.search(_wide(data, odd > even)):
        return True
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    return not _CONTROLS.search(text) and text.count("\ufffd") <= len(text) / 50


def _wide(data: bytes, is_little: bool) -> str:
    return data[: len(data) // 2 * 2].decode("utf-16-le" if is_little else "utf-16-be", errors="replace")


# --- old office files ---

_HEADER, _FOOTER, _TXO, _CONTINUE, _SST, _FILEPASS = 0x14, 0x15, 0x1B6, 0x3C, 0xFC, 0x2F
_BESIDE_CELLS = frozenset([_HEADER, _FOOTER, 0x1C, 0x5C, _TXO, 0x1B8, 0x1BE, 0x18, 0x85])
"""Header, footer, note, author, text of a note or box, link, rule for input, name, name of a sheet."""
_CELLS = frozenset([_SST, 0x04, 0x204, 0x207, 0xD6])


def old_office_texts(data: bytes, *, is_workbook: bool, with_cells: bool) -> Iterator[str]:
    """Yield the text of a DOC, PPT or XLS file; without *with_cells* that of an XLS file beside its cells."""
    if not is_workbook:
        yield from texts_in(data)
        return
    try:
        streams = _streams(data)
    except Exception:  # xlrd raises whatever a broken byte leads it to
        streams = {}
    book = streams.pop("Workbook", None) or streams.pop("Book", None)
    if book is None:
        yield from texts_in(data, is_chinese=True) if with_cells else ()
        return
    yield from _texts_of_records(book, with_cells)
    for stream in streams.values():
        yield from texts_in(stream, is_chinese=True)


def _streams(data: bytes) -> dict[str, bytes]:
    from xlrd.compdoc import CompDoc  # type: ignore[import-untyped]

    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        return {"Workbook": data}
    names = ("Workbook", "Book", "\x05SummaryInformation", "\x05DocumentSummaryInformation")
    compound = CompDoc(data, logfile=_Silent())
    found = {name: compound.get_named_stream(name) for name in names}
    return {name: bytes(stream) for name, stream in found.items() if stream}


class _Silent:
    """Takes what xlrd prints."""

    def write(self, text: str) -> int:
        return len(text)


def _texts_of_records(book: bytes, with_cells: bool) -> Iterator[str]:
    wanted = _BESIDE_CELLS | _CELLS if with_cells else _BESIDE_CELLS
    at, kind = 0, 0
    while at + 4 <= len(book):
        number, size = struct.unpack_from("<HH", book, at)
        payload = book[at + 4 : at + 4 + size]
        at += 4 + size
        if number == _FILEPASS:
            return
        kind = kind if number == _CONTINUE else number
        if kind in wanted:
            for text in texts_in(payload, is_chinese=True):
                yield printed(text) if kind in (_HEADER, _FOOTER) else text
        elif with_cells:
            yield from (f"{value:.0f}" for value in _numbers(kind, payload) if NUMBER_MIN <= value < 1e18)


def _numbers(kind: int, payload: bytes) -> Iterator[float]:
    """Yield the numbers of a cell or a row of cells: NUMBER and FORMULA, RK, MULRK."""
    if kind in (0x203, 0x06) and len(payload) >= 14:
        yield struct.unpack_from("<d", payload, 6)[0]
    elif kind == 0x27E and len(payload) >= 10:
        yield _packed_number(payload[6:10])
    elif kind == 0xBD:
        yield from (_packed_number(payload[at + 2 : at + 6]) for at in range(4, len(payload) - 7, 6))


def _packed_number(data: bytes) -> float:
    (bits,) = struct.unpack("<i", data)
    value = float(bits >> 2) if bits & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", bits & ~3))[0]
    return float(value) / 100 if bits & 1 else float(value)


# --- DBF, RTF, gzip ---


def dbf_rows(data: bytes) -> Iterator[list[str]]:
    """Yield the names of the fields of a DBF file, then its records, deleted ones too; nothing where it is none.

    The fields stand without a sign between them: read as plain text, a number would run into the next.
    """
    if len(data) < 33:
        return
    start, size = struct.unpack_from("<HH", data, 8)
    heads = []
    for at in range(32, min(start, len(data)) - 31, 32):
        if data[at] == 0x0D:
            break
        heads.append(at)
    lengths = [data[at + 16] for at in heads]
    if sum(lengths) + 1 != size:
        # Text of more than 255 bytes has the rest of its length where numbers have their decimals.
        lengths = [data[at + 16] + 256 * data[at + 17] * (data[at + 11 : at + 12] == b"C") for at in heads]
    if size < 2 or sum(lengths) + 1 != size:
        return
    encoding = "utf-8" if b"\xef\xbf\xbd" not in data and _is_utf8(data[start:]) else "gb18030"
    yield [decoded(data[at : at + 11].split(b"\0")[0]) for at in heads]
    for at in range(start, len(data) - size + 1, size):
        fields, place = [], at + 1
        for length in lengths:
            fields.append(data[place : place + length].decode(encoding, errors="replace").strip("\0 "))
            place += length
        yield fields


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


_RTF_BYTES = re.compile(r"(?:\\'[0-9a-fA-F]{2})+")
_RTF_CHAR = re.compile(r"\\u(-?[0-9]{1,5}) ?(?:\?|\\'3f)?")
_RTF_CELL = re.compile(r"\\(?:cell|nestcell|tab)(?![a-z]) ?")
_RTF_BREAK = re.compile(r"\\(?:par|line|row|nestrow|sect|page)(?![a-z]) ?")
_RTF_SAYS = re.compile(
    r"\{\\(?:\*\\)?(?:author|operator|title|subject|keywords|doccomm|company|manager|category|hlinkbase) "
    r"([^{}]{0,2000})\}"
)
"""What the document says of itself: each a text by itself."""
_RTF_WORD = re.compile(r"[\r\n]+|\\[a-zA-Z]{1,32}-?[0-9]{0,10} ?|\\[^a-zA-Z]|[{}]")


def rtf_text(text: str) -> str:
    """Return the text of an RTF document.

    >>> rtf_text(r"{\\rtf1\\f0\\fs24 \\'bb\\'fa\\'c3\\'dc 1380000{\\b 1234}\\par }").strip()
    '机密 13800001234'
    """
    text = _RTF_BYTES.sub(lambda match: bytes.fromhex(match[0].replace("\\'", "")).decode("gb18030", "replace"), text)
    text = _RTF_SAYS.sub(r"\\par \1\\par ", text)
    text = _RTF_CELL.sub("\t", text)
    text = _RTF_CHAR.sub(lambda match: chr(int(match[1]) % 65_536), text)
    lines = "\n".join(_RTF_WORD.sub("", line) for line in _RTF_BREAK.split(text))
    return lines.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def gzip_header(path: Path) -> Iterator[str]:
    """Yield what the head of a gzip file says: the name of the file in it, and a comment (RFC 1952)."""
    with path.open("rb") as file:
        head = file.read(NAME_BYTES_MAX)
    if len(head) < 10 or not head.startswith(b"\x1f\x8b"):
        return
    flags, at = head[3], 10
    if flags & 4 and len(head) >= 12:
        (size,) = struct.unpack_from("<H", head, 10)
        yield from texts_in(head[12 : 12 + size], is_chinese=True)
        at = 12 + size
    for flag in (8, 16):
        if flags & flag:
            text, _, _ = head[at:].partition(b"\0")
            yield decoded(text)
            at += len(text) + 1


# --- Parquet ---


def parquet_texts(path: Path) -> Iterator[Passage | NotRead]:
    """Yield what a Parquet file says of itself, and its columns of bytes."""
    with tempfile.TemporaryDirectory(prefix="portal-") as folder:
        connection = connect(Path(folder))
        try:
            for row in connection.execute(
                "SELECT key, value FROM parquet_kv_metadata(?)", [plain_path(path)]
            ).fetchall():
                yield from (Passage(text, "metadata") for item in row for text in _texts_of(item))
            described = "DESCRIBE SELECT * FROM read_parquet(?)"
            columns = [
                (str(row[0]), str(row[1])) for row in connection.execute(described, [plain_path(path)]).fetchall()
            ]
            for name, type_ in columns:
                yield from (Passage(text, "metadata") for text in (name, type_))
                if "BLOB" in type_:
                    yield from _column(connection, path, name, type_)
        finally:
            connection.close()


def _column(connection: duckdb.DuckDBPyConnection, path: Path, name: str, type_: str) -> Iterator[Passage | NotRead]:
    label = '"' + name.replace('"', '""') + '"'
    cell = label if type_ == "BLOB" else f"CAST({label} AS VARCHAR)"
    size = "octet_length" if type_ == "BLOB" else "strlen"
    asked = f"SELECT CASE WHEN {size}({cell}) <= {BLOB_BYTES_MAX} THEN {cell} END, {size}({cell}) FROM read_parquet(?)"  # noqa: S608 - names are quoted
    result = connection.execute(asked, [plain_path(path)])
    row, left = 1, BLOBS_BYTES_MAX
    while cells := result.fetchmany(ROWS_AT_A_TIME):
        for cell, length in cells:
            row += 1
            left -= length or 0
            if cell is not None:
                yield from (Passage(text, name, row) for text in _texts_of(cell))
            elif length:
                yield NotRead(TOO_MUCH, is_part=True)
        if left < 0 or row > ROWS_MAX:
            yield NotRead(TOO_MUCH, is_part=True)
            return


def _texts_of(value: object) -> Iterator[str]:
    if isinstance(value, bytes):
        if _WORTH.search(value):
            yield from readings(value) if is_text(value[:4096]) else texts_in(value, is_chinese=True)
    elif value is not None:
        text = str(value)
        yield _bytes_of(text).decode("utf-8", errors="replace") if "\\x" in text else text


def _bytes_of(text: str) -> bytes:
    """Return what DuckDB wrote of bytes within lists and structures: those beyond ASCII as ``\\xE6``."""
    return _ESCAPED_BYTE.sub(lambda match: bytes.fromhex(match[1].decode()), text.encode())


def plain_path(path: Path) -> str:
    """Return a path that is no pattern."""
    return re.sub(r"([*?\[])", r"[\1]", str(path))
