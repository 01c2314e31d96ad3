"""Search results and error pages as HTML from the server, by the templates of the release.

What is asked for with parameters is made here; other pages are files of the release.
"""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from portal.i18n import translate
from portal.model.addresses import DATASETS, HOME, NOT_FOUND, in_language
from portal.model.errors import QueryError
from portal.publishing.search.query import PARAMETERS, at_present, read_query
from portal.publishing.site.contexts.contexts import ErrorPage, Link
from portal.publishing.site.dataset_lists import card, dataset_list
from portal.publishing.site.frame import make_page, not_found
from portal.publishing.site.labels import Labels
from portal.serving.current_release import OpenRelease
from portal.serving.downloads import released_file, to_folder
from portal.serving.headers import page_like, revalidated
from portal.serving.this_request import serving

pages = Blueprint("pages", __name__)


@pages.get(DATASETS, defaults={"lang": "zh"}, endpoint="list_zh", strict_slashes=False)
@pages.get(in_language("en", DATASETS), defaults={"lang": "en"}, endpoint="list_en", strict_slashes=False)
def dataset_search(lang: str) -> AnyResponse:
    """Answer a search; without one the list is the page of the release.

    Parameters that are not ours (links are shared with all kinds) are passed over; a page past the end is the last.
    """
    path = in_language(lang, DATASETS)
    parameters = {name: values for name, values in request.args.to_dict(flat=False).items() if name in PARAMETERS}
    if not request.path.endswith("/"):
        return to_folder()
    if not parameters:
        return released_file(path.lstrip("/"))
    release = serving()
    try:
        query = at_present(read_query(parameters), release.moved)
    except QueryError as error:
        return error_page(400, error.message.to(lang), lang)
    hits = release.engine.search(query)
    if hits.total and not hits.names:
        query = query.on_last_page(hits.total)
        hits = release.engine.search(query)
    labels = Labels(release.directory, lang)
    cards = [card(item, labels) for item in release.records.several(hits.names)]
    body = dataset_list(hits, query, cards, labels, here=path)
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
        robots="noindex, follow",
        query_string=request.query_string.decode("ascii", "ignore"),
    )
    html = release.renderer.render("pages/dataset-list.html", page)
    return revalidated(page_like(Response(html, content_type="text/html; charset=utf-8")))


def error_page(status: int, message: str, lang: str) -> Response:
    """Return a page for people about what went wrong."""
    release = serving()
    body = not_found(lang) if status == 404 else ErrorPage(status, translate(lang, "That did not work"), message)
    html = _render_error(release, body, lang)
    return page_like(Response(html, status=status, content_type="text/html; charset=utf-8"))


def _render_error(release: OpenRelease, body: ErrorPage, lang: str) -> str:
    page = make_page(release.directory, lang, release.today, NOT_FOUND, body.heading, body, robots="noindex")
    return release.renderer.render("pages/error.html", page)
