"""CKAN's package_search: datasets by words, a page at a time."""

from __future__ import annotations

from portal.publishing.endpoints import ACTIONS as DECLARED
from portal.publishing.endpoints import ROWS_WANTED, START
from portal.publishing.search.query import SearchQuery
from portal.serving.ckan.action_errors import ActionError
from portal.serving.ckan.action_parameters import Parameters, natural
from portal.serving.ckan.shown_datasets import Document, all_shown
from portal.serving.current_release import OpenRelease

SORT_DEFAULT = "score desc, metadata_modified desc"

_IGNORED = frozenset(["include_private", "include_drafts", "include_deleted", "use_default_schema"])


def package_search(release: OpenRelease, parameters: Parameters) -> Document:
    """Return the datasets that a search finds; *count* does not depend on rows and start."""
    unknown = sorted(set(parameters) - {item.name for item in DECLARED["package_search"]} - _IGNORED)
    if unknown:
        raise _refused(f"Invalid search parameters: {unknown}")
    text = str(parameters.get("q") or "*:*").strip()
    if ":" in text and text != "*:*":
        raise _refused("only plain words are understood, no fields")
    rows = natural(parameters, ROWS_WANTED.name)
    query = SearchQuery(
        text="" if text == "*:*" else text,
        start=natural(parameters, START.name) or 0,
        per_page=min(ROWS_WANTED.default if rows is None else rows, ROWS_WANTED.maximum or 0),
    )
    hits = release.engine.search(query)
    return {
        "count": hits.total,
        "facets": {},
        "results": all_shown(release, hits.names),
        "sort": SORT_DEFAULT,
        "search_facets": {},
    }


def _refused(reason: str) -> ActionError:
    return ActionError(400, "Search Query Error", message=f"Search Query is invalid: {reason}")
