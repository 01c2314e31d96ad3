"""A record of the catalogue: the thirteen core elements, volumes, and the cell where each stood.

A record is as a department hands it in. Workbooks of the census, listings of other portals and the portal's own entries
all become this, and are compared and merged as this. Values of closed lists are ids of `portal.model.guide` and
`portal.model.terms`; what is in no list stays the text it was, so that a check can name it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from portal.model.guide import DATA_TYPES, VOLUME_FIELDS, Category, Item, Volume
from portal.model.text import LocalText, clauses

Cell = tuple[int, int]
"""Row and column of a sheet, both from 1."""


@dataclass(frozen=True)
class Place:
    """Where something stood: a file, a sheet of it ("" where it has none), row and column from 1."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: int | None = None

    @property
    def name(self) -> str:
        """The file as findings name it: with its sheet behind ``#``.

        >>> Place("教育局.xlsx", "大普查", 3).name
        '教育局.xlsx#大普查'
        """
        return f"{self.file}#{self.sheet}" if self.sheet else self.file


@dataclass(frozen=True)
class CatalogueRecord:
    """One information resource (信息资源). All that is text is "" where nothing is stated."""

    title: str = ""
    provider: str = ""
    """The name of the department as it stands there (信息资源提供方)."""
    publisher: str = ""
    """The id of the department in publishers.yaml; "" where none was found."""
    code: str = ""
    title_en: str = ""
    provider_unit: str = ""
    provider_uscc: str = ""
    abstract: str = ""
    category: Category = Category()
    """As stated; what the code tells needs not stand here."""
    systems: tuple[str, ...] = ()
    format_class: str = ""
    format_type: str = ""
    format_other: str = ""
    volume: Volume = Volume()
    items: tuple[Item, ...] = ()
    share_type: str = ""
    share_condition: str = ""
    share_basis: str = ""
    share_method_class: str = ""
    share_method_type: str = ""
    is_open: bool | None = None
    """Whether it is open to the public (是否向社会开放); None where nothing is stated."""
    open_condition: str = ""
    planned_on: str = ""
    """The day on which it is to be opened, ``YYYY-MM-DD``."""
    update_cycle: str = ""
    published: str = ""
    updated: str = ""
    related_codes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    spatial: str = ""
    temporal: str = ""
    licence: str = ""
    secrecy: str = ""
    network: str = ""
    location: str = ""
    responsible: str = ""
    phone: str = ""
    ownership: str = ""
    online_url: str = ""
    origin_title: str = ""
    """From what listing it was taken (Data Package: sources), and its address."""
    origin_url: str = ""
    key: str = field(default="", compare=False)
    """What its source knows it by, where that is neither the code nor the title; see `identities`."""
    source: Place = field(default=Place(), compare=False)
    places: Mapping[str, Cell] = field(default_factory=dict, compare=False, hash=False)
    """The cell of each field, as far as it stood in one of its own; of an item ``items[2].data_type``."""

    def place_of(self, name: str) -> Place:
        """Return where the value of a field stood; the beginning of the record where it has no cell.

        >>> record = CatalogueRecord("学校", source=Place("a.xlsx", "表1", 3, 1), places={"code": (3, 2)})
        >>> record.place_of("code").column, record.place_of("phone").column
        (2, 1)
        """
        row, column = self.places.get(name, (self.source.row, self.source.column))
        return Place(self.source.file, self.source.sheet, row, column)


FIELD_TITLES = {
    "title": LocalText("信息资源名称", "title"),
    "provider": LocalText("提供方名称", "provider"),
    "code": LocalText("信息资源代码", "resource code"),
    "title_en": LocalText("信息资源英文名", "English title"),
    "provider_unit": LocalText("提供方内部部门", "unit of the provider"),
    "provider_uscc": LocalText("资源提供方代码", "code of the provider"),
    "abstract": LocalText("信息资源摘要", "abstract"),
    "category": LocalText("信息资源分类", "category"),
    "systems": LocalText("来源信息系统名称", "source system"),
    "format_class": LocalText("信息资源格式分类", "class of format"),
    "format_type": LocalText("信息资源格式类型", "type of format"),
    "format_other": LocalText("其他类型资源格式描述", "other format"),
    "storage_gb": LocalText("数据存储总量（G）", "storage (GB)"),
    "records_10k": LocalText("结构化信息记录总数（万）", "records (10,000)"),
    "shared_storage_gb": LocalText("已共享的数据存储量（G）", "shared storage (GB)"),
    "shared_records_10k": LocalText("已共享结构化记录数（万）", "shared records (10,000)"),
    "open_storage_gb": LocalText("已开放的数据存储量（G）", "open storage (GB)"),
    "open_records_10k": LocalText("已开放结构化记录数（万）", "open records (10,000)"),
    "items": LocalText("信息项信息", "information items"),
    "share_type": LocalText("共享类型", "sharing"),
    "share_condition": LocalText("共享条件", "condition of sharing"),
    "share_basis": LocalText("不予共享依据", "ground for not sharing"),
    "share_method_class": LocalText("共享方式分类", "class of sharing method"),
    "share_method_type": LocalText("共享方式类型", "type of sharing method"),
    "is_open": LocalText("是否向社会开放", "open to the public"),
    "open_condition": LocalText("开放条件", "condition of openness"),
    "planned_on": LocalText("计划开放日期", "opening planned on"),
    "update_cycle": LocalText("更新周期", "update cycle"),
    "published": LocalText("发布日期", "published"),
    "updated": LocalText("更新日期", "updated"),
    "related_codes": LocalText("关联及类目名称", "related codes"),
    "keywords": LocalText("关键词", "keywords"),
    "themes": LocalText("主题", "topics"),
    "areas": LocalText("重点领域", "key areas"),
    "spatial": LocalText("空间范围", "region"),
    "temporal": LocalText("时间范围", "period covered"),
    "licence": LocalText("许可", "licence"),
    "secrecy": LocalText("涉密属性", "secrecy"),
    "network": LocalText("所在网络", "network"),
    "location": LocalText("所在位置", "location"),
    "responsible": LocalText("负责人", "responsible"),
    "phone": LocalText("联系电话", "telephone"),
    "ownership": LocalText("权属关系", "ownership"),
    "online_url": LocalText("在线资源链接地址", "online address"),
    "origin_title": LocalText("来源", "source"),
    "origin_url": LocalText("来源网址", "address of the origin"),
}
"""The fields that are compared and merged, in the order of the catalogue; each of the volumes is a field of its own."""

_VALUE_FIELDS = tuple(item.name for item in fields(CatalogueRecord) if item.name in FIELD_TITLES)


def values_of(record: CatalogueRecord) -> dict[str, Any]:
    """Return what *record* states by field, the volumes one by one; fields that state nothing are left out.

    >>> values_of(CatalogueRecord("学校", volume=Volume(storage_gb="12"), is_open=False))
    {'title': '学校', 'is_open': False, 'storage_gb': '12'}
    """
    values = {name: value for name in _VALUE_FIELDS if (value := getattr(record, name)) not in ("", (), None)}
    if record.category == Category():
        del values["category"]
    if record.volume != Volume():
        values |= {name: value for name in VOLUME_FIELDS if (value := getattr(record.volume, name))}
    return values


def value_text(value: Any) -> str:
    """Return a value of `values_of` in one line, as findings show it.

    >>> value_text((Item("站点编号", data_type="C", length=6), Item("备注"))), value_text(None), value_text(True)
    ('站点编号 字符型C 6；备注', '（空）', '是')
    """
    if value in (None, "", ()):
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Category):
        return value.code or value.class_id
    if isinstance(value, Item):
        title = DATA_TYPES.get(value.data_type)
        kind = f"{title.zh}{value.data_type}" if title else value.data_type
        length = "" if value.length is None else str(value.length)
        return " ".join(filter(None, (value.name, value.name_en, kind, length)))
    return clauses("zh", map(value_text, value)) if isinstance(value, tuple) else str(value)


def plain_title(text: str) -> str:
    """Return *text* as it is compared: letters and figures alone, in one width and case.

    Spaces and marks make differences that nobody means.

    >>> plain_title("学校 基本信息（2026）") == plain_title("学校基本信息(2026) ")
    True
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def identities(record: CatalogueRecord) -> tuple[str, ...]:
    """Return by what a record is known again, the surest first: its key, else its code, else department and title.

    >>> identities(CatalogueRecord("学校", publisher="education", code="307001/1"))
    ('code:307001/1', 'title:education/学校')
    """
    if record.key:
        return (f"key:{record.key}",)
    department = record.publisher or plain_title(record.provider)
    named = f"title:{department}/{plain_title(record.title) or record.title}"
    return (f"code:{record.code}", named) if record.code else (named,)
