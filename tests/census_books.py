"""Workbooks of the census as five departments hand them in: sixty resources, and faults planted at known cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from openpyxl import Workbook

from portal.publishing.formats.census_workbook import COLUMNS, SHEET, Column, dump

Cells = dict[str, Any]
Layout = Literal["merged", "repeated", "first row", "flat"]

PUBLISHERS = """\
publishers:
  - {id: education, uscc: "000000000000000000", name: 示范市教育局, kind: 政务部门}
  - {id: health, uscc: "000000000000000001", name: 示范市卫生健康委员会, kind: 政务部门, former_names: [示范市卫生局]}
  - {id: transport, uscc: "000000000000000002", name: 示范市交通运输局, kind: 政务部门}
  - {id: ecology, uscc: "000000000000000003", name: 示范市生态环境局, kind: 政务部门}
  - {id: civil, uscc: "000000000000000004", name: 示范市民政局, kind: 政务部门}
  - {id: finance, name: 示范市财政局, kind: 政务部门}
  - {id: archives, name: 示范市档案馆, kind: 政务部门, successor: civil}
  - {id: bus-group, name: 示范市公交集团, kind: 公共企事业单位}
"""
NAMES = {
    "education": "示范市教育局",
    "health": "示范市卫生健康委员会",
    "transport": "示范市交通运输局",
    "ecology": "示范市生态环境局",
    "civil": "示范市民政局",
}
LAYOUTS: tuple[Layout, ...] = ("merged", "repeated", "first row", "merged", "flat")
SUBJECTS = "学校 教师 场馆 站点 线路 许可 处罚 检查 设施 经费 人员 统计".split()


@dataclass
class Book:
    """One department's workbook; *first_rows* is the row of each entry once it is written."""

    file: str
    layout: Layout
    entries: list[tuple[Cells, list[Cells]]] = field(default_factory=list)
    extra_columns: tuple[str, ...] = ()
    first_rows: list[int] = field(default_factory=list)

    def row_of(self, number: int) -> int:
        """Return the row in which entry *number* begins."""
        return self.first_rows[number]


def entry(department: str, number: int, **changes: Any) -> tuple[Cells, list[Cells]]:
    """Return the cells of a sound entry, numbers from 0, with 1 to 4 information items."""
    place = list(NAMES).index(department)
    cells: Cells = {
        "title": f"{NAMES[department][3:5]}{SUBJECTS[number]}基本信息",
        "code": f"30702100{place}/{number + 1:06}",
        "provider": NAMES[department],
        "provider_unit": "信息中心",
        "provider_uscc": f"00000000000000000{place}",
        "abstract": f"全市{SUBJECTS[number]}的名称、地址和数量。",
        "systems": "业务系统；填报系统" if number % 2 else "",
        "format_class": "数据库",
        "format_type": "oracle",
        "storage_gb": "12.5",
        "records_10k": "3",
        "shared_storage_gb": "2",
        "shared_records_10k": "1",
        "open_storage_gb": "0",
        "open_records_10k": "0",
        "share_type": "无条件共享",
        "share_condition": "无条件",
        "share_method_class": "共享平台方式",
        "share_method_type": "文件",
        "is_open": "是",
        "update_cycle": "每月",
        "published": "2017-06-30",
    }
    items = [
        {"item.name": name, "item.data_type": kind, "item.length": length}
        for name, kind, length in (
            ("名称", "字符型C", "100"),
            ("地址", "字符型C", "200"),
            ("数量", "数值型N", "8"),
            ("日期", "日期型D", "8"),
        )[: number % 4 + 1]
    ]
    return cells | changes, items


def column_of(key: str) -> int:
    """Return the column of *key* from 1."""
    return next(number for number, column in enumerate(COLUMNS, start=1) if column.key == key)


def write_book(book: Book, folder: Path) -> Path:
    """Write *book* below *folder* in its layout."""
    path = folder / book.file
    if book.layout == "merged":
        path.write_bytes(dump(book.entries))
        row = 3
        for _, items in book.entries:
            book.first_rows.append(row)
            row += max(len(items), 1)
        return path
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = SHEET
    if book.layout == "repeated":
        sheet.append(["示范市政务信息资源大普查表"])
    groups = [column.group or column.label for column in COLUMNS] + list(book.extra_columns)
    if book.layout != "flat":
        sheet.append([group if group not in groups[:place] else None for place, group in enumerate(groups)])
    sheet.append([_label(column, book.layout) for column in COLUMNS])
    for cells, items in book.entries:
        book.first_rows.append(sheet.max_row + 1)
        for number, item in enumerate(items or [{}]):
            shown = {} if number and book.layout == "first row" else cells
            # What differs in one row alone stands with the item of that row.
            values: Mapping[str, Any] = {**shown, **item}
            sheet.append([_typed(column, values.get(column.key)) for column in COLUMNS])
    sheet.append([])
    sheet.append(["填表人：某某", None, "填表日期：2017年7月"])
    workbook.save(path)
    return path


def _label(column: Column, layout: Layout) -> str | None:
    bracketed = f"[{column.label}]" if column.is_optional else column.label
    return bracketed if column.group or layout == "flat" else None


def _typed(column: Column, value: Any) -> Any:
    """Return a figure as people's programs keep it: as a number."""
    if column.is_number and isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return value
    return value or None


@dataclass(frozen=True)
class Planted:
    """A fault: its code, and the cell where it must be found (None for what has no cell)."""

    code: str
    file: str = ""
    row: int | None = None
    column: int | None = None


def five_departments(folder: Path) -> tuple[list[Path], set[Planted]]:
    """Write the workbooks of sixty resources below *folder*; return them and all that is wrong with them."""
    books = {
        department: Book(f"{name}.xlsx", layout, [entry(department, number) for number in range(12)])
        for (department, name), layout in zip(NAMES.items(), LAYOUTS, strict=True)
    }
    books["transport"].extra_columns = ("备注",)
    plans: list[tuple[str, str, int, int, str]] = []

    def plant(code: str, department: str, number: int, key: str, value: Any, *, cell: str = "", item: int = -1) -> None:
        cells, items = books[department].entries[number]
        (items[item] if item >= 0 else cells)[key] = value
        plans.append((code, department, number, max(item, 0), cell or key))

    plant("census-volume-invalid", "education", 2, "storage_gb", "12G")
    plant("census-basis-missing", "education", 3, "share_type", "不予共享", cell="share_condition")
    books["education"].entries[3][0].update({"share_condition": "", "is_open": "否"})
    plant("census-code-invalid", "education", 5, "code", "30702/1")
    plant("census-cells-contradict", "health", 1, "update_cycle", "每年", item=1)
    plant("census-condition-missing", "health", 4, "share_type", "有条件共享", cell="share_condition")
    plant("census-volume-exceeds", "health", 6, "shared_storage_gb", "100")
    plant("census-choice-unknown", "transport", 3, "share_type", "部分共享")
    plant("census-volume-invalid", "transport", 4, "open_records_10k", "-3")
    plant("census-code-claimed", "transport", 7, "code", books["education"].entries[7][0]["code"])
    plant("census-data-type-unknown", "ecology", 1, "item.data_type", "二进制Blob", item=1)
    plant("census-length-invalid", "ecology", 2, "item.length", "变长", item=0)
    plant("census-closed-but-open", "ecology", 5, "is_open", "是")
    books["ecology"].entries[5][0].update({"share_type": "不予共享", "share_condition": "《统计法》第二十五条"})
    plant("census-department-unknown", "civil", 8, "provider", "示范市神秘局")
    plant("census-answer-missing", "civil", 9, "title", "")
    # The bureau of civil affairs also reports four resources of the environmental bureau.
    repeated = [entry("ecology", number) for number in (0, 8, 9, 11)]
    repeated[1][0].update({"abstract": "全市各类设施的名称。", "update_cycle": "每年"})
    repeated[2][0].update({"title": "环境经费情况", "systems": ""})
    repeated[3][0].update({"title": "生态 统计基本信息", "code": ""})
    repeated[3][1][0]["item.length"] = "50"
    books["civil"].entries += repeated
    plans += [
        ("census-conflict", "civil", 13, 0, "abstract"),
        ("census-conflict", "civil", 13, 0, "update_cycle"),
        ("census-conflict", "civil", 14, 0, "title"),
        ("census-conflict", "civil", 15, 0, "item.length"),
        ("census-answer-missing", "civil", 15, 0, "code"),
    ]
    paths = [write_book(book, folder) for book in books.values()]
    expected = {
        Planted(
            code,
            f"{books[department].file}#{SHEET}",
            books[department].row_of(number) + item,
            column_of(key),
        )
        for code, department, number, item, key in plans
    }
    expected.add(Planted("census-column-unknown", f"{books['transport'].file}#{SHEET}", 1, len(COLUMNS) + 1))
    expected.add(Planted("census-not-reported"))
    return paths, expected


def portal_with_departments(folder: Path) -> Path:
    """Make a folder of datasets that knows the departments and holds no dataset."""
    folder.mkdir(parents=True)
    (folder / "publishers.yaml").write_text(PUBLISHERS, encoding="utf-8")
    return folder
