"""CKAN actions on rows: datastore_search (filters, q, sort, pages; objects, lists, csv, tsv) and datastore_info."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import current_app, request

from portal.serving.ckan.action_errors import ActionError, invalid, not_found
from portal.serving.ckan.action_parameters import CALLBACK, Parameters, natural, truth
from portal.serving.ckan.datastore.datastore_pages import read_page
from portal.serving.ckan.datastore.datastore_questions import json_object, read_question, unknown
from portal.serving.ckan.datastore.datastore_tables import (
    datastore_table,
    described,
    schema_of,
)
from portal.serving.ckan.datastore.record_formats import as_objects, as_text
from portal.serving.ckan.resource_actions import found_resource
from portal.serving.ckan.shown_datasets import Document
from portal.serving.current_release import OpenRelease
from portal.serving.request_record import count_rows

ROWS = 100
"""Rows of an answer where nobody asks for a number."""
ROWS_MAX = 32_000
"""Rows of an answer at most, as in CKAN; what a page of the store may have (query_rows_max) is the bound before it."""

_FORMATS = ("objects", "lists", "csv", "tsv")
_KNOWN = frozenset(
    "resource_id id q plain filters language limit offset fields sort distinct include_total total_estimation_threshold"
    " records_format full_text".split()
)
_ECHOED = ("language", "sort", "full_text", "q")
_SWITCHES = ("plain", "distinct")


def datastore_search(release: OpenRelease, parameters: Parameters) -> Document:
    """Return rows of a table: those that filters and q find, sorted, a page of them."""
    resource = parameters.get("resource_id") or parameters.get("id")
    if not resource:
        raise invalid(resource_id=["Missing value"])
    page_of, echoed = _page_of(release, parameters), _echoed(parameters)
    table = datastore_table(release, str(resource))
    if table is None:
        raise not_found(f'Resource "{resource}" was not found.')
    for name in unknown(parameters, _KNOWN):
        raise invalid(__extras=[f'invalid value "{name}"'])
    question = read_question(parameters, table)
    page = read_page(table, question, offset=page_of["offset"], limit=page_of["limit"], with_total=page_of["total"])
    count_rows(current_app, len(page.records))
    answer = {
        "include_total": page_of["total"],
        "limit": page_of["limit"],
        "records_format": page_of["format"],
        "resource_id": str(resource),
        "total_estimation_threshold": None,
        **echoed,
        **({"offset": page_of["offset"]} if parameters.get("offset") is not None else {}),
        "records": _formatted(page_of["format"], question.fields, page.records),
        "fields": [described(name, table.fields.get(name)) for name in question.fields],
        "_links": _links(page_of["offset"], page_of["limit"]),
    }
    return {**answer, "total": page.total, "total_was_estimated": False} if page_of["total"] else answer


def datastore_info(release: OpenRelease, parameters: Parameters) -> Document:
    """Return the size of a table and its columns with their types, titles and constraints."""
    resource = parameters.get("resource_id") or parameters.get("id")
    if not resource:
        raise invalid(resource_id=["Missing value"])
    table = datastore_table(release, str(resource))
    if table is None:
        raise not_found(f'Resource/Alias "{resource}" was not found.')
    found = found_resource(release, str(resource))
    size = found[1]["size"] if found else 0
    return {
        "meta": {
            "id": table.id,
            "count": table.rows.rows,
            "table_type": "BASE TABLE",
            "size": size,
            "db_size": size,
            "idx_size": 0,
            "aliases": [],
        },
        "fields": [{**described(name, field), "schema": schema_of(field)} for name, field in table.fields.items()],
    }


def _page_of(release: OpenRelease, parameters: Parameters) -> dict[str, Any]:
    """Return what is asked of the page. Raises ActionError, with CKAN's words."""
    limit = natural(parameters, "limit")
    try:
        offset = natural(parameters, "offset")
    except ActionError as error:
        if error.details["offset"] == ["Invalid integer"]:
            raise
        raise invalid(offset=[f'invalid value "{parameters["offset"]}"']) from error
    format_ = parameters.get("records_format") or _FORMATS[0]
    if format_ not in _FORMATS:
        raise invalid(records_format=[f"Value must be one of {list(_FORMATS)}"])
    return {
        "limit": min(ROWS if limit is None else limit, ROWS_MAX, release.rows.rows_max),
        "offset": offset or 0,
        "format": format_,
        "total": truth(parameters, "include_total", True),
    }


def _echoed(parameters: Parameters) -> Document:
    """Return the parameters that an answer repeats as they were understood."""
    told: Document = {name: parameters[name] for name in _ECHOED if parameters.get(name) is not None}
    if parameters.get("filters") is not None:
        told["filters"] = json_object(parameters, "filters")
    return told | {name: truth(parameters, name, False) for name in _SWITCHES if parameters.get(name) is not None}


def _formatted(format_: str, fields: tuple[str, ...], records: Any) -> Any:
    if format_ == "objects":
        return as_objects(fields, records)
    return records if format_ == "lists" else as_text(records, "\t" if format_ == "tsv" else ",")


def _links(offset: int, limit: int) -> dict[str, str]:
    """Return the addresses of the first page, the next and the one before, relative to the site."""
    asked = {name: value for name, value in request.args.items() if name not in ("offset", CALLBACK)}

    def address(start: int | None) -> str:
        query = urlencode({**asked, **({} if start is None else {"offset": start})})
        return f"{request.path}?{query}" if query else request.path

    before = {"prev": address(offset - limit)} if offset - limit > 0 else {}
    return {"start": address(None), "next": address(offset + limit), **before}
