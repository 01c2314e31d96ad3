"""CKAN organizations, groups and tags: publishers, topics and keywords as the parts of a dataset and by themselves.

Source: ckan/lib/dictization/model_dictize.py (group_dictize, tag_dictize) of CKAN 2.11.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from portal.model.catalog import Dataset, Publisher, Theme
from portal.model.text import enumerated
from portal.publishing.formats.ckan_ids import ckan_id
from portal.publishing.formats.json_documents import stated

_NOT_IN_TAGS = re.compile(r"[^\w .-]+")
_TAG_CHARACTERS_MAX = 100
"""CKAN's own bound."""


def organization(publisher: Publisher, first_released: date | None = None) -> dict[str, Any]:
    """Return a publisher as the organization of a dataset.

    It is there since the day from which it is valid; where nobody says, since *first_released*, the first release.
    """
    return {
        "id": ckan_id("publisher", publisher.id),
        "name": publisher.id,
        "title": str(publisher.title),
        "type": "organization",
        "description": str(publisher.description),
        "image_url": "",
        "created": moment(publisher.valid_from or first_released),
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def whole_organization(publisher: Publisher, first_released: date | None) -> dict[str, Any]:
    """Return a publisher as ``organization_show`` does, without its datasets, sub-organizations and their count."""
    values = stated(
        {
            "title_en": publisher.title.en,
            "publisher_code": publisher.uscc,
            "former_names": enumerated("zh", publisher.former_names),
            "phone": publisher.phone,
        }
    )
    return {
        **organization(publisher, first_released),
        "display_name": str(publisher.title) or publisher.id,
        "image_display_url": "",
        "extras": [{"key": key, "value": value, "state": "active"} for key, value in sorted(values.items())],
    }


def group(theme: Theme) -> dict[str, Any]:
    """Return a topic as a group of a dataset."""
    return {
        "description": "",
        "display_name": str(theme.title),
        "id": ckan_id("theme", theme.id),
        "image_display_url": "",
        "name": theme.id,
        "title": str(theme.title),
    }


def whole_group(theme: Theme, first_released: date | None) -> dict[str, Any]:
    """Return a topic as ``group_show`` does, without its datasets and their count."""
    extras = [{"key": "title_en", "value": theme.title.en, "state": "active"}] if theme.title.en else []
    return {
        **group(theme),
        "display_name": str(theme.title) or theme.id,
        "type": "group",
        "image_url": "",
        "created": moment(first_released),
        "is_organization": False,
        "approval_status": "approved",
        "state": "active",
        "extras": extras,
    }


def tag_names(dataset: Dataset) -> list[str]:
    """Return keywords as names of tags: 2 to 100 characters, without what CKAN forbids in them."""
    return _accepted(str(word) for word in dataset.keywords)


def _accepted(words: Iterable[str]) -> list[str]:
    names = (_NOT_IN_TAGS.sub(" ", word).strip()[:_TAG_CHARACTERS_MAX] for word in words)
    return [name for name in dict.fromkeys(names) if len(name) >= 2]


def tag(name: str) -> dict[str, Any]:
    """Return a tag by itself, which belongs to no vocabulary."""
    return {"display_name": name, "id": ckan_id("tag", name), "name": name, "vocabulary_id": None}


def moment(day: date | None) -> str | None:
    """Return the beginning of a day as CKAN writes times: with microseconds and without a zone.

    >>> moment(date(2026, 5, 20))
    '2026-05-20T00:00:00.000000'
    """
    return f"{day.isoformat()}T00:00:00.000000" if day else None
