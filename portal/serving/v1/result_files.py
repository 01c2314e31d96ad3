"""The whole result of a search as a file: CSV with the columns of catalog.csv, an Atom feed of what is new in it."""

from __future__ import annotations

import io
from dataclasses import replace

from flask import Blueprint, Response

from portal.i18n import translate
from portal.model.addresses import API_DATASETS_FEED, DATASETS, in_language, with_query
from portal.model.api import Endpoint
from portal.model.known_formats import ATOM_MEDIA_TYPE
from portal.publishing.endpoints import BASE, LANG, SEARCH_CSV, SEARCH_FEED
from portal.publishing.files.csv_list import CsvList
from portal.publishing.formats import atom, catalog_list
from portal.publishing.search.query import RESULT_ROWS_MAX, SearchQuery, at_present, read_query
from portal.publishing.site.dataset_lists import query_parameters
from portal.serving.current_release import OpenRelease
from portal.serving.headers import saved_as
from portal.serving.this_request import public_address, serving
from portal.serving.v1.answering import asked_of, rule

result_files = Blueprint("result_files", __name__, url_prefix=BASE)


@result_files.get(rule(SEARCH_CSV))
def datasets_csv() -> Response:
    """Answer a search with a table of all that it finds."""
    release = serving()
    query, _ = _asked(release, SEARCH_CSV, RESULT_ROWS_MAX)
    names = release.search.exact(query).names
    text = io.StringIO()
    table = CsvList(text, catalog_list.HEADERS)
    for published in release.records.several(names):
        table.add(catalog_list.row(published, base_url=public_address(release)))
    content = text.getvalue().encode("utf-8", "replace")
    return saved_as(Response(content, content_type="text/csv; charset=utf-8"), "datasets.csv", "数据集.csv")


@result_files.get(rule(SEARCH_FEED))
def datasets_feed() -> Response:
    """Answer a search with a feed of the newest that it finds."""
    release = serving()
    query, lang = _asked(release, SEARCH_FEED, atom.ENTRIES_MAX)
    query = replace(query, sort="updated")
    address, title = public_address(release), release.directory.portal.title.to(lang)
    found = release.records.several(release.search.exact(query).names)
    entries = (atom.entry_of(item, lang=lang, base_url=address) for item in found)
    asked = [item for item in query_parameters(query) if item[0] not in ("sort", "per_page")]
    words = translate(lang, "Search: %(query)s", query=query.text) if query.text else translate(lang, "Datasets")
    feed = atom.dump(
        [entry for entry in entries if entry],
        lang=lang,
        title=f"{words} - {title}",
        page_url=with_query(address + in_language(lang, DATASETS), asked),
        feed_url=with_query(address + API_DATASETS_FEED, [*asked, (LANG.name, lang)]),
        when_empty=release.today,
    )
    return Response(feed, content_type=f"{ATOM_MEDIA_TYPE}; charset=utf-8")


def _asked(release: OpenRelease, endpoint: Endpoint, datasets_max: int) -> tuple[SearchQuery, str]:
    """Return the search that is asked for from its beginning, and the language. Raises QueryError as a search does."""
    asked = asked_of(endpoint)
    lang = LANG.read(asked)
    query = at_present(read_query({name: asked[name] for name in asked if name != LANG.name}), release.moved)
    return replace(query, start=0, per_page=datasets_max, facets=()), lang
