"""``catalogue:`` of datapackage.yaml read: category, format, items, sharing (共享) of the national guide.

The block becomes the elements of `portal.model.guide`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from portal.examining.reading.descriptors.catalogue_keys import PARTS_OF_KEYS
from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping, as_text, as_texts
from portal.model.catalog import Resource, Sharing
from portal.model.guide import (
    CATEGORY_CLASSES,
    CATEGORY_DIGITS,
    FORMAT_CLASSES,
    VOLUME_FIELDS,
    Category,
    DataFormat,
    GuideEntry,
    Item,
    Volume,
    data_type_letter,
    guide_data_type,
    term_id,
)
from portal.model.terms import SHARING_TYPES


def read_guide_entry(catalogue: Mapping[str, Any], resources: Iterable[Resource]) -> GuideEntry:
    """Return the guide's elements; what is stated in no usable way is kept as text, so that a check can name it."""
    format_ = as_mapping(catalogue.get("format"))
    volume = as_mapping(catalogue.get("volume"))
    return GuideEntry(
        category=_category(as_mapping(catalogue.get("category")), as_text(catalogue.get("code"))),
        data_format=DataFormat(
            class_id=_term(format_.get("class"), FORMAT_CLASSES),
            type=as_text(format_.get("type")),
            other=as_text(format_.get("other")),
        ),
        items=tuple(_items(as_list(catalogue.get("items")))) or tuple(_columns(resources)),
        related_codes=as_texts(catalogue.get("related_codes")),
        provider_unit=as_text(catalogue.get("provider_unit")),
        secrecy=as_text(catalogue.get("secrecy")),
        systems=as_texts(catalogue.get("systems")),
        network=as_text(catalogue.get("network")),
        location=as_text(catalogue.get("location")),
        responsible=as_text(catalogue.get("responsible")),
        phone=as_text(catalogue.get("phone")),
        ownership=as_text(catalogue.get("ownership")),
        online_url=as_text(catalogue.get("online_url")),
        volume=Volume(**{name: as_text(volume.get(name)) for name in VOLUME_FIELDS}),
    )


def read_sharing(stated: object) -> Sharing:
    """Return the sharing class (共享属性); a package that says nothing about it, {}, is shared without condition.

    What is not understood is not shared: a mapping without a type counts as silent only where all its keys are known.

    >>> [read_sharing(value).type for value in ({}, {"type": "不予共享"}, {"typ": "none"}, "conditional", None)]
    ['unconditional', 'none', 'none', 'conditional', 'none']
    """
    if not isinstance(stated, Mapping):
        return Sharing(_term(stated, SHARING_TYPES) or "none")
    is_silent = "type" not in stated and PARTS_OF_KEYS["sharing"].issuperset(stated)
    return Sharing(
        type=_term(stated.get("type"), SHARING_TYPES) or ("unconditional" if is_silent else "none"),
        condition=as_text(stated.get("condition")),
        basis=as_text(stated.get("basis")),
        method=as_text(stated.get("method")),
    )


def _category(stated: Mapping[str, Any], code: str) -> Category:
    """Return the category as it is stated, else as far as the resource code tells it."""
    if stated:
        return Category(
            class_id=_term(stated.get("class"), CATEGORY_CLASSES),
            item=as_text(stated.get("item")),
            directory=as_text(stated.get("dir")),
            subdirectory=as_text(stated.get("subdir")),
        )
    front = code.split("/", 1)[0]
    class_id = next((name for name, digit in CATEGORY_DIGITS.items() if front[:1] == digit), "")
    return Category(class_id, front[1:3], front[3:6], front[6:]) if class_id else Category()


def _term(value: object, terms: dict[str, Any]) -> str:
    text = as_text(value)
    return term_id(text, terms) or text


def _items(entries: list[Any]) -> Iterator[Item]:
    for entry in entries:
        item = as_mapping(entry) or {"name": entry}
        name = as_text(item.get("name"))
        length = item.get("length")
        if name:
            stated = as_text(item.get("data_type"))
            yield Item(
                name=name,
                name_en=as_text(item.get("name_en")),
                data_type=data_type_letter(stated) or stated,
                length=length if isinstance(length, int) and not isinstance(length, bool) else None,
            )


def _columns(resources: Iterable[Resource]) -> Iterator[Item]:
    """Yield the columns of the tables as items, each name once."""
    seen = set()
    for resource in resources:
        for field in resource.schema.fields:
            if field.name not in seen:
                seen.add(field.name)
                yield Item(
                    name=field.title.zh or field.name,
                    name_en=field.title.en if field.title.en != field.title.zh else "",
                    data_type=guide_data_type(field.type),
                )
