"""Rules on metadata of 《政务信息资源目录编制指南》: core elements, category, format, items, sharing, volumes.

The guide (试行) is 发改高技〔2017〕1272号; its elements and how they fit on one dataset. A rule speaks about what is
stated. What is missing is one remark for all elements together, and only where the description follows the guide at
all; a portal with ``profile: national`` asks every dataset for every element. Codes stand in `resource_code_rules`,
departments in `department_rules`, beside this file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping, as_text
from portal.examining.validation.metadata.rule import Facts, Rule, catalogue_of, find, is_stated, joined, with_codes
from portal.findings.details import listed
from portal.findings.finding import Finding
from portal.findings.words import said
from portal.model.catalog import Dataset
from portal.model.guide import (
    CATEGORY_CLASSES,
    CATEGORY_ITEMS,
    DATA_TYPES,
    FORMAT_CLASSES,
    FORMAT_TYPES,
    SHARING_METHOD_CLASSES,
    SHARING_METHOD_TYPES,
    VOLUME_FIELDS,
    term_id,
)
from portal.model.known_formats import MEDIA_TYPES, names_of
from portal.model.terms import NO_CONDITION, NOT_SECRET, names_secrecy_level, names_secret_network
from portal.model.text import LocalText

TITLE_CHARACTERS_MAX = 50
"""A longer title is told; so catalogue software in use has it, the guide gives no number."""
ABSTRACT_CHARACTERS_MAX = 256
"""A longer abstract is told; so catalogue software in use has it, the guide gives no number."""

GUIDE_KEYS = frozenset("code category format items related_codes provider_unit secrecy volume".split())
"""Keys that nobody states who does not follow the guide."""

_FOR_PEOPLE = names_of(lambda item: item.is_for_people)
"""Formats that people read and programs do not: text and pictures without structure."""

_STRUCTURED = frozenset(["database", "spreadsheet"])
_FIGURE = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?")
_WHOLES = (
    ("shared_storage_gb", "storage_gb"),
    ("open_storage_gb", "storage_gb"),
    ("shared_records_10k", "records_10k"),
    ("open_records_10k", "records_10k"),
)

_CATEGORY = LocalText("信息资源分类", "category")
_CODE = LocalText("信息资源代码", "resource code")
_USCC = LocalText("信息资源提供方代码", "code of the publisher")
_FORMAT = LocalText("信息资源格式", "format")
_ITEMS = LocalText("信息项信息", "information items")
_SHARING = LocalText("共享类型", "sharing type")
_METHOD = LocalText("共享方式", "sharing method")
_OPEN = LocalText("是否向社会开放", "openness")
_CYCLE = LocalText("更新周期", "update cycle")
_PUBLISHED = LocalText("发布日期", "date of publication")


def core_elements_stated(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """The core elements are there; title, abstract and publisher have findings of their own."""
    if not facts.is_national and GUIDE_KEYS.isdisjoint(catalogue_of(dataset)):
        return
    missing = list(_missing(dataset, facts.is_national))
    if facts.is_national:
        for field, title in missing:
            yield find(dataset, "core-elements-missing", severity="error", field=field, elements=title)
    elif missing:
        elements = listed(title for _, title in missing)
        yield find(dataset, "core-elements-missing", elements=elements)


def _missing(dataset: Dataset, is_national: bool) -> Iterator[tuple[str, LocalText]]:
    """Yield the core elements that are not stated and do not follow from what is.

    The category follows from the code, the format from the files, the items from the columns. Who is no department
    (has no *kind*) is asked for its code in a national portal only.
    """
    catalogue, guide, publisher = catalogue_of(dataset), dataset.guide, dataset.publisher
    if not guide.category.class_id:
        yield "catalogue.category", _CATEGORY
    if not dataset.code:
        yield "catalogue.code", _CODE
    if publisher.is_listed and not publisher.uscc and (is_national or publisher.kind):
        yield "catalogue.publisher", _USCC
    if not guide.data_format.class_id and not dataset.resources:
        yield "catalogue.format", _FORMAT
    has_columns = guide.data_format.class_id in _STRUCTURED or any(item.kind == "table" for item in dataset.resources)
    if has_columns and not guide.items:
        yield "catalogue.items", _ITEMS
    if not is_stated(catalogue.get("sharing")):
        yield "catalogue.sharing.type", _SHARING
    elif dataset.sharing.type != "none" and not dataset.sharing.method:
        yield "catalogue.sharing.method", _METHOD
    if not is_stated(catalogue.get("open")) and not is_stated(catalogue.get("planned")):
        yield "catalogue.open.is_open", _OPEN
    if not dataset.update_cycle:
        yield "catalogue.update_cycle", _CYCLE
    if not is_stated(catalogue.get("published")):
        yield "catalogue.published", _PUBLISHED


def category_in_the_lists(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """类 and 项 stand in the guide's lists; 目 has three digits, 细目 digits and letters."""
    stated = catalogue_of(dataset).get("category")
    if not isinstance(stated, Mapping):
        return
    category = dataset.guide.category
    items = CATEGORY_ITEMS.get(category.class_id)
    if items is None:
        if is_stated(stated.get("class")):
            yield _unknown(dataset, "catalogue.category.class", stated["class"], CATEGORY_CLASSES)
        return
    if is_stated(stated.get("item")) and category.item not in items:
        yield _unknown(dataset, "catalogue.category.item", stated["item"], {f'"{key}"': items[key] for key in items})
    for key, value, pattern, reason in (
        (
            "dir",
            category.directory,
            r"[0-9]{3}",
            LocalText("应为三位数字，加引号", "it should be three digits, in quotes"),
        ),
        (
            "subdir",
            category.subdirectory,
            r"[0-9A-Za-z]+",
            LocalText("应为数字和字母", "it should be digits and letters"),
        ),
    ):
        if is_stated(stated.get(key)) and not re.fullmatch(pattern, value):
            yield find(dataset, "value-type", field=f"catalogue.category.{key}", value=stated[key], reason=reason)


def format_described(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """格式分类 stands in the list; 格式类型 too, or it is a format everybody knows, or it is described."""
    stated = catalogue_of(dataset).get("format")
    if not isinstance(stated, Mapping):
        return
    format_ = dataset.guide.data_format
    if format_.class_id not in FORMAT_CLASSES:
        if is_stated(stated.get("class")):
            yield _unknown(dataset, "catalogue.format.class", stated["class"], FORMAT_CLASSES)
        return
    types = FORMAT_TYPES.get(format_.class_id, ())
    name = format_.type.lower()
    is_known = name in MEDIA_TYPES or any(name == item.lower() for item in types)
    if not format_.other and not is_known and (format_.type or not types):
        class_ = FORMAT_CLASSES[format_.class_id]
        allowed = ", ".join(types) or "—"
        yield find(
            dataset, "format-undescribed", field="catalogue.format", value=format_.type, kind=class_, allowed=allowed
        )


def items_sound(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """Information items have names of their own, and, where stated, a data type of the guide and a length in bytes."""
    stated = as_list(catalogue_of(dataset).get("items"))
    if not stated:
        return
    field = "catalogue.items"
    names = [as_text(as_mapping(entry).get("name") if isinstance(entry, Mapping) else entry) for entry in stated]
    if not all(names):
        number = names.index("") + 1
        reason = LocalText(f"第 {number} 项没有名称（name）", f"item {number} has no name")
        yield find(dataset, "value-type", field=field, reason=reason)
    twice = [name for name, count in Counter(names).items() if name and count > 1]
    if twice:
        yield find(dataset, "item-duplicate", field=field, names=joined(twice))
    unknown = dict.fromkeys(
        item.data_type for item in dataset.guide.items if item.data_type and item.data_type not in DATA_TYPES
    )
    if unknown:
        allowed = with_codes(DATA_TYPES)
        yield find(
            dataset,
            "value-unknown",
            field=f"{field}.data_type",
            value=said(joined(list(unknown)), "zh"),
            allowed=allowed,
        )
    lengths = (entry.get("length") for entry in stated if isinstance(entry, Mapping))
    wrong = next((value for value in lengths if is_stated(value) and not _is_length(value)), None)
    if wrong is not None:
        reason = LocalText("长度应是字节数，例如 20", "a length is a number of bytes, e.g. 20")
        yield find(dataset, "value-type", field=f"{field}.length", value=wrong, reason=reason)


def _is_length(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def sharing_explained(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """不予共享 needs the law, regulation or policy that is its ground, 有条件共享 its condition (国发〔2016〕51号)."""
    sharing = dataset.sharing
    if sharing.type == "none" and not sharing.basis:
        yield find(dataset, "sharing-basis-missing", field="catalogue.sharing.basis")
    if sharing.type == "conditional" and sharing.condition.lower() in NO_CONDITION:
        yield find(dataset, "sharing-condition-missing", field="catalogue.sharing.condition")


def method_in_the_lists(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """共享方式 is 分类/类型, e.g. ``platform/file``; what is not shared has none."""
    sharing, field = dataset.sharing, "catalogue.sharing.method"
    if not sharing.method:
        return
    if sharing.type == "none":
        yield find(dataset, "sharing-method-needless", field=field, value=sharing.method)
        return
    kind, _, type_ = sharing.method.partition("/")
    class_id = term_id(kind, SHARING_METHOD_CLASSES)
    if not class_id:
        yield _unknown(dataset, field, sharing.method, SHARING_METHOD_CLASSES)
    elif not term_id(type_, SHARING_METHOD_TYPES) and (type_ or class_id == "platform"):
        allowed = {f"{class_id}/{key}": title for key, title in SHARING_METHOD_TYPES.items()}
        yield _unknown(dataset, field, sharing.method, allowed)


def machine_readable(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """What is marked as open has a file that programs can read; a record of data elsewhere has its address.

    Source: 国办发〔2017〕39号 asks for 原始性、可机器读取、可供社会化再利用.
    """
    if dataset.open_state != "open" or not is_stated(catalogue_of(dataset).get("open")):
        return
    formats = {item.format.lower() for item in dataset.resources}
    if formats <= _FOR_PEOPLE and not (dataset.guide.online_url and not formats):
        shown = ", ".join(sorted(formats)) or LocalText("无", "none")
        yield find(dataset, "machine-readable-missing", field="resources", formats=shown)


def days_have_come(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """Nothing was published or updated after today; what is to come stands under ``planned``."""
    for key, day in (("published", dataset.published), ("updated", dataset.updated)):
        if facts.today and day and day > facts.today and is_stated(catalogue_of(dataset).get(key)):
            yield find(dataset, "day-to-come", field=f"catalogue.{key}", value=day.isoformat())


def not_secret(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """A portal holds 非涉密 resources only: a record that says anything else is refused, in whatever edition.

    So is one whose review names a level of secrecy, whether or not the portal requires reviews, and one that is kept in
    a network for secrets.
    """
    stated = catalogue_of(dataset).get("secrecy")
    if is_stated(stated) and not (isinstance(stated, str) and stated.strip() in NOT_SECRET):
        yield find(dataset, "secrecy-stated", field="catalogue.secrecy")
    reviewed = as_text(as_mapping(catalogue_of(dataset).get("review")).get("secrecy")).strip()
    if reviewed not in NOT_SECRET and names_secrecy_level(reviewed):
        yield find(dataset, "secrecy-stated", field="catalogue.review.secrecy")
    if names_secret_network(str(catalogue_of(dataset).get("network", ""))):
        yield find(dataset, "network-secret", field="catalogue.network")


def volumes_sound(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """The figures of the census are plain numbers without a unit, and no part is more than its whole."""
    stated = catalogue_of(dataset).get("volume")
    if not isinstance(stated, Mapping):
        return
    figures = {}
    for name in VOLUME_FIELDS:
        text = as_text(stated.get(name))
        if _FIGURE.fullmatch(text):
            figures[name] = Decimal(text)
        elif is_stated(stated.get(name)):
            reason = LocalText(
                "应是不带单位的非负数，例如 0.5", "it should be a number without a unit, 0 or more, e.g. 0.5"
            )
            yield find(dataset, "value-type", field=f"catalogue.volume.{name}", value=stated[name], reason=reason)
    for part, whole in _WHOLES:
        if part in figures and whole in figures and figures[part] > figures[whole]:
            yield find(
                dataset,
                "volume-exceeds",
                field=f"catalogue.volume.{part}",
                value=figures[part],
                whole=f"catalogue.volume.{whole}",
                total=figures[whole],
            )


def lengths_as_in_use(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """Where records go on to national catalogues, their software cuts long titles and abstracts."""
    if not facts.is_national:
        return
    for code, field, text, most in (
        ("title-long", "title", dataset.title.zh, TITLE_CHARACTERS_MAX),
        ("description-long", "description", dataset.description.zh, ABSTRACT_CHARACTERS_MAX),
    ):
        if len(text) > most:
            yield find(dataset, code, field=field, number=len(text), most=most)


def _unknown(dataset: Dataset, field: str, value: object, allowed: Mapping[str, LocalText]) -> Finding:
    """Say that a value is not in its list, with the list."""
    return find(dataset, "value-unknown", field=field, value=value, allowed=with_codes(allowed))


GUIDE_RULES: tuple[Rule, ...] = (
    not_secret,
    core_elements_stated,
    category_in_the_lists,
    format_described,
    items_sound,
    sharing_explained,
    method_in_the_lists,
    machine_readable,
    days_have_come,
    volumes_sound,
    lengths_as_in_use,
)
