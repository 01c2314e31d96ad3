"""Records of CKAN's DataStore as objects, lists, CSV and TSV without a header, and as JSON and XML documents.

Source: ckanext/datastore/writer.py of CKAN 2.11.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import simplejson

from portal.publishing.rows.row_table import Cell
from portal.serving.ckan.datastore.datastore_tables import ID

Records = Sequence[Sequence[Cell]]

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_NAMES = re.compile(r"[^\w.-]")


def as_objects(names: Sequence[str], records: Records) -> list[dict[str, Cell]]:
    """Return each record as a mapping of names to values."""
    return [dict(zip(names, record, strict=True)) for record in records]


def as_text(records: Iterable[Sequence[Cell]], delimiter: str, *, header: Sequence[str] = ()) -> str:
    r"""Return records as PostgreSQL copies them: truth is t or f, nothing is nothing.

    >>> as_text([[1, True, None, "a,b"]], ",")
    '1,t,,"a,b"\r\n'
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    if header:
        writer.writerow(header)
    writer.writerows([_plain(cell) for cell in record] for record in records)
    return text.getvalue()


def json_document(fields: Sequence[dict[str, Any]], blocks: Iterator[Records]) -> Iterator[str]:
    """Yield ``{"fields": …, "records": [[…], …]}``, a record on each line."""
    yield f'{{\n  "fields": {_json(fields)},\n  "records": ['
    mark = "\n    "
    for block in blocks:
        if block:
            yield mark + ",\n    ".join(map(_json, block))
            mark = ",\n    "
    yield "\n]}\n"


def xml_document(names: Sequence[str], blocks: Iterator[Records]) -> Iterator[str]:
    """Yield an element ``row`` for each record, whose elements are called as its columns, as far as XML allows."""
    yield '<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
    tags = [_tag(name) for name in names]
    for block in blocks:
        yield "".join(_row(names, tags, record) for record in block)
    yield "</data>\n"


def _row(names: Sequence[str], tags: Sequence[str], record: Sequence[Cell]) -> str:
    """Return a record as an element; a number that comes first is its attribute."""
    is_numbered = names[0] == ID
    number = f" {ID}={quoteattr(str(record[0]))}" if is_numbered else ""
    cells = zip(tags[is_numbered:], record[is_numbered:], strict=True)
    return f"<row{number}>{''.join(_element(tag, cell) for tag, cell in cells)}</row>\n"


def _element(tag: str, cell: Cell) -> str:
    if cell is None:
        return f'<{tag} xsi:nil="true" />'
    return f"<{tag}>{escape(_NOT_IN_XML.sub(' ', str(cell)))}</{tag}>"


def _tag(name: str) -> str:
    """Return the name of an element for a column.

    >>> _tag("年份(年)"), _tag("2020")
    ('年份_年_', '_2020')
    """
    tag = _NOT_IN_NAMES.sub("_", name) or "_"
    return tag if tag[0].isalpha() or tag[0] == "_" else f"_{tag}"


def _json(value: Any) -> str:
    return simplejson.dumps(value, ensure_ascii=False, use_decimal=True, ignore_nan=True, separators=(",", ":"))


def _plain(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "t" if cell else "f"
    return "" if cell is None else str(cell)
