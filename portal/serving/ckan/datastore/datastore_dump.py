"""CKAN's /datastore/dump/<resource id>: all rows of a table, or those asked for, as CSV, TSV, JSON or XML to save.

Streamed in constant memory; what is wrong is told before it begins.
Source: ckanext/datastore/blueprint.py of CKAN 2.11.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from flask import Blueprint, Flask, Response, request

from portal.serving.ckan.action_errors import ActionError
from portal.serving.ckan.action_parameters import natural, truth
from portal.serving.ckan.datastore.datastore_pages import read_blocks
from portal.serving.ckan.datastore.datastore_questions import DatastoreQuestion, read_question
from portal.serving.ckan.datastore.datastore_tables import DatastoreTable, datastore_table, described
from portal.serving.ckan.datastore.record_formats import Records, as_text, json_document, xml_document
from portal.serving.headers import data_like, revalidated
from portal.serving.request_record import count_rows
from portal.serving.this_request import serving, this_app

datastore_dump = Blueprint("datastore_dump", __name__)

_MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xml": "text/xml; charset=utf-8",
}
_BOM = "\N{BOM}"


@datastore_dump.get("/datastore/dump/<resource>")
def dump(resource: str) -> Response:
    """Give out the rows of a table."""
    table = datastore_table(serving(), resource)
    if table is None:
        return _refused(404, "DataStore resource not found")
    asked = {name: values[-1] for name, values in request.args.lists()}
    format_ = asked.get("format") or "csv"
    if format_ not in _MEDIA_TYPES:
        return _refused(400, f"format: Value must be one of {list(_MEDIA_TYPES)}")
    try:
        question = read_question(asked, table)
        limit, offset = natural(asked, "limit"), natural(asked, "offset") or 0
        mark = _BOM if truth(asked, "bom", False) else ""
        blocks = _started(read_blocks(table, question, offset=offset, limit=limit))
    except ActionError as error:
        told = "\n".join(f"{name}: {' '.join(_listed(text))}" for name, text in error.details.items())
        return _refused(error.status if error.status == 404 else 400, told)
    pieces = _written(format_, table, question, _accounted(blocks, this_app()))
    response = Response(
        (f"{mark if first else ''}{piece}".encode(errors="replace") for first, piece in _counted(pieces)),
        content_type=_MEDIA_TYPES[format_],
    )
    name = f"{resource}.{format_}"
    return revalidated(data_like(response, name, name))


def _written(
    format_: str, table: DatastoreTable, question: DatastoreQuestion, blocks: Iterator[Records]
) -> Iterator[str]:
    if format_ == "json":
        return json_document([described(name, table.fields.get(name)) for name in question.fields], blocks)
    if format_ == "xml":
        return xml_document(question.fields, blocks)
    delimiter = "\t" if format_ == "tsv" else ","
    header = as_text([], delimiter, header=question.fields)
    return chain([header], (as_text(block, delimiter) for block in blocks))


def _started(blocks: Iterator[Records]) -> Iterator[Records]:
    """Return blocks of which the first was read, so that a refusal comes before the answer begins."""
    first = next(blocks, [])
    return chain([first], blocks)


def _accounted(blocks: Iterator[Records], app: Flask) -> Iterator[Records]:
    """Yield blocks; the rows of each are counted as it goes out."""
    for block in blocks:
        count_rows(app, len(block))
        yield block


def _counted(pieces: Iterator[str]) -> Iterator[tuple[bool, str]]:
    return ((number == 0, piece) for number, piece in enumerate(pieces))


def _listed(text: object) -> list[str]:
    return [str(item) for item in text] if isinstance(text, list) else [str(text)]


def _refused(status: int, text: str) -> Response:
    return Response(text.encode(errors="replace"), status=status, content_type="text/plain; charset=utf-8")
