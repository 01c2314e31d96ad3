"""The page on which a table, or several as one, are looked through, as the server answers it: form, rows, ways on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from weakref import WeakKeyDictionary

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from portal.i18n import translate
from portal.model.addresses import DATASETS, HOME, in_language, relative, rows_page_path, tables_page_path
from portal.model.errors import QueryError
from portal.publishing.publication import PublishedDataset
from portal.publishing.rows.row_stores import RowStores
from portal.publishing.rows.row_table import RowTable
from portal.publishing.site.code_names import CodeNames
from portal.publishing.site.contexts.page_contexts import Link
from portal.publishing.site.contexts.row_contexts import RowAnswer, RowsPage
from portal.publishing.site.frame import make_page
from portal.publishing.site.pages.rows_page import rows_page, tables_page
from portal.publishing.site.pages.tables_together import tables_together, together_with
from portal.serving.current_release import OpenRelease
from portal.serving.downloads import present_path, released_file, to_folder
from portal.serving.headers import page_like, revalidated
from portal.serving.html_pages import error_page
from portal.serving.rows.explorer.asked_pages import AskedPage, read_page
from portal.serving.rows.explorer.condition_words import Words
from portal.serving.rows.explorer.explored_source import ExploredSource
from portal.serving.rows.explorer.explored_table import ExploredColumns, explored
from portal.serving.rows.explorer.extracts import api_calls, extract_files
from portal.serving.rows.explorer.filter_fields import row_form
from portal.serving.rows.explorer.page_addresses import PART, written
from portal.serving.rows.explorer.shown_rows import faulty_answer, shown_rows
from portal.serving.rows.refusals import AddressTooLongError, NothingThereError
from portal.serving.rows.row_views import QUERY_BYTES_MAX
from portal.serving.rows.table_lookup import dataset_of, resource_of, table_of, tables_of
from portal.serving.this_request import public_address, serving

row_pages = Blueprint("row_pages", __name__)

_PATH = rows_page_path("<name>", "<resource>")
_PATH_TOGETHER = tables_page_path("<name>")
_PATH_OF_SHAPE = tables_page_path("<name>", "<like>")
_ANSWER, _FORM = "answer", "form"
"""The parts of the page that a script asks for."""


@row_pages.get(_PATH, defaults={"lang": "zh"}, endpoint="rows_zh", strict_slashes=False)
@row_pages.get(in_language("en", _PATH), defaults={"lang": "en"}, endpoint="rows_en", strict_slashes=False)
def rows_form(lang: str, name: str, resource: str) -> AnyResponse:
    """Answer the page of a table. An address that says what it asks in a long way leads on to the short one."""

    def source(release: OpenRelease) -> ExploredSource:
        published = dataset_of(release, name)
        return ExploredSource(published, resource_of(published, resource), together_with(published, resource))

    return _page(
        lang,
        rows_page_path(name, resource),
        lambda release: (table_of(release, name, resource), partial(source, release)),
    )


@row_pages.get(_PATH_TOGETHER, defaults={"lang": "zh", "like": ""}, endpoint="together_zh", strict_slashes=False)
@row_pages.get(
    in_language("en", _PATH_TOGETHER), defaults={"lang": "en", "like": ""}, endpoint="together_en", strict_slashes=False
)
@row_pages.get(_PATH_OF_SHAPE, defaults={"lang": "zh"}, endpoint="shape_zh", strict_slashes=False)
@row_pages.get(in_language("en", _PATH_OF_SHAPE), defaults={"lang": "en"}, endpoint="shape_en", strict_slashes=False)
def tables_form(lang: str, name: str, like: str) -> AnyResponse:
    """Answer the page of all tables of one shape; *like* names one of them, "" means those that are declared first."""

    def source(release: OpenRelease) -> ExploredSource:
        published = dataset_of(release, name)
        together = together_with(published, like) if like else next(iter(tables_together(published)), None)
        if together is None:
            raise _alone(release, published, like)
        return ExploredSource(published, together.members[0], together, is_as_one=True)

    def found(release: OpenRelease) -> _Found:
        known = _members.setdefault(release.rows, {})
        if (name, like) not in known:
            member = source(release).item.resource.name
            tables_of(release, name, member)
            known[name, like] = member
        return tables_of(release, name, known[name, like])[1], partial(source, release)

    return _page(lang, tables_page_path(name, like), found)


_members: WeakKeyDictionary[RowStores, dict[tuple[str, str], str]] = WeakKeyDictionary()
"""One of the tables that are asked together, by the dataset and what its address names: without reading any record."""


_Found = tuple[RowTable, Callable[[], ExploredSource]]
"""The rows of a table, and what gives all that was published of it."""


def _page(lang: str, path: str, find: Callable[[OpenRelease], _Found]) -> AnyResponse:
    """Answer the page at a path, of what *find* finds in the release."""
    if not request.path.endswith("/"):
        return to_folder()
    file = in_language(lang, path).lstrip("/")
    release = serving()
    present = present_path(file, release.moved)
    if present:
        return _moved(present) if request.query_string else released_file(file)
    try:
        if len(request.query_string) > QUERY_BYTES_MAX:
            raise AddressTooLongError(
                "?", "填写的内容太长，请用接口查询", "That is too long for the form; use the API."
            )
        table, source = find(release)
        names = CodeNames(release.folder / "site", release.directory.portal, release.records.get)
        columns = explored(table, lang, names, source)
    except QueryError as error:
        # What the release has of a table that cannot be asked is its page with the first rows.
        return error_page(error.status, error.message.to(lang), lang) if request.args else released_file(file)
    if columns.source.path != path:
        return _moved(in_language(lang, columns.source.path).lstrip("/"))
    return _Answer(release, table, columns, lang).to_request()


def _moved(present: str) -> AnyResponse:
    """Lead on, with the question, to where a page stands now."""
    query = request.query_string.decode("ascii", "ignore")
    return redirect(relative(request.path, f"/{present}") + (f"?{query}" if query else ""), code=308)


class _Answer:
    """An answer about one table, in one language."""

    def __init__(self, release: OpenRelease, rows: RowTable, table: ExploredColumns, lang: str) -> None:
        self.release, self.rows, self.table, self.lang = release, rows, table, lang
        self.source = table.source
        self.words = Words(table, lang)

    def to_request(self) -> AnyResponse:
        """Return the page, or lead on to the short address of it."""
        asked = read_page(list(request.args.items(multi=True)), self.table, self.lang)
        if not asked.faults and sorted(asked.address.pairs) != _given():
            part = ((PART, _part()),) if _part() else ()
            query = written((*asked.address.pairs, *part))
            return redirect(f"?{query}" if query else f"../{request.path.rstrip('/').rpartition('/')[2]}/", code=303)
        if _part() == _FORM:
            return self._page(asked, None, 200)
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
        return (
            replace(
                answer,
                forms=extract_files(asked, self.table, self.lang),
                calls=api_calls(asked, self.table, public_address(self.release)),
            ),
            200,
        )

    def _page(self, asked: AskedPage, answer: RowAnswer | None, status: int) -> Response:
        release, part = self.release, _part()
        body = replace(
            self._frame(is_part=bool(part)),
            form=None if part == _ANSWER else row_form(asked, self.table, self.words),
            answer=answer,
            is_part=bool(part),
        )
        page = make_page(
            release.directory,
            self.lang,
            release.today,
            self.source.path,
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

    def _frame(self, *, is_part: bool) -> RowsPage:
        """Return the page as the release has it, but for the rows."""
        source = self.source
        if source.as_one:
            return tables_page(source.published, source.as_one, self.lang, with_files=False)
        base_url = "" if is_part else public_address(self.release)
        return rows_page(source.published, source.item, self.lang, base_url, together=source.together)


def _alone(release: OpenRelease, published: PublishedDataset, like: str) -> QueryError:
    """Return why there are no tables to look through as one: what the API says, or that there are too few."""
    if like:
        resource_of(published, like)
    tables_of(release, published.dataset.name, like)
    return NothingThereError(
        "name",
        f"数据集“{published.dataset.name}”没有可以合并查看的表格。",
        f'The dataset "{published.dataset.name}" has no tables to look through as one.',
    )


def _part() -> str:
    """Return the part that a script asks for; who opens such an address in a window gets the whole page, as by ""."""
    part = request.args.get(PART, "")
    return part if part in (_ANSWER, _FORM) and request.headers.get("Sec-Fetch-Dest") != "document" else ""


def _given() -> list[tuple[str, str]]:
    """Return what is asked, in an order of its own."""
    return sorted(pair for pair in request.args.items(multi=True) if pair[0] != PART)
