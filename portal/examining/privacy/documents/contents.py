"""What a file is by its first bytes: ZIP, office document, PDF, OLE, GZ, TAR, SQLite, Parquet, RTF, whatever its name.

A workbook called ``.bak``, or without an ending, is read like any other.
"""

from __future__ import annotations

import io
import re
import zipfile

from portal.examining.privacy.documents.compound_files import COMPOUND

_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ", "xz"),
    (b"SQLite format 3\0", "sqlite"),
    (b"PAR1", "parquet"),
    (b"{\\rtf", "rtf"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
)
_FAMILIES = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("OFD.xml", "ofd"))
_OPEN_DOCUMENTS = re.compile(rb"application/(?:vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)|epub)")
_NAMES = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp", None: "epub"}
_TAR_AT, _TAR = 257, b"ustar"


def format_of(data: bytes) -> str:
    """Return the name of the format that *data* begins like, "" where nothing tells.

    >>> format_of(b"%PDF-1.7"), format_of(b"\\x1f\\x8b\\x08"), format_of(b"a,b\\n1,2\\n")
    ('pdf', 'gz', '')
    """
    for sign, name in _SIGNS:
        if data.startswith(sign):
            return name
    if data.startswith(COMPOUND):
        return "ole"
    if data.startswith(b"PK\x03\x04"):
        return _package_of(data)
    if data[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR:
        return "tar"
    return ""


def _package_of(data: bytes) -> str:
    """Return what kind of ZIP file this is: an office document, or one of other files."""
    head = _OPEN_DOCUMENTS.search(data[:200])
    if head:
        return _NAMES[head[1]]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return "zip"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "[Content_Types].xml" in names or "OFD.xml" in names:
        return next((kind for start, kind in _FAMILIES if any(name.startswith(start) for name in names)), "zip")
    return "zip"
