"""The ``fl`` of CKAN's package_search: a dataset as Solr's document, with the fields that were asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from portal.publishing.search.solr.solr_fields import CONSTANTS, DATES, solr_fields

_LISTS = frozenset(["tags", "groups", "res_format", "res_url"])
_TEXT_LISTS = ("res_name", "res_description")
_NOT_STORED = ("title_string", "private", "type", "owner_org")
"""Fields that Solr can search and does not give out, with CKAN's schema."""


def chosen_fields(record: Mapping[str, Any], wanted: Sequence[str]) -> dict[str, Any]:
    """Return those fields of a CKAN record that are asked for, as they stand in Solr; extras by their own names.

    >>> chosen_fields({"id": "1", "name": "air", "title": "空气", "notes": "", "extras": [], "tags": [], "groups": [],
    ...     "resources": [], "metadata_created": None, "metadata_modified": "2026-05-20T00:00:00.000000"},
    ...     ["name,metadata_modified"])
    {'name': 'air', 'metadata_modified': '2026-05-20T00:00:00Z'}
    """
    names = [name for part in wanted for name in re.split(r"[\s,]+", part) if name]
    stored = _stored(record)
    if "*" not in names:
        stored = {name: stored[name] for name in dict.fromkeys(names) if name in stored}
    return {name.removeprefix("extras_"): value for name, value in stored.items()}


def _stored(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return Solr's document of a record."""
    held = solr_fields(record)
    extras = {f"extras_{item['key']}" for item in record["extras"]}
    bare = {name.removeprefix("extras_") for name in extras}
    stored: dict[str, Any] = {
        name: list(values) if name in _LISTS else values[0]
        for name, values in held.strings.items()
        if name not in bare and name not in _NOT_STORED
    }
    stored |= {name: text.split("\n") if name in _TEXT_LISTS else text for name, text in held.texts.items()}
    stored |= {name: value for name, value in CONSTANTS.items() if name not in _NOT_STORED}
    return stored | {name: _short(stored[name]) for name in DATES if name in stored}


def _short(time: str) -> str:
    """Return a time as Solr writes it: without zeros at the end of a fraction."""
    whole, _, fraction = time.removesuffix("Z").partition(".")
    return f"{whole}.{fraction.rstrip('0')}Z".replace(".Z", "Z")
