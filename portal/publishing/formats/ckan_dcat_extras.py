"""CKAN extras of ckanext-dcat and ckanext-spatial: frequency, issued, temporal_start, spatial_uri, publisher_name.

Harvesters of other portals read them by these keys. What they mean is what DCAT says of the dataset, in the words of
the European authority tables; ``spatial`` is the one extra that must be GeoJSON, so an area without a geometry never
stands there: CKAN portals with ckanext-spatial refuse the whole dataset, and udata's harvester stops.
Source: ckanext/dcat/profiles/euro_dcat_ap_base.py of ckanext-dcat 2.4.
"""

from __future__ import annotations

import json

from portal.model.addresses import publisher_path
from portal.model.catalog import Dataset
from portal.publishing.formats.dcat.described import interval, page_of
from portal.publishing.formats.dcat.vocabulary import ACCESS_RIGHTS, DATA_THEMES, FREQUENCIES, LANGUAGES, quoted
from portal.publishing.formats.places import is_division_code, place_of


def dump_dcat_extras(dataset: Dataset, *, base_url: str) -> dict[str, str]:
    """Return the extras by their keys; what has nothing to say is empty."""
    start, end = interval(dataset.temporal)
    themes = sorted({DATA_THEMES[theme.id][0] for theme in dataset.themes if theme.id in DATA_THEMES})
    return {
        "uri": f"{page_of(dataset.name, base_url)}#dataset",
        "identifier": dataset.code or dataset.name,
        "issued": dataset.published.isoformat() if dataset.published else "",
        "modified": dataset.updated.isoformat() if dataset.updated else "",
        "frequency": FREQUENCIES.get(dataset.update_cycle, ""),
        "language": json.dumps([LANGUAGES["zh"]]),
        "theme": json.dumps(themes) if themes else "",
        "access_rights": ACCESS_RIGHTS[dataset.open_state],
        "publisher_uri": f"{base_url}{publisher_path(quoted(dataset.publisher.id))}#publisher",
        "publisher_name": str(dataset.publisher.title),
        "publisher_identifier": dataset.publisher.uscc,
        "temporal_start": start,
        "temporal_end": end,
        **_area(dataset, base_url),
    }


def _area(dataset: Dataset, base_url: str) -> dict[str, str]:
    area, name = dataset.spatial, str(place_of(dataset))
    if not area:
        return {}
    return {
        "spatial_code": area if is_division_code(area) or name != area else "",
        "spatial_text": name,
        "spatial_uri": f"{base_url}/#place/{quoted(area)}",
    }
