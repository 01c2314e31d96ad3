"""A record as an entry (datapackage.yaml without files) and back; the entry's name in pinyin.

Where each field of a record stands in a descriptor is said once, in `LEAVES`.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from portal.examining.reading.descriptors.dataset_names import NAME_CHARACTERS_MAX, propose_name
from portal.incoming.records.record import CatalogueRecord, value_text, values_of
from portal.model.catalog import Dataset
from portal.model.guide import (
    FORMAT_CLASSES,
    SHARING_METHOD_CLASSES,
    SHARING_METHOD_TYPES,
    VOLUME_FIELDS,
    Category,
    DataFormat,
    Item,
    format_of_files,
    term_id,
)
from portal.model.terms import SHARING_TYPES, UPDATE_CYCLES

Leaf = tuple[str, ...]
"""The keys that lead to a value of a descriptor."""

LEAVES: Mapping[str, Leaf] = {
    "title": ("title",),
    "title_en": ("translations", "en", "title"),
    "abstract": ("description",),
    "keywords": ("keywords",),
    "licence": ("licenses",),
    "origin_title": ("sources",),
    "origin_url": ("sources",),
    "code": ("catalogue", "code"),
    "category": ("catalogue", "category"),
    "themes": ("catalogue", "themes"),
    "areas": ("catalogue", "areas"),
    "format_class": ("catalogue", "format", "class"),
    "format_type": ("catalogue", "format", "type"),
    "format_other": ("catalogue", "format", "other"),
    "items": ("catalogue", "items"),
    "share_type": ("catalogue", "sharing", "type"),
    "share_condition": ("catalogue", "sharing", "condition"),
    "share_basis": ("catalogue", "sharing", "basis"),
    "share_method_class": ("catalogue", "sharing", "method"),
    "share_method_type": ("catalogue", "sharing", "method"),
    "is_open": ("catalogue", "open", "is_open"),
    "open_condition": ("catalogue", "open", "condition"),
    "planned_on": ("catalogue", "planned", "on"),
    "update_cycle": ("catalogue", "update_cycle"),
    "published": ("catalogue", "published"),
    "updated": ("catalogue", "updated"),
    "related_codes": ("catalogue", "related_codes"),
    "spatial": ("catalogue", "spatial"),
    "temporal": ("catalogue", "temporal"),
    "provider_unit": ("catalogue", "provider_unit"),
    "secrecy": ("catalogue", "secrecy"),
    "systems": ("catalogue", "systems"),
    "network": ("catalogue", "network"),
    "location": ("catalogue", "location"),
    "responsible": ("catalogue", "responsible"),
    "phone": ("catalogue", "phone"),
    "ownership": ("catalogue", "ownership"),
    "online_url": ("catalogue", "online_url"),
    **{name: ("catalogue", "volume", name) for name in VOLUME_FIELDS},
}
"""Where the value of each field stands in a descriptor, in the order in which a new one is written."""

FORMAT_FIELDS = ("format_class", "format_type", "format_other")
FOLLOW_FROM_FILES = frozenset((*FORMAT_FIELDS, "items"))
"""What a dataset with files need not state: it has what its files have."""


def descriptor_of(record: CatalogueRecord, name: str = "") -> dict[str, Any]:
    """Return the descriptor of an entry: a Data Package without resources; what is not stated is left out.

    The department is its id in publishers.yaml, or its name where that is not known.

    >>> descriptor_of(CatalogueRecord("学校", publisher="education", is_open=False), "xue-xiao")
    {'name': 'xue-xiao', 'title': '学校', 'catalogue': {'publisher': 'education', 'open': {'is_open': False}}, \
'resources': []}
    """
    values = values_of(record)
    descriptor: dict[str, Any] = {"name": name or propose_name(record.title)}
    catalogue: dict[str, Any] = {}
    department = record.publisher or record.provider
    if department:
        catalogue["publisher"] = department
    for field, path in LEAVES.items():
        if field not in values:
            continue
        holder = catalogue if path[0] == "catalogue" else descriptor
        for key in path[1:-1] if path[0] == "catalogue" else path[:-1]:
            holder = holder.setdefault(key, {})
        holder[path[-1]] = _leaf(record, values, path)
    return {**descriptor, "catalogue": catalogue, "resources": []}


def leaf_value(record: CatalogueRecord, path: Leaf) -> Any:
    """Return what stands at *path* in the descriptor of *record*, None where nothing does.

    >>> record = CatalogueRecord(share_method_class="platform", share_method_type="file")
    >>> leaf_value(record, LEAVES["share_method_type"])
    'platform/file'
    """
    return _leaf(record, values_of(record), path)


def _leaf(record: CatalogueRecord, values: Mapping[str, Any], path: Leaf) -> Any:
    key = path[-1]
    if key == "method":
        return "/".join(filter(None, (record.share_method_class, record.share_method_type))) or None
    if key == "sources":
        source = {"title": record.origin_title or record.origin_url, "path": record.origin_url}
        return [{name: text for name, text in source.items() if text}] if source["title"] else None
    if key == "licenses":
        return [{"name": record.licence}] if record.licence else None
    value = values.get(_FIELD_AT[path])
    if isinstance(value, Category):
        parts = zip(("class", "item", "dir", "subdir"), _category_parts(value), strict=True)
        return {name: text for name, text in parts if text}
    if isinstance(value, tuple):
        return [_item_entry(item) if isinstance(item, Item) else item for item in value]
    return value


def _category_parts(category: Category) -> tuple[str, str, str, str]:
    return category.class_id, category.item, category.directory, category.subdirectory


def _item_entry(item: Item) -> dict[str, Any]:
    entry = {"name": item.name, "name_en": item.name_en, "data_type": item.data_type, "length": item.length}
    return {key: value for key, value in entry.items() if value not in ("", None)}


_FIELD_AT = {path: field for field, path in LEAVES.items()}


def record_of(dataset: Dataset) -> CatalogueRecord:
    """Return what the catalogue says of *dataset* as a record, ids and spellings made plain.

    What the portal assumes where nothing is stated stands there too, and the format of the files: the census asks every
    department for it.
    """
    guide = dataset.guide
    data_format = guide.data_format
    if data_format == DataFormat():
        data_format = format_of_files(item.format for item in dataset.resources)
    method_class, _, method_type = dataset.sharing.method.partition("/")
    origin = dataset.origins[0] if dataset.origins else None
    stated = dataset.catalogue
    return CatalogueRecord(
        title=dataset.title.zh,
        title_en=dataset.title.en,
        provider=dataset.publisher.title.zh,
        publisher=dataset.publisher.id if dataset.publisher.is_listed else "",
        provider_uscc=dataset.publisher.uscc,
        provider_unit=guide.provider_unit,
        code=dataset.code,
        category=guide.category if "category" in stated else Category(),
        abstract=dataset.description.zh,
        systems=guide.systems,
        format_class=_id(data_format.class_id, FORMAT_CLASSES),
        format_type=data_format.type,
        format_other=data_format.other,
        volume=guide.volume,
        items=guide.items,
        share_type=_id(dataset.sharing.type, SHARING_TYPES),
        share_condition=dataset.sharing.condition,
        share_basis=dataset.sharing.basis,
        share_method_class=_id(method_class, SHARING_METHOD_CLASSES),
        share_method_type=_id(method_type, SHARING_METHOD_TYPES),
        is_open=dataset.open_state in ("open", "conditional"),
        open_condition=dataset.open_condition,
        planned_on=dataset.planned_on.isoformat() if dataset.planned_on else "",
        update_cycle=_id(dataset.update_cycle, UPDATE_CYCLES),
        published=dataset.published.isoformat() if dataset.published else "",
        updated=dataset.updated.isoformat() if "updated" in stated and dataset.updated else "",
        related_codes=guide.related_codes,
        keywords=tuple(word.zh for word in dataset.keywords),
        themes=tuple(theme.id for theme in dataset.themes),
        areas=dataset.areas,
        spatial=dataset.spatial,
        temporal=dataset.temporal,
        licence=dataset.licences[0].name if dataset.licences else "",
        secrecy=guide.secrecy,
        network=guide.network,
        location=guide.location,
        responsible=guide.responsible,
        phone=guide.phone,
        ownership=guide.ownership,
        online_url=guide.online_url,
        origin_title=origin.title if origin else "",
        origin_url=origin.url if origin else "",
    )


def _id(text: str, terms: Any) -> str:
    return term_id(text, terms) or text


def entry_name(record: CatalogueRecord, taken: Container[str]) -> str:
    """Return a name for the entry of *record* that is not *taken*: its title in pinyin.

    Where two departments have a resource of one title, the department stands behind it.

    >>> entry_name(CatalogueRecord("学校", publisher="education"), {"xue-xiao"})
    'xue-xiao-education'
    """
    base = propose_name(record.title)
    department = record.publisher or propose_name(record.provider, "unknown")
    name, number = base, 1
    while name in taken:
        suffix = f"-{department}" if number == 1 else f"-{department}-{number}"
        name = base[: NAME_CHARACTERS_MAX - len(suffix)].rstrip("-._") + suffix
        number += 1
    return name


def shown_value(field: str, record: CatalogueRecord) -> str:
    """Return the value of a field as findings show it.

    >>> shown_value("share_type", CatalogueRecord(share_type="none"))
    '不予共享'
    """
    value = values_of(record).get(field)
    terms = CLOSED_LISTS.get(field)
    title = terms.get(value) if terms and isinstance(value, str) else None
    return title.zh if title else value_text(value)


CLOSED_LISTS = {
    "format_class": FORMAT_CLASSES,
    "share_type": SHARING_TYPES,
    "share_method_class": SHARING_METHOD_CLASSES,
    "share_method_type": SHARING_METHOD_TYPES,
    "update_cycle": UPDATE_CYCLES,
}
"""The fields whose values are ids of a closed list."""
