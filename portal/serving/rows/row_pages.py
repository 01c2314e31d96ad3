"""The page on which a table is looked through, as the server answers it: the form, the rows, and the way on."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from portal.i18n import translate
from portal.model.addresses import DATASETS, HOME, api_rows_path, in_language, relative, rows_page_path
from portal.model.errors import QueryError
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.rows.row_table import RowTable
from portal.publishing.site.code_names import CodeNames
from portal.publishing.site.contexts.contexts import Link
from portal.publishing.site.contexts.row_contexts import RowAnswer
from portal.publishing.site.frame import make_page
from portal.publishing.site.pages.rows_page import rows_page
from portal.serving.current_release import OpenRelease
from portal.serving.downloads import present_path, released_file, to_folder
from portal.serving.headers import page_like, revalidated
from portal.serving.html_pages import error_page
from portal.serving.rows.explorer.asked_pages import AskedPage, read_page
from portal.serving.rows.explorer.condition_words import Words
from portal.serving.rows.explorer.explored_table import ExploredColumns, explored
from portal.serving.rows.explorer.extracts import api_calls, extract_files
from portal.serving.rows.explorer.filter_fields import row_form
from portal.serving.rows.explorer.page_addresses import PART, written
from portal.serving.rows.explorer.shown_rows import faulty_answer, shown_rows
from portal.serving.rows.refusals import AddressTooLongError
from portal.serving.rows.row_views import QUERY_BYTES_MAX
from portal.serving.rows.table_lookup import dataset_of, resource_of, table_of
from portal.serving.this_request import public_address, serving

row_pages = Blueprint("row_pages", __name__)

_PATH = rows_page_path("<name>", "<resource>")
_ANSWER = "answer"
"""The part of the page that a script asks for."""


@row_pages.get(_PATH, defaults={"lang": "zh"}, endpoint="rows_zh", strict_slashes=False)
@row_pages.get(in_language("en", _PATH), defaults={"lang": "en"}, endpoint="rows_en", strict_slashes=False)
def rows_form(lang: str, name: str, resource: str) -> AnyResponse:
    """Answer the page of a table. An address that says what it asks in a long way leads on to the short one."""
    if not request.path.endswith("/"):
        return to_folder()
    path = in_language(lang, rows_page_path(name, resource)).lstrip("/")
    release = serving()
    present = present_path(path, release.moved)
    if present:
        if not request.query_string:
            return released_file(path)
        query = request.query_string.decode("ascii", "ignore")
        return redirect(f"{relative(request.path, f'/{present}')}?{query}", code=308)
    try:
        if len(request.query_string) > QUERY_BYTES_MAX:
            raise AddressTooLongError(
                "?", "填写的内容太长，请用接口查询", "That is too long for the form; use the API."
            )
        table = table_of(release, name, resource)
        names = CodeNames(release.folder / "site", release.directory.portal, release.records.get)
        columns = explored(table, lang, names, lambda: _published(release, name, resource))
    except QueryError as error:
        # What the release has of a table that cannot be asked is its page with the first rows.
        return error_page(error.status, error.message.to(lang), lang) if request.args else released_file(path)
    return _Answer(release, table, columns, lang).to_request()


def _published(release: OpenRelease, dataset: str, resource: str) -> tuple[PublishedDataset, PublishedResource]:
    published = dataset_of(release, dataset)
    return published, resource_of(published, resource)


class _Answer:
    """An answer about one table, in one language."""

    def __init__(self, release: OpenRelease, rows: RowTable, table: ExploredColumns, lang: str) -> None:
        self.release, self.rows, self.table, self.lang = release, rows, table, lang
        self.published, self.item = table.published, table.item
        self.words = Words(table, lang)

    def to_request(self) -> AnyResponse:
        """Return the page, or lead on to the short address of it."""
        asked = read_page(list(request.args.items(multi=True)), self.table, self.lang)
        if not asked.faults and sorted(asked.address.pairs) != _given():
            part = ((PART, _ANSWER),) if _wants_part() else ()
            query = written((*asked.address.pairs, *part))
            return redirect(f"?{query}" if query else f"../{request.path.rstrip('/').rpartition('/')[2]}/", code=303)
        answer, status = self._answered(asked)
        return self._page(asked, answer, status)

    def _answered(self, asked: AskedPage) -> tuple[RowAnswer, int]:
        if asked.faults:
            return faulty_answer(asked, self.table, self.words), asked.status
        try:
            answer = shown_rows(asked, self.table, self.words, self.rows)
        except QueryError as error:
            faulty = replace(asked, faults={"": error.message.to(self.lang)}, question=None)
            return faulty_answer(faulty, self.table, self.words), error.status
        path = api_rows_path(self.published.dataset.name, self.item.resource.name)
        return (
            replace(
                answer,
                forms=extract_files(asked, self.table, path, self.lang),
                calls=api_calls(asked, self.table, path, public_address(self.release)),
            ),
            200,
        )

    def _page(self, asked: AskedPage, answer: RowAnswer, status: int) -> Response:
        release, is_part = self.release, _wants_part()
        body = replace(
            rows_page(self.published, self.item, self.lang, "" if is_part else public_address(release)),
            form=None if is_part else row_form(asked, self.table, self.words),
            answer=answer,
            is_part=is_part,
        )
        page = make_page(
            release.directory,
            self.lang,
            release.today,
            rows_page_path(self.published.dataset.name, self.item.resource.name),
            body.heading,
            body,
            section="datasets",
            crumbs=(
                Link(translate(self.lang, "Home"), HOME),
                Link(translate(self.lang, "Datasets"), DATASETS),
                body.dataset,
            ),
            robots="noindex, nofollow" if asked.address.pairs else "noindex",
            query_string=request.query_string.decode("ascii", "ignore"),
        )
        html = release.renderer.render("pages/rows.html", page)
        return revalidated(page_like(Response(html, status=status, content_type="text/html; charset=utf-8")))


def _wants_part() -> bool:
    """Whether a script asks; who opens such an address in a window gets the whole page."""
    return request.args.get(PART) == _ANSWER and request.headers.get("Sec-Fetch-Dest") != "document"


def _given() -> list[tuple[str, str]]:
    """Return what is asked, in an order of its own."""
    return sorted(pair for pair in request.args.items(multi=True) if pair[0] != PART)
