"""CKAN actions on tags, which are keywords: tag_list, tag_search, tag_autocomplete, tag_show, vocabulary_list."""

from __future__ import annotations

from typing import Any

from portal.publishing.formats.ckan_organizations import tag
from portal.publishing.search.solr.search_parameters import ROWS_MAX
from portal.serving.ckan.action_errors import invalid, not_found
from portal.serving.ckan.action_parameters import Parameters, natural, required, truth, words
from portal.serving.ckan.shown_datasets import Document, all_shown
from portal.serving.current_release import OpenRelease


def tag_list(release: OpenRelease, parameters: Parameters) -> list[Any]:
    """Return the names of all tags, or of those that hold the text query; with all_fields with their ids."""
    asked = _asked(parameters)
    names = [] if words(parameters, "vocabulary_id") else release.records.ckan.tags(asked[:1])
    return [tag(name) for name in names] if truth(parameters, "all_fields", False) else names


def tag_search(release: OpenRelease, parameters: Parameters) -> Document:
    """Return how many tags hold the texts of query, and a page of them."""
    names = _found(release, parameters)
    page = [
        {key: value for key, value in tag(name).items() if key != "display_name"} for name in _page(names, parameters)
    ]
    return {"count": len(names), "results": page}


def tag_autocomplete(release: OpenRelease, parameters: Parameters) -> list[str]:
    """Return the names of a page of the tags that hold the text query."""
    return _page(_found(release, parameters), parameters)


def tag_show(release: OpenRelease, parameters: Parameters) -> Document:
    """Return one tag by its name or id, with its datasets where include_datasets asks for them."""
    found = None if words(parameters, "vocabulary_id") else release.records.ckan.tag(required(parameters, "id"))
    if found is None:
        raise not_found()
    name, datasets = found
    if not truth(parameters, "include_datasets", False):
        return tag(name)
    return {**tag(name), "packages": all_shown(release, datasets[:ROWS_MAX])}


def vocabulary_list(release: OpenRelease, parameters: Parameters) -> list[Document]:
    """Return the vocabularies of tags; there are none."""
    return []


def vocabulary_show(release: OpenRelease, parameters: Parameters) -> Document:
    """Return one vocabulary of tags; there are none."""
    key = words(parameters, "id")
    if not key:
        raise invalid(id="id not in data")
    raise not_found(f'Could not find vocabulary "{key}"')


def _found(release: OpenRelease, parameters: Parameters) -> list[str]:
    asked = _asked(parameters)
    return release.records.ckan.tags(asked) if asked and not words(parameters, "vocabulary_id") else []


def _asked(parameters: Parameters) -> list[str]:
    value = parameters.get("query") or parameters.get("q") or []
    terms = value if isinstance(value, list) else [value]
    return [text for item in terms[:_TERMS_MAX] if (text := str(item).strip())]


def _page(names: list[str], parameters: Parameters) -> list[str]:
    offset, limit = natural(parameters, "offset") or 0, natural(parameters, "limit")
    return names[offset:] if limit is None else names[offset : offset + limit]


_TERMS_MAX = 20
"""Texts of a search for tags that count."""
