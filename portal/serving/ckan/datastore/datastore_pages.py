"""Rows of a DataStore question, a page at an offset or all of them block by block, with ``_id`` and ranks put in."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from itertools import islice

from portal.model.errors import QueryError, QueryTooLongError
from portal.publishing.rows.row_table import Cell, RowPage
from portal.serving.ckan.action_errors import invalid
from portal.serving.ckan.datastore.datastore_questions import DatastoreQuestion
from portal.serving.ckan.datastore.datastore_tables import ID, DatastoreTable
from portal.serving.ckan.datastore.record_formats import Records

BLOCK_ROWS = 2_000
"""Rows of a dump that are read at a time."""
_RANK = 1.0
"""All words stand in every row that is found, so no row stands before another."""


@dataclass(frozen=True)
class DatastorePage:
    """Records with the values of the question's fields; *total* None where nobody asked."""

    records: Records
    total: int | None


def read_page(
    table: DatastoreTable, question: DatastoreQuestion, *, offset: int, limit: int, with_total: bool
) -> DatastorePage:
    """Return a page. Raises ActionError where the store refuses it or takes too long."""
    query = replace(question.query, offset=offset, limit=limit, with_total=with_total)
    with refusals():
        if not question.is_backwards:
            page = table.rows.page(query)
            return DatastorePage(_records(table, question, page), page.total)
        total = table.rows.page(replace(query, offset=0, limit=0, with_total=True)).total or 0
        start = max(total - offset - limit, 0)
        size = max(total - offset, 0) - start
        page = table.rows.page(replace(query, offset=start, limit=size, with_total=False))
    return DatastorePage(_records(table, question, page)[::-1], total if with_total else None)


def read_blocks(
    table: DatastoreTable, question: DatastoreQuestion, *, offset: int, limit: int | None
) -> Iterator[Records]:
    """Yield all records, or *limit* of them, some at a time, in constant memory. Raises ActionError."""
    if question.query.is_distinct and not question.is_backwards:
        yield from _distinct_blocks(table, question, offset=offset, limit=limit)
        return
    left, cursor, start = limit, "", offset
    while left is None or left > 0:
        size = BLOCK_ROWS if left is None else min(BLOCK_ROWS, left)
        if question.is_backwards:
            records = read_page(table, question, offset=start, limit=size, with_total=False).records
            is_last = len(records) < size
        else:
            query = replace(question.query, offset=0 if cursor else start, limit=size, cursor=cursor, with_total=False)
            with refusals():
                page = table.rows.page(query)
            records, cursor = _records(table, question, page), page.next
            is_last = not cursor
        yield records
        start += size
        left = None if left is None else left - size
        if is_last:
            return


def _distinct_blocks(
    table: DatastoreTable, question: DatastoreQuestion, *, offset: int, limit: int | None
) -> Iterator[Records]:
    """Yield the different records: found once, where each page would have to find them anew."""
    with refusals():
        fields, rows = table.rows.stream(replace(question.query, offset=offset, limit=limit))
    with closing(rows) if isinstance(rows, Generator) else nullcontext():
        while True:
            with refusals():
                block = list(islice(rows, BLOCK_ROWS))
            if not block:
                return
            yield _records(table, question, RowPage(fields, block, None))


@contextmanager
def refusals() -> Iterator[None]:
    """Say in CKAN's words what the store refuses."""
    try:
        yield
    except QueryTooLongError as error:
        raise invalid(query=["Search took too long"]) from error
    except QueryError as error:
        raise invalid(**{error.parameter.lstrip("_"): [error.message.en]}) from error


def _records(table: DatastoreTable, question: DatastoreQuestion, page: RowPage) -> list[Sequence[Cell]]:
    """Return the rows of a page with all fields of the question, in its order."""
    own = [name for name in question.fields if name in table.fields]
    if list(question.fields) == own:
        return list(page.rows)
    if own and page.numbers and list(question.fields) == [ID, *own]:
        return [(number, *row) for number, row in zip(page.numbers, page.rows, strict=True)]
    places = {name: place for place, name in enumerate(own)}
    numbers = page.numbers or range(len(page.rows))
    return [
        tuple(number if name == ID else row[places[name]] if name in places else _RANK for name in question.fields)
        for number, row in zip(numbers, page.rows, strict=True)
    ]
