"""``catalogue`` in datapackage.json, written and parsed: openness, sharing, elements of the national guide.

The block holds what else a data package lacks. Its keys are those that `portal.examining.reading` reads, so what is
written here can be read again as a publisher's descriptor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from portal.model.catalog import Dataset, OpenState, Sharing, Theme
from portal.model.guide import VOLUME_FIELDS, Category, DataFormat, GuideEntry, Item, Volume
from portal.model.terms import NO_CONDITION, THEMES
from portal.model.text import LocalText
from portal.publishing.formats.json_documents import day, mapping, stated, text, texts

_THEMES = {theme.id: theme for theme in THEMES}
_NO_VOLUME = Volume()
_GUIDE_TEXTS = "provider_unit secrecy network location responsible phone ownership online_url".split()


def dump(dataset: Dataset) -> dict[str, Any]:
    """Return the block; what is not stated has no key."""
    guide, sharing = dump_guide(dataset), dataset.sharing
    block = {
        "publisher": dataset.publisher.id,
        "code": dataset.code,
        "category": guide.pop("category"),
        "format": guide.pop("format"),
        "items": guide.pop("items"),
        "themes": [theme.id for theme in dataset.themes],
        "areas": list(dataset.areas),
        "sharing": stated(asdict(sharing)),
        "open": _opening(dataset),
        "planned": _planned(dataset),
        "update_cycle": dataset.update_cycle,
        "granularity": dataset.granularity,
        "published": _day(dataset.published),
        "updated": _day(dataset.updated),
        "spatial": dataset.spatial,
        "temporal": dataset.temporal,
        **guide,
        "demonstration": dataset.is_demonstration or None,
        "superseded_by": dataset.superseded_by,
        "former_names": list(dataset.former_names),
        "derived_from": list(dataset.derived_from),
    }
    return stated(block)


def dump_guide(dataset: Dataset) -> dict[str, Any]:
    """Return the keys of the block that tell a dataset's `GuideEntry`, empty ones too."""
    guide = dataset.guide
    category, format_ = guide.category, guide.data_format
    return {
        "category": stated(
            {
                "class": category.class_id,
                "item": category.item,
                "dir": category.directory,
                "subdir": category.subdirectory,
            }
        ),
        "format": stated({"class": format_.class_id, "type": format_.type, "other": format_.other}),
        "items": [_item_entry(item) for item in guide.items],
        "related_codes": list(guide.related_codes),
        "systems": list(guide.systems),
        **{name: getattr(guide, name) for name in _GUIDE_TEXTS},
        "volume": stated(asdict(guide.volume)) if guide.volume != _NO_VOLUME else {},
    }


def parse(block: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keywords of a `Dataset` that the block holds; the publisher is the descriptor's to tell.

    Whatever is not of the wanted kind is passed over. Raises nothing.

    >>> parse({"code": "307/1", "published": "2026-01-15", "open": {"is_open": False}})["open_state"]
    'closed'
    """
    sharing, planned = mapping(block.get("sharing")), block.get("planned")
    opening = mapping(block.get("open"))
    return {
        "themes": tuple(_THEMES.get(id_) or Theme(id_, LocalText(id_)) for id_ in texts(block.get("themes"))),
        "areas": texts(block.get("areas")),
        "sharing": Sharing(
            type=text(sharing.get("type")) or "unconditional",
            condition=text(sharing.get("condition")),
            basis=text(sharing.get("basis")),
            method=text(sharing.get("method")),
        ),
        "open_state": _open_state(block.get("open"), planned),
        "open_condition": text(opening.get("condition")),
        "planned_on": day(mapping(planned).get("on")),
        "guide": parse_guide(block),
        "code": text(block.get("code")),
        "update_cycle": text(block.get("update_cycle")),
        "granularity": text(block.get("granularity")),
        "published": day(block.get("published")),
        "updated": day(block.get("updated")),
        "spatial": text(block.get("spatial")),
        "temporal": text(block.get("temporal")),
        "is_demonstration": block.get("demonstration") is True,
        "superseded_by": text(block.get("superseded_by")),
        "former_names": texts(block.get("former_names")),
        "derived_from": texts(block.get("derived_from")),
    }


def _opening(dataset: Dataset) -> dict[str, Any]:
    is_open = dataset.open_state in ("open", "conditional")
    return {"is_open": is_open, **({"condition": dataset.open_condition} if dataset.open_condition else {})}


def _planned(dataset: Dataset) -> Any:
    if dataset.open_state != "planned":
        return None
    return {"on": dataset.planned_on.isoformat()} if dataset.planned_on else True


def _open_state(opening: Any, planned: Any) -> OpenState:
    """Return how open a dataset is; what is not understood is not open."""
    if planned not in (None, False):
        return "planned"
    if opening is None:
        return "open"
    if mapping(opening).get("is_open") is not True:
        return "closed"
    condition = text(mapping(opening).get("condition")).strip().lower()
    return "open" if condition in NO_CONDITION else "conditional"


def parse_guide(block: Mapping[str, Any]) -> GuideEntry:
    """Return what `dump_guide` wrote; whatever is not of the wanted kind is passed over."""
    category, format_ = mapping(block.get("category")), mapping(block.get("format"))
    volume, items = mapping(block.get("volume")), block.get("items")
    return GuideEntry(
        category=Category(*(text(category.get(name)) for name in ("class", "item", "dir", "subdir"))),
        data_format=DataFormat(*(text(format_.get(name)) for name in ("class", "type", "other"))),
        items=tuple(_item(mapping(item)) for item in items) if isinstance(items, list) else (),
        related_codes=texts(block.get("related_codes")),
        systems=texts(block.get("systems")),
        volume=Volume(**{name: text(volume.get(name)) for name in VOLUME_FIELDS}),
        **{name: text(block.get(name)) for name in _GUIDE_TEXTS},
    )


def _item_entry(item: Item) -> dict[str, Any]:
    return stated(
        {"name": item.name, "name_en": item.name_en, "data_type": item.data_type, "length": item.length},
    )


def _item(item: Mapping[str, Any]) -> Item:
    length = item.get("length")
    return Item(
        name=text(item.get("name")),
        name_en=text(item.get("name_en")),
        data_type=text(item.get("data_type")),
        length=length if isinstance(length, int) and not isinstance(length, bool) else None,
    )


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
