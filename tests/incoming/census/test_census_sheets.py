"""Census workbooks read back: whatever a record says survives, and what is odd in a sheet is said of its cell."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from census_books import Book, column_of, entry, write_book
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from portal.findings.codes import CODES
from portal.findings.codes.census import CENSUS
from portal.findings.finding import found
from portal.findings.words import mend_of
from portal.incoming.census.census_sheets import read_census
from portal.incoming.census.entry_cells import cells_of
from portal.incoming.form.receipt.clerk_words import Clerk
from portal.incoming.records.entries import CLOSED_LISTS
from portal.incoming.records.record import CatalogueRecord, Place
from portal.model.guide import DATA_TYPES, VOLUME_FIELDS, Item, Volume
from portal.model.limits import Limits
from portal.publishing.formats.census_workbook import COLUMNS, SHEET, dump

TEXTS = st.text("abc 汉字（）_x0041:=+-@'\"\n1", max_size=12).map(str.strip)
WORDS = st.text("汉字abc12", min_size=1, max_size=6)
NUMBERS = st.sampled_from(["", "0", "12", "0.5", "12.50", "007", "123456789012345", "0.1234567891"])
DAYS = st.one_of(st.just(""), st.dates(date(1900, 3, 1), date(2100, 1, 1)).map(date.isoformat))


def choices(key: str) -> st.SearchStrategy[str]:
    """Return the ids of a closed list, or none."""
    return st.sampled_from(["", *CLOSED_LISTS[key]])


@st.composite
def records(draw: Callable[..., Any]) -> CatalogueRecord:
    """Return any record that a census sheet can hold."""
    title = "资源" + draw(WORDS)
    share_type = draw(choices("share_type"))
    explanation = draw(TEXTS)
    items = st.builds(
        Item,
        name=WORDS,
        name_en=TEXTS,
        data_type=st.sampled_from(["", *DATA_TYPES, "自定义"]),
        length=st.one_of(st.none(), st.integers(0, 10**6)),
    )
    return CatalogueRecord(
        title=title,
        provider="示范市" + draw(WORDS),
        provider_unit=draw(TEXTS),
        provider_uscc=draw(WORDS),
        title_en=draw(TEXTS),
        abstract=draw(TEXTS),
        systems=tuple(draw(st.lists(WORDS, unique=True, max_size=2))),
        format_class=draw(choices("format_class")),
        format_type=draw(TEXTS),
        format_other=draw(TEXTS),
        volume=Volume(*(draw(NUMBERS) for _ in VOLUME_FIELDS)),
        items=tuple(draw(st.lists(items, unique_by=lambda item: item.name, max_size=3))),
        share_type=share_type,
        share_condition="" if share_type == "none" else explanation,
        share_basis=explanation if share_type == "none" else "",
        share_method_class=draw(choices("share_method_class")),
        share_method_type=draw(choices("share_method_type")),
        is_open=draw(st.sampled_from([True, False, None])),
        open_condition=draw(TEXTS),
        update_cycle=draw(choices("update_cycle")),
        published=draw(DAYS),
        related_codes=tuple(draw(st.lists(WORDS, unique=True, max_size=2))),
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(records(), min_size=1, max_size=4, unique_by=lambda record: record.title))
def test_what_is_written_is_read_back(wanted: list[CatalogueRecord]) -> None:
    """``parse(dump(x)) == x`` for every record, and nothing is found in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "census.xlsx"
        numbered = [CatalogueRecord(**(vars(item) | {"code": f"30700{n}/1"})) for n, item in enumerate(wanted)]
        path.write_bytes(dump(map(cells_of, numbered)))
        book = read_census(path, Path(folder))
    assert [item.record for item in book.entries] == numbered
    # An extension of the data types is the only thing there to remark on.
    assert {finding.code for finding in book.all_findings} <= {"census-data-type-unknown"}


@pytest.mark.parametrize("layout", ["merged", "repeated", "first row", "flat"])
def test_the_layouts_of_people_say_the_same(tmp_path: Path, layout: Any) -> None:
    """Merged, repeated, once at the top, with one header row: the records are equal."""
    entries = [entry("health", number) for number in range(6)]
    path = write_book(Book("a.xlsx", layout, entries), tmp_path)
    reference = write_book(Book("b.xlsx", "merged", entries), tmp_path)
    book = read_census(path, tmp_path)
    assert [item.record for item in book.entries] == [item.record for item in read_census(reference, tmp_path).entries]
    assert [len(item.record.items) for item in book.entries] == [1, 2, 3, 4, 1, 2]


def test_the_place_of_every_value_is_known(tmp_path: Path) -> None:
    """Sheet, row and column of a value, those of an item in its own row."""
    path = write_book(Book("a.xlsx", "merged", [entry("health", 0), entry("health", 2)]), tmp_path)
    record = read_census(path, tmp_path).entries[1].record
    assert record.place_of("update_cycle") == Place("a.xlsx", SHEET, 4, column_of("update_cycle"))
    assert record.place_of("items[2].data_type") == Place("a.xlsx", SHEET, 6, column_of("item.data_type"))


def edited(tmp_path: Path, edit: Callable[[Any], None]) -> list[tuple[str, int | None, int | None]]:
    """Change a sound workbook; return what reading finds."""
    path = write_book(Book("a.xlsx", "merged", [entry("health", 1), entry("health", 2)]), tmp_path)
    book = load_workbook(path)
    edit(book[SHEET])
    book.save(path)
    return [(item.code, item.row, item.column) for item in read_census(path, tmp_path).all_findings]


def test_a_missing_column_keeps_the_sheet_out(tmp_path: Path) -> None:
    """Empty and lost cannot be told apart, so nothing of it is imported."""
    place = column_of("related_codes")
    path = write_book(Book("a.xlsx", "merged", [entry("health", 1)]), tmp_path)
    book = load_workbook(path)
    book[SHEET].unmerge_cells(start_row=1, end_row=2, start_column=place, end_column=place)
    book[SHEET].cell(1, place).value = None
    book.save(path)
    read = read_census(path, tmp_path)
    assert [(item.code, item.field) for item in read.findings] == [("census-column-missing", "关联及类目名称")]
    assert read.entries == ()


def test_an_optional_column_may_be_missing(tmp_path: Path) -> None:
    """What stands in brackets in the form need not be there."""

    def edit(sheet: Any) -> None:
        sheet.cell(2, column_of("item.name_en")).value = None

    assert edited(tmp_path, edit) == []


def test_a_column_that_stands_twice_is_found(tmp_path: Path) -> None:
    """Which of the two counts is not ours to choose."""

    def edit(sheet: Any) -> None:
        sheet.cell(1, len(COLUMNS) + 1).value = "更新周期"

    assert edited(tmp_path, edit) == [("census-column-repeated", 1, len(COLUMNS) + 1)]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("published", "去年", "census-day-invalid"),
        ("is_open", "可能", "census-choice-unknown"),
        ("item.name", None, "census-answer-missing"),
        ("storage_gb", "1,200", "census-volume-invalid"),
        ("provider_uscc", 1.1310000000000001e17, "number-precision-lost"),
    ],
)
def test_a_bad_cell_is_one_finding(tmp_path: Path, key: str, value: Any, code: str) -> None:
    """Each at its row and column."""

    def edit(sheet: Any) -> None:
        sheet.cell(3, column_of(key)).value = value

    assert edited(tmp_path, edit) == [(code, 3, column_of(key))]


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [("published", date(2017, 6, 1), "2017-06-01"), ("published", "2017年6月1日", "2017-06-01"), ("code", 307, "307")],
)
def test_dates_and_numbers_become_plain_text(tmp_path: Path, key: str, value: Any, text: str) -> None:
    """However a spreadsheet keeps them."""
    path = write_book(Book("a.xlsx", "merged", [entry("health", 0)]), tmp_path)
    book = load_workbook(path)
    book[SHEET].cell(3, column_of(key)).value = value
    book.save(path)
    assert getattr(read_census(path, tmp_path).entries[0].record, key) == text


def test_what_is_no_census_is_said_in_one_sentence(tmp_path: Path) -> None:
    """A broken file, a workbook of something else, an empty one: a finding each, no exception."""
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    other = Workbook()
    other.active.append(["学校", "学生数"])  # type: ignore[union-attr]
    other.save(tmp_path / "other.xlsx")
    Workbook().save(tmp_path / "empty.xlsx")
    (tmp_path / "text.xlsx").write_text("信息资源名称,信息资源代码", encoding="utf-8")
    codes = {
        name: [finding.code for finding in read_census(tmp_path / name, tmp_path).all_findings]
        for name in ("broken.xlsx", "other.xlsx", "empty.xlsx", "text.xlsx", "absent.xlsx")
    }
    assert codes == {
        "broken.xlsx": ["workbook-broken"],
        "other.xlsx": ["census-sheet-missing"],
        "empty.xlsx": ["census-sheet-missing"],
        "text.xlsx": ["workbook-disguised"],
        "absent.xlsx": ["file-not-importable"],
    }


def test_a_workbook_beyond_the_limits_is_not_read(tmp_path: Path) -> None:
    """The bounds are those of every other workbook."""
    path = write_book(Book("a.xlsx", "merged", [entry("health", 0)]), tmp_path)
    limited = read_census(path, tmp_path, Limits(unpacked_bytes_max=1000))
    assert [finding.code for finding in limited.all_findings] == ["workbook-unpacks-too-large"]


def test_the_empty_form_can_be_filled_in(tmp_path: Path) -> None:
    """Drop-downs for closed lists, both header rows in sight, and no entry."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(dump([]))
    sheet = load_workbook(path)[SHEET]
    assert sheet.freeze_panes == "B3"
    assert len(sheet.data_validations.dataValidation) == sum(bool(column.choices) for column in COLUMNS)
    assert read_census(path, tmp_path).entries == ()


def test_nothing_becomes_a_formula(tmp_path: Path) -> None:
    """A title that begins with = is text."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(dump([cells_of(CatalogueRecord("=1+1", abstract="http://example.com"))]))
    cell = load_workbook(path)[SHEET]["A3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_clerks_are_told_what_they_can_do() -> None:
    """Of every code that a department's receipt holds the mend is our own, not "for somebody else"."""
    for code in CENSUS:
        if code.name.startswith("census-") and code.name != "census-provider-code-unlisted":
            assert "管理员处理" not in mend_of(found(code.name), Clerk()).zh, code.name
    assert {code.name for code in CENSUS} <= set(CODES)
