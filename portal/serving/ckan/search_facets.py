"""Facets of CKAN's package_search: facet.field, facet.limit, facet.mincount; values with counts and display names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.model.limits import JSON_DEPTH_MAX
from portal.model.nesting import nests_deeper
from portal.publishing.search.solr.query_matching import Documents
from portal.publishing.search.solr.search_parameters import FACET_VALUES
from portal.publishing.search.solr.solr_fields import is_text
from portal.publishing.search.solr.solr_index import SolrIndex
from portal.publishing.search.solr.solr_reader import SolrReader
from portal.serving.ckan.action_errors import invalid
from portal.serving.ckan.action_parameters import Parameters, natural, whole

FACETS_MAX = 50
"""Facets of one search; of more these are counted."""

_OFF = frozenset("false off no f n 0".split())

Counted = dict[str, list[tuple[str, str, int]]]


@dataclass(frozen=True)
class Facets:
    """Which fields are to be counted; *values_max* values of each, None for all, that occur *least* times."""

    fields: tuple[str, ...]
    values_max: int | None
    least: int


def read_facets(parameters: Parameters) -> Facets:
    """Read which facets are asked for. Raises ActionError, with CKAN's words, for what is no list of texts."""
    least, limit = natural(parameters, "facet.mincount"), whole(parameters, "facet.limit")
    fields = _fields(parameters)
    if str(parameters.get("facet", "true")).strip().lower() in _OFF:
        fields = []
    values_max = FACET_VALUES if limit is None else None if limit < 0 else limit
    return Facets(tuple(dict.fromkeys(fields))[:FACETS_MAX], values_max, 1 if least is None else least)


def count_facets(index: SolrIndex, reader: SolrReader, facets: Facets, documents: Documents) -> Counted:
    """Return for each field its values with their titles for people and counts: the most frequent first, then by value.

    Fields of texts have no values, and a field that no dataset has is empty, as it is in CKAN.
    """
    counted: Counted = {}
    for field in facets.fields:
        counts = {} if is_text(field) else index.counts(field, reader, documents)
        items = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        kept = [(value, count) for value, count in items if value and count >= facets.least][: facets.values_max]
        counted[field] = [(value, index.labels.get((field, value), value), count) for value, count in kept]
    return counted


def _fields(parameters: Parameters) -> Sequence[str]:
    value: Any = parameters.get("facet.field", [])
    if isinstance(value, str):
        try:
            if nests_deeper(value, JSON_DEPTH_MAX):
                raise ValueError(value)
            value = json.loads(value)
        except ValueError as error:
            raise invalid(**{"facet.field": ["Could not parse as valid JSON"]}) from error
    if not isinstance(value, list):
        raise invalid(**{"facet.field": ["Not a list"]})
    for item in value:
        if not isinstance(item, str):
            raise invalid(**{"facet.field": [f"Not a string: {item}"]})
    return value
