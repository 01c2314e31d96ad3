"""What CKAN's search index holds of a dataset: strings, dates and texts by field, made of its CKAN record.

Source: ckan/lib/search/index.py and ckan/config/solr/schema.xml of CKAN 2.11.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

VALUE_CHARACTERS_MAX = 200
"""Of a longer value of an extra this beginning is compared."""

DATES = ("metadata_created", "metadata_modified")
CONSTANTS = {
    "state": "active",
    "capacity": "public",
    "dataset_type": "dataset",
    "type": "dataset",
    "entity_type": "package",
    "site_id": "default",
    "private": "false",
}
"""Fields with one value for all datasets that are published."""
TEXTS = frozenset(
    "title notes author author_email maintainer maintainer_email res_name res_description text title_ngram".split()
)
"""Fields that are searched by words; those that begin with ``extras_`` are, too."""
LABELLED = ("organization", "groups", "license_id")
"""Fields whose values have a title for people."""

_NO_WORDS = ("[", "{", "http://", "https://")
_OWN = ("id", "name", "version", "url", "license_id", "owner_org", "creator_user_id")
_RESOURCE = {"name": "res_name", "description": "res_description", "format": "res_format", "url": "res_url"}
_RESOURCE_STRINGS = ("res_format", "res_url")


@dataclass(frozen=True)
class SolrFields:
    """Values of one dataset: exact ones by field, texts by field, and titles of values."""

    strings: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, str]
    labels: Mapping[tuple[str, str], str]

    @property
    def plain_texts(self) -> Iterator[str]:
        """What is searched where no field is stated, without extras that are JSON or addresses: they are no words."""
        return (text for text in self.texts.values() if not text.startswith(_NO_WORDS))


def is_text(field: str) -> bool:
    """Whether a field is searched by words."""
    return field in TEXTS or field.startswith("extras_")


def solr_fields(record: Mapping[str, Any]) -> SolrFields:
    """Return what the index holds of a CKAN record."""
    extras = {item["key"]: item["value"] for item in record["extras"]}
    resources = {
        field: tuple(dict.fromkeys(text for item in record["resources"] if (text := item.get(key) or "")))
        for key, field in _RESOURCE.items()
    }
    organization = record.get("organization") or {}
    strings = {
        **{key: (value[:VALUE_CHARACTERS_MAX],) for key, value in extras.items()},
        **{key: (str(record[key]),) for key in _OWN if record.get(key)},
        **{key: (f"{record[key]}Z",) for key in DATES if record.get(key)},
        "title_string": (record["title"].lstrip(),),
        "organization": (organization.get("name") or "",),
        "tags": tuple(item["name"] for item in record["tags"]),
        "groups": tuple(item["name"] for item in record["groups"]),
        **{field: resources[field] for field in _RESOURCE_STRINGS},
    }
    texts = {
        "title": record["title"],
        "notes": record["notes"] or "",
        **{key: record.get(key) or "" for key in ("author", "author_email", "maintainer", "maintainer_email")},
        "res_name": "\n".join(resources["res_name"]),
        "res_description": "\n".join(resources["res_description"]),
        **{f"extras_{key}": value for key, value in extras.items()},
    }
    return SolrFields(
        {field: kept for field, values in strings.items() if (kept := tuple(filter(None, values)))},
        {field: text for field, text in texts.items() if text},
        dict(_labels(record, organization)),
    )


def _labels(record: Mapping[str, Any], organization: Mapping[str, Any]) -> Iterable[tuple[tuple[str, str], str]]:
    if organization:
        yield ("organization", organization["name"]), organization["title"]
    for group in record["groups"]:
        yield ("groups", group["name"]), group["title"]
    if record.get("license_id") and record.get("license_title"):
        yield ("license_id", record["license_id"]), record["license_title"]
