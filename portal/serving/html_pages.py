"""Search results and error pages as HTML from the server, by the templates of the release.

What is asked for with parameters is made here; other pages are files of the release.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from portal.i18n import translate
from portal.model.addresses import DATASETS, HOME, NOT_FOUND, in_language
from portal.model.errors import QueryError
from portal.publishing.search.engines.wordless_engine import SearchUnavailable
from portal.publishing.search.query import PARAMETERS, SearchQuery, at_present, read_query
from portal.publishing.search.search_documents import FACETS
from portal.publishing.site.contexts.list_contexts import DatasetListPage
from portal.publishing.site.contexts.page_contexts import ErrorPage, Link
from portal.publishing.site.dataset_lists import WHOLE_FACET, dataset_list, result_files, search_href
from portal.publishing.site.frame import make_page
from portal.publishing.site.labels import Labels
from portal.publishing.site.pages.error_pages import failed, not_found, withdrawn
from portal.publishing.site.search_answers import empty_answer, found_card, meant_cards, row_table
from portal.publishing.site.search_words import words_asked
from portal.serving.current_release import OpenRelease
from portal.serving.downloads import released_file, to_folder
from portal.serving.headers import page_like, revalidated
from portal.serving.this_request import serving

RETRY_SECONDS = "30"
"""After so many seconds a search that could not be answered may be asked again."""
_HTML = "text/html; charset=utf-8"

_IN_A_DATASET = re.compile(r"(?:/en)?/(?:datasets|data)/([^/]+)/")

pages = Blueprint("pages", __name__)


@pages.get(DATASETS, defaults={"lang": "zh"}, endpoint="list_zh", strict_slashes=False)
@pages.get(in_language("en", DATASETS), defaults={"lang": "en"}, endpoint="list_en", strict_slashes=False)
def dataset_search(lang: str) -> AnyResponse:
    """Answer a search; without one the list is the page of the release.

    Parameters that are not ours (links are shared with all kinds) are passed over; a page past the end is the last.
    Where words cannot be looked for the whole list is shown, and says so.
    """
    path = in_language(lang, DATASETS)
    asked = request.args.to_dict(flat=False)
    parameters = {name: values for name, values in asked.items() if name in PARAMETERS}
    whole = request.args.get(WHOLE_FACET, "")
    if not request.path.endswith("/"):
        return to_folder()
    if not parameters and whole not in FACETS:
        return released_file(path.lstrip("/"))
    release = serving()
    try:
        query = at_present(read_query(parameters), release.moved)
    except QueryError as error:
        return error_page(400, error.message.to(lang), lang)
    try:
        body = _found_list(release, query, path, lang, whole)
    except SearchUnavailable as error:
        listed = replace(query, text="", sort="" if query.sort == "relevance" else query.sort)
        body = replace(_found_list(release, listed, path, lang, whole), notice=error.message.to(lang), query=query.text)
        answer = Response(_rendered(release, query, body, lang), 503, content_type=_HTML)
        answer.headers["Retry-After"] = RETRY_SECONDS
        return page_like(answer)
    return revalidated(page_like(Response(_rendered(release, query, body, lang), content_type=_HTML)))


def _found_list(release: OpenRelease, query: SearchQuery, path: str, lang: str, whole: str) -> DatasetListPage:
    """Return the list page that answers *query*. Raises SearchUnavailable where words cannot be looked for."""
    found = release.search.search(query)
    if found.hits.total and not found.hits.names:
        query = query.on_last_page(found.hits.total)
        found = release.search.search(query)
    labels, words = Labels(release.directory, lang), words_asked(query.text)
    cards = [found_card(item, labels, words) for item in release.records.several(found.hits.names)]
    body = dataset_list(found.hits, query, cards, labels, here=path, whole=whole)
    also = release.records.several([item.name for item in found.also])
    return replace(
        body,
        rows=row_table(found.rows, release.records.get, labels),
        also=meant_cards(found, also, labels, words),
        is_personal=found.understood.is_personal,
        empty=empty_answer(found, query.text, release.directory.portal, lang, partial(search_href, path, lang))
        if query.text and not found.hits.total
        else None,
        files=result_files(query, found.hits.total, path, lang) if found.hits.total else (),
    )


def _rendered(release: OpenRelease, query: SearchQuery, body: DatasetListPage, lang: str) -> str:
    """Return the page of a search as HTML. Robots are to leave it alone, and the searches that it leads to."""
    page = make_page(
        release.directory,
        lang,
        release.today,
        DATASETS,
        translate(lang, "Search results") if query.text else translate(lang, "Datasets"),
        body,
        description=body.summary,
        section="datasets",
        crumbs=(Link(translate(lang, "Home"), HOME),),
        robots="noindex, nofollow",
        query_string=request.query_string.decode("ascii", "ignore"),
    )
    return release.renderer.render("pages/dataset-list.html", page)


def error_page(status: int, message: str, lang: str) -> Response:
    """Return a page for people about what went wrong."""
    release = serving()
    body = ErrorPage(status, translate(lang, "That did not work"), message)
    if status == 404:
        body = _taken_away(release, request.path, lang) or not_found(lang)
    elif status == 500:
        body = failed(lang)
    html = _render_error(release, body, lang)
    return page_like(Response(html, status=body.status, content_type=_HTML))


def _taken_away(release: OpenRelease, path: str, lang: str) -> ErrorPage | None:
    """Return what is said of a dataset that was withdrawn, at the address of its page and below it."""
    found = _IN_A_DATASET.match(path)
    time = release.records.withdrawn_at(found[1]) if found else None
    return withdrawn(lang, time.date()) if time else None


def _render_error(release: OpenRelease, body: ErrorPage, lang: str) -> str:
    page = make_page(release.directory, lang, release.today, NOT_FOUND, body.heading, body, robots="noindex")
    return release.renderer.render("pages/error.html", page)
