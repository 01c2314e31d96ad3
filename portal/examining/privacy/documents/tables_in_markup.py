"""Tables in documents and marked-up text: Word, PowerPoint and ODT tables, HTML tables, records in XML and KML.

Row by row, as a person sees them. A form that has its labels in the cells beside the answers is turned into a record.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

from defusedxml.ElementTree import iterparse

from portal.examining.privacy.documents.office_parts import XML_DEPTH_MAX
from portal.examining.privacy.documents.tables_in_text import ROLES_THAT_MATTER
from portal.examining.privacy.documents.text_found import TOO_MUCH, InnerTable, NotRead
from portal.examining.privacy.recognising.column_hints import roles_of

CELLS_MAX = 500_000
"""So many cells of the tables in one document are looked at by their columns."""
REPEATS_MAX = 100
"""A cell of an ODF table that is repeated counts at most so often."""
RECORD_FIELDS_MAX = 200
"""An element of XML with more children is no record."""
_TABLES, _ROWS, _CELLS = frozenset(["tbl", "table"]), frozenset(["tr", "table-row"]), frozenset(["tc", "table-cell"])
LABEL_CHARACTERS_MAX = 30
"""A longer text in a cell of a form is no label."""

Row = tuple[int, list[str]]


def tables_of_part(data: bytes, place: str) -> Iterator[InnerTable | NotRead]:
    """Yield the tables in an XML part of an office document, each as its rows and, where it is a form, as a record."""
    open_tables: list[list[Row]] = []
    cells: list[list[str]] = []
    taken = 0
    path: list[Any] = []
    for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
        tag = _local(element.tag)
        if event == "start":
            path.append(element)
            if len(path) > XML_DEPTH_MAX:
                break  # told by whoever reads its paragraphs
            if tag in _TABLES:
                open_tables.append([])
            elif tag in _ROWS:
                cells.append([])
            continue
        path.pop()
        if tag in _CELLS and cells:
            text = " ".join("".join(part.itertext()) for part in (list(element) or [element])).strip()
            cells[-1] += [text] * min(_repeats(element), REPEATS_MAX)
            taken += 1
            if taken > CELLS_MAX:
                yield NotRead(TOO_MUCH, is_part=True, place=place)
                break
        elif tag in _ROWS and cells and open_tables:
            open_tables[-1].append((len(open_tables[-1]) + 1, cells.pop()))
            element.clear()
        elif tag in _TABLES and open_tables:
            yield from as_read(open_tables.pop(), place)
        elif not open_tables:
            element.clear()
            if path:
                path[-1][:] = []
    for rows in open_tables:
        yield from as_read(rows, place)


def _repeats(element: Any) -> int:
    stated = next((value for key, value in element.attrib.items() if _local(key) == "number-columns-repeated"), "1")
    return int(stated) if str(stated).isdigit() else 1


def as_read(rows: list[Row], place: str) -> Iterator[InnerTable]:
    """Yield a table as a person may read it: down its columns, and along its rows where labels stand in them."""
    if len(rows) > 1:
        yield InnerTable(rows, place)
    answers = [_answers(row) for _, row in rows]
    if any(answers):
        record = {label: value for row in answers for label, value in row.items()}
        yield InnerTable([(1, list(record.values()))], place, tuple(record))


def _answers(row: list[str]) -> dict[str, str]:
    """Return what stands right of each label in a row of a form.

    >>> _answers(["姓名", "张某", "出生日期", "1990-01-01"]), _answers(["姓名", "出生日期"])
    ({'姓名': '张某', '出生日期': '1990-01-01'}, {})
    """
    return {label: value for label, value in pairwise(row) if value and _is_label(label) and not _is_label(value)}


def _is_label(text: str) -> bool:
    return 0 < len(text) <= LABEL_CHARACTERS_MAX and bool(roles_of(text) & ROLES_THAT_MATTER)


class _HtmlTables(HTMLParser):
    """Gathers the tables of a page; one within a cell of another is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[list[Row]] = []
        self._open: list[list[Row]] = []
        self._taken = 0
        self.is_cut = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row or a cell; an end that is left out is implied."""
        if tag == "table":
            self._open.append([])
        elif self._open and tag == "tr":
            self._open[-1].append((len(self._open[-1]) + 1, []))
        elif self._open and tag in ("td", "th"):
            if self._taken >= CELLS_MAX:
                self.is_cut = True
                return
            if not self._open[-1]:
                self._open[-1].append((1, []))
            self._open[-1][-1][1].append("")
            self._taken += 1

    def handle_endtag(self, tag: str) -> None:
        """Close a table."""
        if tag == "table" and self._open:
            self.done.append(self._open.pop())

    def handle_data(self, data: str) -> None:
        """Add text to the open cell."""
        if self._open and self._open[-1] and self._open[-1][-1][1]:
            self._open[-1][-1][1][-1] += data

    def finished(self) -> list[list[Row]]:
        """Return all tables, those without an end too."""
        return [*self.done, *self._open]


def html_tables(text: str, place: str) -> Iterator[InnerTable | NotRead]:
    """Yield the tables of a web page.

    >>> page = "<table><tr><th>姓名<th>出生日期<tr><td>张某<td>1990-01-01</table>"
    >>> [table.rows for table in html_tables(page, "")]
    [[(1, ['姓名', '出生日期']), (2, ['张某', '1990-01-01'])]]
    """
    if "<t" not in text and "<T" not in text:
        return
    parser = _HtmlTables()
    parser.feed(text)
    parser.close()
    for rows in parser.finished():
        yield from as_read([(number, [" ".join(cell.split()) for cell in row]) for number, row in rows], place)
    if parser.is_cut:
        yield NotRead(TOO_MUCH, is_part=True, place=place)


def xml_records(data: bytes, place: str) -> Iterator[InnerTable | NotRead]:
    """Yield elements of XML that are alike as a table: their attributes, and their children by tag or ``name``.

    Raises what the parser raises for what is no XML.
    """
    kinds: dict[str, list[dict[str, str]]] = {}
    taken = 0
    path: list[Any] = []
    counts: list[int] = []
    for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(element)
            counts.append(0)
            if len(path) > XML_DEPTH_MAX:
                break
            continue
        path.pop()
        is_record = counts.pop() <= RECORD_FIELDS_MAX
        children = list(element)
        record = {_local(key): value for key, value in element.attrib.items() if _local(key) != "name"}
        for child in children[:RECORD_FIELDS_MAX]:
            if len(child) <= 1:
                record[child.get("name") or _local(child.tag)] = "".join(child.itertext()).strip()
        if is_record and len(record) > 1:
            if taken < CELLS_MAX:
                kinds.setdefault(_local(element.tag), []).append(record)
            taken += len(record)
        if len(children) > 1:
            element[:] = []
        if path:
            counts[-1] += 1
            if counts[-1] > RECORD_FIELDS_MAX:
                path[-1][:] = []  # too many to be a record, and to be kept
    for tag, records in kinds.items():
        labels = tuple(dict.fromkeys(label for record in records for label in record))
        if any(roles_of(label) & ROLES_THAT_MATTER for label in labels):
            rows = [(number, [record.get(label, "") for label in labels]) for number, record in enumerate(records, 1)]
            yield InnerTable(rows, place, labels, part=tag)
            if taken > CELLS_MAX:
                yield NotRead(TOO_MUCH, is_part=True, place=place)


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]
