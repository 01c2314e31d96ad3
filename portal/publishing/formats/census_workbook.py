"""The census workbook (政务信息资源大普查) written as XLSX: columns, two header rows, merged cells.

One row an information item. The columns are those that catalogue software of the departments exports and imports alike.
What stands in brackets there is optional. An entry is a pair: its cells by key of column, and those of each information
item. Reading it back needs the rooms above and stands in `portal.incoming.census.census_sheets`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from portal.model.guide import DATA_TYPES, FORMAT_CLASSES, FORMAT_TYPES, SHARING_METHOD_CLASSES, SHARING_METHOD_TYPES
from portal.model.terms import SHARING_TYPES, UPDATE_CYCLES
from portal.model.text import enumerated

SHEET = "政务信息资源大普查"
HELP_SHEET = "填写说明"
FORM_ROWS = 500
"""So many rows below the last entry have drop-down lists."""
CELL_CHARACTERS_MAX = 32_767
"""What a cell of a workbook can hold; longer text is cut."""

Cells = Mapping[str, str]
Entry = tuple[Cells, Sequence[Cells]]


@dataclass(frozen=True)
class Column:
    """One column: the *key* of its value, the words above it, those of its *group* ("" for none), how to fill it in.

    Keys of information items begin with ``item.``. *is_closed*: nothing but the *choices* may stand there.
    """

    key: str
    label: str
    group: str = ""
    width: int = 14
    help: str = ""
    choices: tuple[str, ...] = ()
    is_closed: bool = True
    is_optional: bool = False
    """Whether a sheet may lack the column."""
    is_required: bool = False
    """Whether every entry is to have it."""
    is_number: bool = False

    @property
    def is_of_item(self) -> bool:
        """Whether it holds something of an information item."""
        return self.key.startswith("item.")


_PROVIDER, _FORMAT, _CENSUS = "信息资源提供方", "信息资源格式", "信息资源大普查"
_ITEM, _SHARING, _METHOD, _OPENNESS = "信息项信息", "共享属性", "共享方式", "开放属性"
_VOLUME_HELP = "只写数字，不写单位；不清楚的写 0。"
_DATA_TYPES = tuple(f"{title.zh}{letter}" for letter, title in DATA_TYPES.items())


def _titles(terms: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(title.zh for title in terms.values())


COLUMNS: tuple[Column, ...] = (
    Column("title", "信息资源名称", width=24, help="简短地说明内容，50 字以内。", is_required=True),
    Column("title_en", "信息资源英文名", width=20, help="可以不填。", is_optional=True),
    Column("code", "信息资源代码", width=24, help="前段码/后段码，例如 307021000/000012。", is_required=True),
    Column("provider", "提供方名称", _PROVIDER, 22, "单位全称。", is_required=True),
    Column("provider_unit", "提供方内部部门", _PROVIDER, 18, "没有的，写“无相关内部部门”。"),
    Column("provider_uscc", "资源提供方代码", width=22, help="18 位统一社会信用代码。", is_required=True),
    Column("abstract", "信息资源摘要", width=36, help="内容或主要字段，256 字以内。", is_required=True),
    Column("systems", "来源信息系统名称", width=20, help="几个系统用分号隔开。", is_optional=True),
    Column("format_class", "信息资源格式分类", _FORMAT, 16, "", _titles(FORMAT_CLASSES), is_required=True),
    Column(
        "format_type",
        "信息资源格式类型",
        _FORMAT,
        16,
        "所选分类下的类型。",
        tuple(name for names in FORMAT_TYPES.values() for name in names),
        is_closed=False,
    ),
    Column("format_other", "其他类型资源格式描述", _FORMAT, 18, "列表里没有的格式写在这里。"),
    Column("storage_gb", "数据存储总量（G）", _CENSUS, 12, _VOLUME_HELP, is_number=True),
    Column("records_10k", "结构化信息记录总数（万）", _CENSUS, 14, _VOLUME_HELP, is_number=True),
    Column("shared_storage_gb", "已共享的数据存储量（G）", _CENSUS, 14, _VOLUME_HELP, is_number=True),
    Column("shared_records_10k", "已共享结构化记录数（万）", _CENSUS, 14, _VOLUME_HELP, is_number=True),
    Column("open_storage_gb", "已开放的数据存储量（G）", _CENSUS, 14, _VOLUME_HELP, is_number=True),
    Column("open_records_10k", "已开放结构化记录数（万）", _CENSUS, 14, _VOLUME_HELP, is_number=True),
    Column("item.name", "信息项名称", _ITEM, 20, "一行一个信息项，即一列数据。"),
    Column("item.name_en", "信息项英文名", _ITEM, 16, "可以不填。", is_optional=True),
    Column("item.data_type", "数据类型", _ITEM, 12, "", _DATA_TYPES, is_closed=False),
    Column("item.length", "数据长度", _ITEM, 10, "以字节计的整数。", is_number=True),
    Column("share_type", "共享类型", _SHARING, 14, "", _titles(SHARING_TYPES), is_required=True),
    Column("share_condition", "共享条件", _SHARING, 28, "有条件的写条件；不予共享的写法律、法规或政策依据。"),
    Column("share_method_class", "共享方式分类", _METHOD, 14, "不予共享的不填。", _titles(SHARING_METHOD_CLASSES)),
    Column("share_method_type", "共享方式类型", _METHOD, 14, "不予共享的不填。", _titles(SHARING_METHOD_TYPES)),
    Column("is_open", "是否向社会开放", _OPENNESS, 12, "", ("是", "否"), is_required=True),
    Column("open_condition", "开放条件", _OPENNESS, 20, "开放的才填。"),
    Column("update_cycle", "更新周期", width=12, choices=_titles(UPDATE_CYCLES), is_required=True),
    Column("published", "发布日期", width=14, help="例如 2026-01-15。", is_required=True),
    Column("related_codes", "关联及类目名称", width=24, help="几个用分号隔开。"),
)

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_A3 = 8
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,6}[1-9])?")
"""Numbers that a sheet gives back as they were typed."""
_WIDE_FROM = "\u2e80"


def dump(entries: Iterable[Entry]) -> bytes:
    """Return the workbook of *entries*; without any it is the empty form.

    Texts are written as texts: nothing becomes a formula, a link or, beyond the volumes and lengths, a number.
    """
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": SHEET, "created": _EPOCH})
    sheet = book.add_worksheet(SHEET)
    head = {"bold": True, "bg_color": "#E7F0F8", "border": 1, "text_wrap": True, "align": "center"}
    styles = (
        book.add_format({**head, "valign": "vcenter"}),
        book.add_format({**head, "valign": "vcenter", "font_color": "#C00000"}),
        book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"}),
        book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
    )
    _header(sheet, styles[0], styles[1])
    row = 2
    for cells, items in entries:
        row = _entry(sheet, row, cells, items, styles[2], styles[3])
    _lists(sheet, row + FORM_ROWS)
    sheet.freeze_panes(2, 1)
    sheet.set_paper(_A3)
    sheet.set_landscape()
    sheet.fit_to_pages(2, 0)
    sheet.repeat_rows(0, 1)
    sheet.repeat_columns(0)
    _help(book.add_worksheet(HELP_SHEET), styles[0], styles[3])
    book.close()
    return buffer.getvalue()


def _header(sheet: Any, style: Any, required: Any) -> None:
    """Write the two header rows: a group stands above its columns, a column without a group takes both rows."""
    sheet.set_row(0, 24)
    sheet.set_row(1, 48)
    groups: dict[str, list[int]] = {}
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width)
        chosen = required if column.is_required else style
        if not column.group:
            sheet.merge_range(0, number, 1, number, column.label, chosen)
            continue
        groups.setdefault(column.group, []).append(number)
        sheet.write_string(1, number, column.label, chosen)
    for group, numbers in groups.items():
        sheet.merge_range(0, numbers[0], 0, numbers[-1], group, style)


def _entry(sheet: Any, row: int, cells: Cells, items: Sequence[Cells], text: Any, number: Any) -> int:
    """Write one entry from *row* on (counted from 0), a row an item; return the number of the next row."""
    last = row + max(len(items), 1) - 1
    for place, column in enumerate(COLUMNS):
        style = number if column.is_number else text
        if column.is_of_item:
            for offset, item in enumerate(items):
                _put(sheet, row + offset, place, item.get(column.key, ""), column, style)
            continue
        if last > row:
            sheet.merge_range(row, place, last, place, "", style)
        _put(sheet, row, place, cells.get(column.key, ""), column, style)
    if last == row:
        sheet.set_row(row, 15 * _lines(cells))
    return last + 1


def _put(sheet: Any, row: int, place: int, value: str, column: Column, style: Any) -> None:
    if not value:
        sheet.write_blank(row, place, None, style)
    elif column.is_number and _NUMBER.fullmatch(value) and len(value) <= 15:
        sheet.write_number(row, place, float(value), style)
    else:
        plain = value.encode("utf-8", "replace").decode()[:CELL_CHARACTERS_MAX]
        sheet.write_string(row, place, plain, style)


def _lines(cells: Cells) -> int:
    """Return how many lines the longest text of an entry takes; not every program finds that out by itself."""
    widths = (
        -(-sum(1 if char < _WIDE_FROM else 2 for char in cells.get(column.key, "")[:1000]) // column.width)
        for column in COLUMNS
    )
    return min(max(1, *widths), 12)


def _lists(sheet: Any, last_row: int) -> None:
    for number, column in enumerate(COLUMNS):
        if column.choices:
            options = {"validate": "list", "source": list(column.choices)}
            advice = {
                "error_title": column.label,
                "error_message": "请从下拉列表中选择。",
                "error_type": "stop" if column.is_closed else "information",
            }
            sheet.data_validation(2, number, last_row, number, options | advice)


def _help(sheet: Any, head: Any, cell: Any) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 3, 60)
    for number, title in enumerate(("列", "必填", "怎么填", "可以选的")):
        sheet.write_string(0, number, title, head)
    for row, column in enumerate(COLUMNS, start=1):
        texts = (column.label, "是" if column.is_required else "", column.help, enumerated("zh", column.choices))
        for number, text in enumerate(texts):
            sheet.write_string(row, number, text, cell)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
