"""The page for rows as the server answers it: the form that was filled in, the rows, and the way on to other pages."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from portal.i18n import number_text, translate
from portal.model.addresses import (
    DATASETS,
    HOME,
    api_rows_path,
    in_language,
    relative,
    rows_page_path,
)
from portal.model.errors import QueryError
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.rows.row_parameters import ENCODING, FORMAT, LIMIT
from portal.publishing.rows.row_query import Aggregate, Column, Group, RowQuery
from portal.publishing.rows.row_table import Cell, RowField, RowPage, RowTable
from portal.publishing.site.contexts.contexts import Link, Preview
from portal.publishing.site.contexts.row_contexts import RowAnswer
from portal.publishing.site.frame import make_page
from portal.publishing.site.pages.rows_page import (
    BUCKET_WORDS,
    FUNCTION_WORDS,
    Faults,
    TypedQuestion,
    column_titles,
    linked_columns,
    rows_page,
)
from portal.publishing.site.pages.table_preview import shortened
from portal.serving.current_release import OpenRelease
from portal.serving.downloads import present_path, released_file, to_folder
from portal.serving.headers import page_like, revalidated
from portal.serving.html_pages import error_page
from portal.serving.rows.form_questions import (
    PARAMETERS,
    FormFaultError,
    FormQuestion,
    question_of_form,
    read_typed,
)
from portal.serving.rows.known_columns import columns_of
from portal.serving.rows.refusals import AddressTooLongError
from portal.serving.rows.row_views import QUERY_BYTES_MAX
from portal.serving.rows.table_lookup import dataset_of, resource_of, table_of
from portal.serving.this_request import public_address, serving

row_pages = Blueprint("row_pages", __name__)

_PATH = rows_page_path("<name>", "<resource>")
_NUMBERS = ("integer", "number")


@row_pages.get(_PATH, defaults={"lang": "zh"}, endpoint="rows_zh", strict_slashes=False)
@row_pages.get(in_language("en", _PATH), defaults={"lang": "en"}, endpoint="rows_en", strict_slashes=False)
def rows_form(lang: str, name: str, resource: str) -> AnyResponse:
    """Answer the form; without a question the page is that of the release. Parameters of others are passed over."""
    if not request.path.endswith("/"):
        return to_folder()
    path = in_language(lang, rows_page_path(name, resource)).lstrip("/")
    asked = {key: values for key, values in request.args.to_dict(flat=False).items() if key in PARAMETERS}
    release = serving()
    present = present_path(path, release.moved)
    if present and asked:
        query = request.query_string.decode("ascii", "ignore")
        return redirect(f"{relative(request.path, f'/{present}')}?{query}", code=308)
    if not asked or present:
        return released_file(path)
    try:
        if len(request.query_string) > QUERY_BYTES_MAX:
            raise AddressTooLongError(
                "?", "填写的内容太长，请用接口查询", "That is too long for the form; use the API."
            )
        table = table_of(release, name, resource)
        published = dataset_of(release, name)
        item = resource_of(published, resource)
    except QueryError as error:
        return error_page(error.status, error.message.to(lang), lang)
    return _Answer(release, published, item, lang).to(read_typed(asked), table)


class _Answer:
    """An answer to the form about one table, in one language."""

    def __init__(self, release: OpenRelease, published: PublishedDataset, item: PublishedResource, lang: str) -> None:
        self.release, self.published, self.item, self.lang = release, published, item, lang
        self.titles = column_titles(item, lang) | {
            name: f"{title} · {text}" for title, pairs in linked_columns(published, item, lang) for name, text in pairs
        }

    def to(self, typed: TypedQuestion, table: RowTable) -> Response:
        if typed.wants_more:
            return self._page(replace(typed, page=""), Faults(), None, 200)
        try:
            asked = question_of_form(typed, columns_of(table), self.lang)
            page = table.page(asked.question.query)
        except FormFaultError as error:
            return self._page(typed, error.faults, None, error.status)
        except QueryError as error:
            return self._page(typed, Faults(whole=error.message.to(self.lang)), None, error.status)
        return self._page(typed, Faults(), self._answer(asked, page), 200)

    def _page(self, typed: TypedQuestion, faults: Faults, answer: RowAnswer | None, status: int) -> Response:
        release, dataset = self.release, self.published.dataset
        body = rows_page(
            self.published, self.item, self.lang, public_address(release), typed=typed, faults=faults, answer=answer
        )
        page = make_page(
            release.directory,
            self.lang,
            release.today,
            rows_page_path(dataset.name, self.item.resource.name),
            body.heading,
            body,
            section="datasets",
            crumbs=(
                Link(translate(self.lang, "Home"), HOME),
                Link(translate(self.lang, "Datasets"), DATASETS),
                body.dataset,
            ),
            robots="noindex, nofollow",
            query_string=request.query_string.decode("ascii", "ignore"),
        )
        html = release.renderer.render("pages/rows.html", page)
        return revalidated(page_like(Response(html, status=status, content_type="text/html; charset=utf-8")))

    def _answer(self, asked: FormQuestion, page: RowPage) -> RowAnswer:
        total = page.total or 0
        first = (asked.page - 1) * asked.limit + 1
        summary = translate(
            self.lang,
            "Rows %(first)s to %(last)s of %(total)s",
            first=number_text(self.lang, first),
            last=number_text(self.lang, first + len(page.rows) - 1),
            total=number_text(self.lang, total),
        )
        api = api_rows_path(self.published.dataset.name, self.item.resource.name)
        as_json = _query([*asked.parameters, (LIMIT.name, str(asked.limit))])
        return RowAnswer(
            table=self._table(page, asked.question.query, summary) if page.rows else None,
            summary=summary,
            previous=_other_page(asked.page - 1) if asked.page > 1 else "",
            next=_other_page(asked.page + 1) if first + len(page.rows) <= total and page.rows else "",
            forms=(
                ("XLSX", f"{api}?{_query([*asked.parameters, (FORMAT.name, 'xlsx')])}"),
                ("CSV", f"{api}?{_query([*asked.parameters, (FORMAT.name, 'csv')])}"),
                (
                    translate(self.lang, "CSV for Excel"),
                    f"{api}?{_query([*asked.parameters, (FORMAT.name, 'csv'), (ENCODING.name, 'utf-8-sig')])}",
                ),
                ("JSON", f"{api}?{as_json}"),
            ),
            command=f'curl "{public_address(self.release)}{quote(api)}?{as_json}"\n',
        )

    def _table(self, page: RowPage, query: RowQuery, caption: str) -> Preview:
        worked_out = [*map(self._group, query.groups), *map(self._aggregate, query.aggregates)]
        return Preview(
            header=tuple(worked_out or (self.titles.get(field.name, field.name) for field in page.fields)),
            rows=tuple(
                tuple(shortened(_text(cell, field)) for cell, field in zip(row, page.fields, strict=True))
                for row in page.rows
            ),
            numeric=tuple(field.type in _NUMBERS for field in page.fields),
            caption=caption,
        )

    def _title(self, column: Column) -> str:
        return self.titles.get(str(column), str(column))

    def _group(self, group: Group) -> str:
        """Return the heading over a group: its column, and into which spans of time it is parted."""
        title = self._title(group.column)
        return (
            f"{title} · {translate(self.lang, BUCKET_WORDS[group.bucket])}" if group.bucket in BUCKET_WORDS else title
        )

    def _aggregate(self, aggregate: Aggregate) -> str:
        """Return the heading over what is worked out: the function, and of which column."""
        word = translate(self.lang, FUNCTION_WORDS[aggregate.function])
        return f"{word} · {self._title(aggregate.column)}" if aggregate.column else word


def _other_page(number: int) -> str:
    """Return the address of another page of the answer."""
    kept = [(key, value) for key, values in request.args.lists() if key in PARAMETERS for value in values]
    return f"?{_query([*((key, value) for key, value in kept if key != 'page'), ('page', str(number))])}#answer-title"


def _query(parameters: list[tuple[str, str]]) -> str:
    return urlencode(parameters, quote_via=quote)


def _text(cell: Cell, field: RowField) -> str:
    """Return a cell as people read it: numbers with all their digits, truth in the words of its column."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        words = field.schema.get("trueValues" if cell else "falseValues")
        return str(words[0]) if isinstance(words, list | tuple) and words else str(cell).lower()
    return str(cell)
