"""CKAN extras of a dataset: what CKAN has no key of its own for, as text; lists and mappings are JSON.

The elements of the national guide stand there by their keys of the block ``catalogue``, after ``guide_``: other portals
use plain names such as ``format`` or ``location`` for things of their own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.model.catalog import Dataset, Licence, Origin
from portal.model.guide import GuideEntry
from portal.model.limits import JSON_DEPTH_MAX
from portal.model.nesting import nests_deeper
from portal.model.terms import known_licence
from portal.model.text import LocalText
from portal.publishing.formats import catalogue_block
from portal.publishing.formats.json_documents import mappings, stated, text, texts

_GUIDE = "guide_"


@dataclass(frozen=True)
class StatedExtras:
    """What extras tell beyond plain texts; what they do not tell is empty, and CKAN's own keys hold it."""

    keywords: tuple[LocalText, ...]
    licences: tuple[Licence, ...]
    origins: tuple[Origin, ...]
    guide: GuideEntry
    notes_en: str
    is_english: bool
    """Whether the notes are in English, there being none in Chinese."""
    is_undated: bool
    """Whether no day of publishing is stated: another stands in its place."""
    is_timeless: bool
    """The same of the day of the last update."""

    def description(self, notes: str) -> LocalText:
        """Return CKAN's notes with their translation."""
        return LocalText("" if self.is_english else notes, self.notes_en)


def dump_extras(dataset: Dataset, *, tags: Sequence[str], base_url: str) -> list[dict[str, str]]:
    """Return the extras that say something, as ckanext-scheming writes them, with those of ckanext-dcat.

    Keywords are among them where *tags* do not tell them whole, licences where CKAN's one does not.
    """
    guide = catalogue_block.dump_guide(dataset)
    sharing = dataset.sharing
    values = {
        "resource_code": dataset.code,
        "related_codes": _json(guide.pop("related_codes")),
        "publisher_code": dataset.publisher.uscc,
        "publisher_title_en": dataset.publisher.title.en,
        "update_cycle": dataset.update_cycle,
        "sharing_type": sharing.type,
        "sharing_condition": sharing.condition,
        "sharing_basis": sharing.basis,
        "sharing_method": sharing.method,
        "open_state": dataset.open_state,
        "open_condition": dataset.open_condition,
        "planned_on": dataset.planned_on.isoformat() if dataset.planned_on else "",
        "key_areas": _json(dataset.areas),
        "granularity": dataset.granularity,
        "temporal": dataset.temporal,
        "title_en": dataset.title.en,
        "notes_en": dataset.description.en,
        "notes_language": "en" if dataset.description.en and not dataset.description.zh else "",
        "first_published": "" if dataset.published else "unknown",
        "last_updated": "" if dataset.updated else "unknown",
        "homepage": dataset.homepage,
        "keywords": _json(_keywords(dataset, tags)),
        "licenses": _json(_licences(dataset)),
        "sources": _json([stated({"title": item.title, "path": item.url}) for item in dataset.origins]),
        "demonstration": "true" if dataset.is_demonstration else "",
        "superseded_by": dataset.superseded_by,
        "former_names": _json(dataset.former_names),
        "derived_from": _json(dataset.derived_from),
    }
    from portal.publishing.formats.ckan_dcat_extras import dump_dcat_extras  # brings the library of RDF with it

    values |= dump_dcat_extras(dataset, base_url=base_url)
    values |= {f"{_GUIDE}{name}": value if isinstance(value, str) else _json(value) for name, value in guide.items()}
    return [{"key": key, "value": value} for key, value in values.items() if value]


def parse_area(extras: Mapping[str, str]) -> str:
    """Return the area that a dataset states: its code, its words, or what stood under ``spatial`` before.

    >>> parse_area({"spatial_code": "310115", "spatial_text": "上海市浦东新区"}), parse_area({"spatial": "上海市"})
    ('310115', '上海市')
    >>> parse_area({"spatial": '{"type": "Point", "coordinates": [121.5, 31.2]}'})
    ''
    """
    stated = extras.get("spatial_code") or extras.get("spatial_text")
    former = extras.get("spatial", "")
    return stated or ("" if former.lstrip().startswith("{") else former)


def parse_extras(extras: Mapping[str, str]) -> StatedExtras:
    """Return what `dump_extras` wrote; whatever is not of the wanted kind is passed over.

    >>> parse_extras({"guide_category": '{"class": "base"}', "guide_items": "[[[", "format": "CSV"}).guide.category
    Category(class_id='base', item='', directory='', subdirectory='')
    """
    block: dict[str, Any] = {key.removeprefix(_GUIDE): value for key, value in extras.items() if key.startswith(_GUIDE)}
    block |= {name: _parsed(block[name]) for name in _STRUCTURED if name in block}
    block["related_codes"] = _parsed(extras.get("related_codes", ""))
    return StatedExtras(
        keywords=tuple(
            LocalText(text(item.get("zh")), text(item.get("en")))
            for item in mappings(_parsed(extras.get("keywords", "")))
        ),
        licences=tuple(_licence(item) for item in mappings(_parsed(extras.get("licenses", "")))),
        origins=tuple(
            Origin(text(item.get("title")), text(item.get("path")))
            for item in mappings(_parsed(extras.get("sources", "")))
        ),
        guide=catalogue_block.parse_guide(block),
        notes_en=extras.get("notes_en", ""),
        is_english=extras.get("notes_language") == "en",
        is_undated=extras.get("first_published") == "unknown",
        is_timeless=extras.get("last_updated") == "unknown",
    )


def listed(value: str) -> tuple[str, ...]:
    """Return the texts of an extra that is a list in JSON; nothing for any other.

    >>> listed('["a", 1, ""]'), listed("[")
    (('a',), ())
    """
    return texts(_parsed(value))


_STRUCTURED = ("category", "format", "items", "systems", "volume")
"""Elements of the guide that are JSON."""


def _keywords(dataset: Dataset, tags: Sequence[str]) -> list[dict[str, str]]:
    words = dataset.keywords
    if len(tags) == len(words) and all(not word.en and word.zh == tag for word, tag in zip(words, tags, strict=True)):
        return []
    return [stated({"zh": word.zh, "en": word.en}) for word in words]


def _licences(dataset: Dataset) -> list[dict[str, Any]]:
    """Return the licences where CKAN's keys do not tell them: several, or one that CKAN does not know by an id."""
    licences = dataset.licences
    known = known_licence(licences[0].name) if len(licences) == 1 else None
    if not licences or (known and known_licence(known.ckan_id) == known and known.as_licence() == licences[0]):
        return []
    return [
        stated({"name": item.name, "title": item.title.zh, "title_en": item.title.en, "path": item.url})
        for item in licences
    ]


def _licence(entry: Mapping[str, Any]) -> Licence:
    titles = LocalText(text(entry.get("title")), text(entry.get("title_en")))
    return Licence(text(entry.get("name")), titles, text(entry.get("path")))


def _json(value: Sequence[Any] | Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""


def _parsed(value: Any) -> Any:
    if isinstance(value, str) and nests_deeper(value, JSON_DEPTH_MAX):
        return None
    try:
        return json.loads(value) if value else None
    except ValueError:
        return None
