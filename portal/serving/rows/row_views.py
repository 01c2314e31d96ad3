"""Views of /api/v1/datasets/<name>/…/rows: GET with a query string, POST with JSON; one table, or several as one."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, request

from portal.model.addresses import api_rows_path
from portal.model.errors import QueryError
from portal.publishing.endpoints import BASE, ROWS_TOGETHER, TABLE_ROWS
from portal.publishing.rows.row_parameters import LIKE
from portal.publishing.rows.row_table import RowField, RowTable
from portal.publishing.rows.store_layout import DISTANCE_FIELD, DISTANCE_TITLE
from portal.serving.current_release import OpenRelease
from portal.serving.headers import varying
from portal.serving.request_record import count_rows
from portal.serving.rows.kept_questions import AskedRows
from portal.serving.rows.known_columns import columns_of, shown
from portal.serving.rows.posted_questions import read_posted
from portal.serving.rows.refusals import AddressTooLongError, BodyUnreadableError, TooLargeError
from portal.serving.rows.row_answers import (
    Named,
    accepted_format,
    answer_rows,
    following,
    is_known,
    is_whole_csv,
    row_tag,
)
from portal.serving.rows.row_questions import RowQuestion, read_question
from portal.serving.rows.table_lookup import dataset_of, present_name, resource_of, table_of, tables_of
from portal.serving.this_request import public_address, serving, this_app
from portal.serving.v1.answering import rule

QUERY_BYTES_MAX = 32_768
"""A longer query string is refused with status 414."""
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\\/:*?"<>|]')
"""What no system takes in the name of a file."""
BODY_BYTES_MAX = 256 * 1024
"""A longer question in JSON is refused with status 413."""

rows = Blueprint("rows", __name__, url_prefix=BASE)


@rows.route(rule(TABLE_ROWS), methods=["GET", "POST"])
def table_rows(name: str, resource: str) -> Response:
    """Answer a question about the rows of one table."""
    release = serving()
    dataset = present_name(release, name)
    _bounded_query()
    return _answered(release, dataset, resource, table_of(release, dataset, resource), api_rows_path(dataset, resource))


@rows.route(rule(ROWS_TOGETHER), methods=["GET", "POST"])
def rows_together(name: str) -> Response:
    """Answer a question about the rows of all tables of one shape."""
    release = serving()
    dataset = present_name(release, name)
    _bounded_query()
    like = "".join(LIKE.read(request.args.to_dict(flat=False)))
    resource, tables = tables_of(release, dataset, like)
    return _answered(release, dataset, resource, tables, api_rows_path(dataset), together=True)


def _answered(
    release: OpenRelease, dataset: str, resource: str, table: RowTable, path: str, *, together: bool = False
) -> Response:
    asked = _asked(release, path, table, together=together)
    question, tag = asked.question, row_tag(release, request)
    if is_known(request, tag):
        response = varying(Response(status=304))
    else:
        titles = column_titles(release, dataset, question.lang)
        named = _named(release, dataset, "" if together else resource, path, question.format)
        published = None if together or not is_whole_csv(question) else _published_csv(release, dataset, resource)
        count = partial(count_rows, this_app())
        response = answer_rows(table, asked, titles, named, request, count=count, published=published)
    if request.method != "POST":
        response.set_etag(tag, weak=True)
    response.vary.add("Accept")
    return response


def _asked(release: OpenRelease, path: str, table: RowTable, *, together: bool) -> AskedRows:
    """Return what is asked of the *table* at a path. Raises QueryError."""
    if request.method == "POST":
        return AskedRows(_posted(table, together=together))

    def read() -> AskedRows:
        accepted = partial(accepted_format, request.accept_mimetypes)
        question = read_question(_parameters(together=together), columns_of(table), accepted=accepted)
        return AskedRows(question, following(request.args.items(multi=True)), release.questions.pages)

    return release.questions.asked(
        (path, request.query_string.decode("latin-1"), request.headers.get("Accept", "")), read
    )


def _parameters(*, together: bool) -> dict[str, list[str]]:
    """Return the parameters of the request, without the one that says which tables."""
    asked = request.args.to_dict(flat=False)
    if together:
        asked.pop(LIKE.name, None)
    return asked


def _posted(table: RowTable, *, together: bool) -> RowQuestion:
    """Read what a body asks of *table*. Raises QueryError."""
    accepted = partial(accepted_format, request.accept_mimetypes)
    asked = _parameters(together=together)
    if asked:
        (first, *_) = asked
        raise QueryError(
            first,
            f"用 POST 时，请把“{shown(first)}”写在请求内容的 JSON 里",
            f'By POST write "{shown(first)}" into the JSON of the body.',
        )
    return read_posted(_body(), columns_of(table), accepted=accepted)


def _bounded_query() -> None:
    """Refuse a query string that is too long. Raises AddressTooLongError."""
    if len(request.query_string) > QUERY_BYTES_MAX:
        raise AddressTooLongError(
            "?",
            f"查询部分超过 {QUERY_BYTES_MAX} 字节，请用 POST 提交 JSON",
            f"The query string has more than {QUERY_BYTES_MAX} bytes; send the question as JSON by POST.",
        )


def _body() -> bytes:
    """Return the body of a request. Raises QueryError where it is too large or no JSON by its type."""
    media_type = request.mimetype
    if media_type != "application/json" and not media_type.endswith("+json"):
        raise BodyUnreadableError(
            "Content-Type",
            "用 POST 时，Content-Type 应是 application/json",
            "By POST the Content-Type is application/json.",
        )
    body = b"" if (request.content_length or 0) > BODY_BYTES_MAX else request.get_data(cache=False)
    if max(len(body), request.content_length or 0) > BODY_BYTES_MAX:
        raise TooLargeError(
            "body",
            f"请求的内容超过 {BODY_BYTES_MAX} 字节，请分几次查询",
            f"The body has more than {BODY_BYTES_MAX} bytes; ask in several requests.",
        )
    return body


def _published_csv(release: OpenRelease, dataset: str, resource: str) -> Path | None:
    """Return the file that holds a whole table to the letter, None where it is not as it was written."""
    for file in resource_of(dataset_of(release, dataset), resource).files:
        if file.format == "csv" and not file.is_original:
            path = release.folder / "site" / file.path
            with contextlib.suppress(OSError):
                return path if path.stat().st_size == file.size_bytes else None
    return None


def column_titles(release: OpenRelease, dataset: str, lang: str) -> Callable[[RowField], str]:
    """Return what gives the title of a column; records are read for those that the schemas do not have."""
    english: dict[str, str] = {}

    def title(field: RowField) -> str:
        if lang == "en" and not english:
            english.update(
                (field.name, field.title.en)
                for item in dataset_of(release, dataset).resources
                for field in item.resource.schema.fields
            )
        if field.schema is DISTANCE_FIELD:
            return DISTANCE_TITLE.to(lang)
        name = str(field.schema.get("name") or field.name)
        return english.get(name) or str(field.schema.get("title") or field.name)

    return title


def _named(release: OpenRelease, dataset: str, resource: str, path: str, format_: str) -> Named:
    """Return what the answer is called, after the dataset alone where there is no one *resource*.

    Records are read for the titles of files alone.
    """
    names = [dataset, *([resource] if resource else [])]
    titles = names
    if format_ != "json":
        published = dataset_of(release, dataset)
        table = resource_of(published, resource).resource if resource else None
        titles = [str(item.title) for item in (published.dataset, table) if item]
    return Named(
        address=public_address(release) + quote(path),
        plain_name="-".join(names),
        title=_NOT_IN_NAMES.sub("_", "-".join(dict.fromkeys(title for title in titles if title))),
        sheet=names[-1],
    )
