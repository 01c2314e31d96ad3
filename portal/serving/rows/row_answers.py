"""Answers to questions about rows: content negotiation, pages and streams, Link to the next page, ETag, file names.

Streams begin only when their first piece is there, so what goes wrong is told with a status; they hold their table open
until they are read or closed.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from urllib.parse import quote, urlencode

from flask import Request, Response, send_file
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_etags
from werkzeug.wsgi import ClosingIterator

from portal.model.errors import QueryError
from portal.model.known_formats import MEDIA_TYPES
from portal.publishing.rows.row_parameters import CURSOR
from portal.publishing.rows.row_query import RowQuery
from portal.publishing.rows.row_table import Cell, RowField, RowPage, RowTable
from portal.serving.answer_tags import tag_of
from portal.serving.current_release import OpenRelease
from portal.serving.headers import saved_as
from portal.serving.rows.kept_questions import AskedRows
from portal.serving.rows.refusals import FormatUnknownError, UnfittingError
from portal.serving.rows.row_formats import Titles, csv_stream, json_document, json_head, json_stream, ndjson_stream
from portal.serving.rows.row_questions import RowQuestion

Rows = Iterator[tuple[Cell, ...]]

NDJSON_MEDIA_TYPE = "application/x-ndjson"
ROW_MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "ndjson": NDJSON_MEDIA_TYPE,
    "xlsx": MEDIA_TYPES["xlsx"],
}
"""What each format is called in Accept and Content-Type."""
_ALSO = {"application/jsonl": "ndjson", "application/ndjson": "ndjson"}
_CHARSETS = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "gb18030": "gb18030"}
_COPIED_BYTES = 256 * 1024


@dataclass(frozen=True)
class Named:
    """What an answer is called: the address without parameters, names for a file and its sheet."""

    address: str
    plain_name: str
    title: str
    sheet: str


def accepted_format(accept: MIMEAccept) -> str:
    """Return the format that an Accept header likes best. Raises FormatUnknownError where there is none."""
    types = {media_type: format_ for format_, media_type in ROW_MEDIA_TYPES.items()} | _ALSO
    if not accept:
        return "json"
    best = accept.best_match(list(types))
    if best is None:
        options = ", ".join(ROW_MEDIA_TYPES.values())
        raise FormatUnknownError(
            "Accept",
            f"Accept 中没有可用的格式。可用：{options}",
            f"Accept names no format there is. There are {options}.",
        )
    return types[best]


def row_tag(release: OpenRelease, request: Request) -> str:
    """Return the tag of an answer about rows: that of any answer, marked, for it hangs on Accept too."""
    return f"{tag_of(release, request)}-rows"


def is_known(request: Request, tag: str) -> bool:
    """Whether the asker has the answer with this tag already."""
    stated = request.headers.get("If-None-Match")
    return stated is not None and request.method in ("GET", "HEAD") and parse_etags(stated).contains_weak(tag)


def is_whole_csv(question: RowQuestion) -> bool:
    """Whether nothing is asked but the table as it was published: that is a file, and sent much faster."""
    is_plain = question.format == "csv" and question.encoding == "utf-8" and not question.is_excel_safe
    return is_plain and question.query == RowQuery(limit=None, with_total=False)


def answer_rows(
    table: RowTable,
    asked: AskedRows,
    titles: Titles,
    named: Named,
    request: Request,
    *,
    count: Callable[[int], None],
    published: Path | None = None,
) -> Response:
    """Return the answer to a question; *published* is a file that is the answer, where there is one.

    *count* is told how many rows the answer has, of a stream when it has gone out, or broke off.

    Raises QueryError where the store or the format refuses it.
    """
    question, is_told = asked.question, request.method != "HEAD"
    if published:
        if is_told:
            count(table.rows)
        response = send_file(published, etag=False)
        return _told_as_file(response, question, named)
    query, format_ = question.query, question.format
    if format_ == "xlsx" and query.limit is None:
        _fits_a_sheet(table, query)
    if format_ == "json" and query.limit is not None:
        return _json_answer(table, asked, titles, named, request, count=count)
    page = None if query.limit is None else page_of(table, query)
    fields, rows = (page.fields, iter(page.rows)) if page else table.stream(query)
    if page and is_told:
        count(len(page.rows))
    elif is_told:
        rows = counted(rows, count)
    with closed_on_failure(rows):
        if format_ == "xlsx":
            response = Response() if request.method == "HEAD" else _workbook(fields, rows, named.sheet)
        else:
            response = Response(_started(_stream(question, fields, rows, titles), rows))
    return _told_as_file(_linked(response, named, asked, page.next if page else ""), question, named)


def _json_answer(
    table: RowTable,
    asked: AskedRows,
    titles: Titles,
    named: Named,
    request: Request,
    *,
    count: Callable[[int], None],
) -> Response:
    """Return a page as JSON, whose rows never become values."""
    with _unfitting_cursors():
        page = asked.page(table)
    if request.method != "HEAD":
        count(page.count)
    document = json_document(asked.head(lambda: json_head(page.fields, titles)), page)
    return _linked(Response(document, content_type=ROW_MEDIA_TYPES["json"]), named, asked, page.next)


def _linked(response: Response, named: Named, asked: AskedRows, cursor: str) -> Response:
    """Tell where the next page is, if there is one and it has an address: the same question, with a cursor."""
    if cursor and asked.following:
        response.headers["Link"] = f'<{named.address}?{asked.following}{cursor}>; rel="next"'
    return response


def _told_as_file(response: Response, question: RowQuestion, named: Named) -> Response:
    """Tell the type of an answer, and what a file is to be saved as."""
    response.headers["Content-Type"] = content_type(question)
    if question.format != "json":
        plain, title = (f"{name}.{question.format}" for name in (named.plain_name, named.title))
        saved_as(response, plain, title)
    return response


def page_of(table: RowTable, query: RowQuery) -> RowPage:
    """Return a page. Raises UnfittingError for a cursor that is none of this question, or of data there were before."""
    with _unfitting_cursors():
        return table.page(query)


@contextmanager
def _unfitting_cursors() -> Iterator[None]:
    try:
        yield
    except QueryError as error:
        if error.parameter != CURSOR.name:
            raise
        raise UnfittingError(error.parameter, error.message.zh, error.message.en) from error


def content_type(question: RowQuestion) -> str:
    """Return the content type of the answer to a question."""
    media_type = ROW_MEDIA_TYPES[question.format]
    if question.format == "csv":
        return f"{media_type}; charset={_CHARSETS[question.encoding]}"
    return f"{media_type}; charset=utf-8" if question.format == "ndjson" else media_type


def following(parameters: Iterable[tuple[str, str]]) -> str:
    """Return the parameters of the next page's address, up to its cursor, which goes by any name of these.

    >>> following([("年份", "2020"), ("_cursor", "x")])
    '%E5%B9%B4%E4%BB%BD=2020&_cursor='
    """
    kept = [(key, value) for key, value in parameters if key != CURSOR.name]
    return urlencode([*kept, (CURSOR.name, "")], quote_via=quote)


def _stream(question: RowQuestion, fields: Sequence[RowField], rows: Rows, titles: Titles) -> Iterator[bytes]:
    match question.format:
        case "json":
            return json_stream(fields, rows, titles)
        case "ndjson":
            return ndjson_stream(fields, rows)
        case _:
            return csv_stream(fields, rows, encoding=question.encoding, is_excel_safe=question.is_excel_safe)


def _started(stream: Iterator[bytes], rows: Rows) -> Iterator[bytes]:
    """Return a stream whose first two pieces were made: the header, and the first rows."""
    first = list(islice(stream, 2))
    return ClosingIterator(chain(first, stream), [lambda: close_rows(rows)])


def _fits_a_sheet(table: RowTable, query: RowQuery) -> None:
    """Count the rows, and refuse those that no sheet holds before any is written."""
    from portal.publishing.files.sheet_file import XLSX_ROWS_MAX
    from portal.serving.rows.xlsx_rows import too_many_rows

    total = table.page(replace(query, limit=1, with_total=True)).total
    if total and total > XLSX_ROWS_MAX:
        raise too_many_rows()


def _workbook(fields: Sequence[RowField], rows: Rows, sheet: str) -> Response:
    """Return a workbook, written to a file that is gone when it was sent."""
    from portal.serving.rows.xlsx_rows import write_workbook

    file = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed when it was sent
    try:
        write_workbook(file, sheet, fields, rows)
    except BaseException:
        file.close()
        raise
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    copied = iter(lambda: file.read(_COPIED_BYTES), b"")
    response = Response(ClosingIterator(copied, [file.close]))
    response.content_length = size
    return response


@contextmanager
def closed_on_failure(rows: Rows) -> Iterator[None]:
    """Close *rows* where the block fails."""
    try:
        yield
    except BaseException:
        close_rows(rows)
        raise


def counted(rows: Rows, count: Callable[[int], None]) -> Rows:
    """Yield rows, and tell *count* how many they were when no more are wanted."""
    number = 0
    try:
        for row in rows:
            number += 1
            yield row
    finally:
        close_rows(rows)
        count(number)


def close_rows(rows: Rows) -> None:
    """Close rows that hold a table open."""
    close = getattr(rows, "close", None)
    if close:
        close()
