"""Delimited text: the dialect, the header and the parts are decided, the faults of structure found."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from understood import understood

from portal.examining.reading.text import quotes as scan_module
from portal.examining.reading.text.dialects import CsvDialect
from portal.examining.reading.text.quotes import scan
from portal.model.limits import Limits
from portal.model.understood_table import Part


def test_a_clean_file_is_taken_as_it_is(tmp_path: Path) -> None:
    """UTF-8 with commas is not copied, and its dialect is the plain one."""
    made = understood(tmp_path, {"t.csv": "名称,数\n甲,1\n"})
    table = made.whole
    assert (table.is_original, table.delimiter, table.quote_char, table.double_quote) == (True, ",", '"', True)
    assert (table.skip_initial_space, table.escape_char, table.header_row) == (False, "", 1)
    assert (table.labels, made.rows, made.findings) == (("名称", "数"), [(2, ["甲", "1"])], ())


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b\n1,5;2\n3,5;4\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("a,b\n1,2\n", ","),
        ("name\nfoo; bar\nbaz\n", ","),
        ("a;b,c;d\n1;2,3;4\n", ";"),
        ('a,b\n"1;2;3",4\n"5;6;7",8\n', ","),
        ("", ","),
    ],
)
def test_the_delimiter_divides_the_rows_most_evenly(tmp_path: Path, text: str, delimiter: str) -> None:
    """Decimal commas, separators inside of quotes and single columns do not mislead."""
    assert understood(tmp_path, {"t.csv": text}).whole.delimiter == delimiter


@pytest.mark.parametrize("dialect", [{"delimiter": ":"}, {"csv": {"delimiter": ":"}}])
def test_a_declared_dialect_counts_in_the_words_of_both_versions(tmp_path: Path, dialect: dict[str, object]) -> None:
    """Data Package has the keys at the top, Frictionless below csv."""
    assert understood(tmp_path, {"t.csv": "a:b\n1:2\n"}, dialect=dialect).rows == [(2, ["1", "2"])]


@pytest.mark.parametrize(
    ("text", "dialect", "rows"),
    [
        ("a,b\n1,'x,y'\n", {"quoteChar": "'"}, [(2, ["1", "x,y"])]),
        ("a,b\n1,x\\,y\n", {"escapeChar": "\\"}, [(2, ["1", "x,y"])]),
        ('a,b\n1,"x"\n', {"quoteChar": ""}, [(2, ["1", '"x"'])]),
        ("a,b\n#x\n1,2\n", {"commentChar": "#"}, [(3, ["1", "2"])]),
        ("a,b\n1,2\n3,4\n", {"commentRows": [2]}, [(3, ["3", "4"])]),
        ("a,b\n\n1,2\n", {"skipBlankRows": True}, [(3, ["1", "2"])]),
        ("1,2\n", {"header": False}, [(1, ["1", "2"])]),
        ("a, b\n1, 2\n", {"skipInitialSpace": False}, [(2, ["1", " 2"])]),
    ],
)
def test_what_is_declared_is_done(
    tmp_path: Path, text: str, dialect: dict[str, object], rows: list[tuple[int, list[str]]]
) -> None:
    """Quotes, escapes, comments, blank rows, headers and spaces."""
    assert understood(tmp_path, {"t.csv": text}, dialect=dialect).rows == rows


@pytest.mark.parametrize(
    "dialect",
    [
        {"delimiter": ";;"},
        {"quoteChar": 1},
        {"header": "no"},
        {"headerRows": ["1"]},
        {"delimiter": '"', "quoteChar": '"'},
    ],
)
def test_a_dialect_that_cannot_be_is_a_finding(tmp_path: Path, dialect: dict[str, object]) -> None:
    """It names the key; nothing is read."""
    made = understood(tmp_path, {"t.csv": "a\n1\n"}, dialect=dialect)
    assert (made.codes, made.table) == ([("dialect-error", None, None)], None)


def test_a_space_before_quoted_cells_is_skipped(tmp_path: Path) -> None:
    """Else the quote would be part of the cell and the comma in it divide."""
    made = understood(tmp_path, {"t.csv": 'a,b,c\n1, "x,y",3\n'})
    assert made.rows == [(2, ["1", "x,y", "3"])]


def test_titles_above_the_header_are_no_data(tmp_path: Path) -> None:
    """A row with one cell over a table of three columns is a title; rows keep their numbers."""
    made = understood(tmp_path, {"t.csv": "学校统计表,,\n编号,名称,人数\n1,一中,800\n2,二中,900\n"})
    assert (made.whole.header_row, made.whole.labels) == (2, ("编号", "名称", "人数"))
    assert made.rows == [(3, ["1", "一中", "800"]), (4, ["2", "二中", "900"])]


def test_several_header_rows_are_joined_as_declared(tmp_path: Path) -> None:
    """A copy holds the joined labels in the last of them."""
    made = understood(tmp_path, {"t.csv": "x,x,y\na,b,c\n1,2,3\n"}, dialect={"headerRows": [1, 2], "headerJoin": "_"})
    assert (made.whole.labels, made.whole.header_row) == (("x_a", "x_b", "y_c"), 2)
    assert made.text == "x,x,y\nx_a,x_b,y_c\n1,2,3\n"


def test_parts_become_one_table_whose_rows_know_their_file(tmp_path: Path) -> None:
    """Encodings may differ, the last line may lack its end, and the header is dropped from every part but the first."""
    files = {"a.csv": b"a,b\n1,2\n3,4", "b.csv": "a,b\n名,6\n".encode("gbk"), "c.csv": b"a,b\r\n7,8\r\n"}
    made = understood(tmp_path, files)
    assert made.text == "a,b\n1,2\n3,4\n名,6\n7,8\r\n"
    assert made.whole.parts == (Part("made/a.csv"), Part("made/b.csv", 4, -2), Part("made/c.csv", 5, -3))
    assert [made.whole.place_of(row) for row in (3, 4, 5)] == [("made/a.csv", 3), ("made/b.csv", 2), ("made/c.csv", 2)]


def test_a_part_with_another_header_is_refused(tmp_path: Path) -> None:
    """Its first row would be lost."""
    made = understood(tmp_path, {"a.csv": "a,b\n1,2\n", "b.csv": "3,4\n"})
    assert [(item.code, item.file) for item in made.findings] == [("part-header", "made/b.csv")]


def test_declared_normalisations_touch_numbers_and_dates_only(tmp_path: Path) -> None:
    """Full-width digits in a number become plain; in a text they stay, and an unknown name is told."""
    schema = {"fields": [{"name": "a", "type": "integer"}, {"name": "b", "type": "string"}]}
    made = understood(tmp_path, {"t.csv": "a,b\n１２,１２\n"}, schema=schema, normalise=["digits", "figures"])
    assert made.rows == [(2, ["12", "１２"])]
    assert made.codes == [("normalisation-unknown", None, None)]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b'a,b\n1,"x\n2,y\n', [("quote-unclosed", 2, 2)]),
        (b"a,b\n1,x\0\n", [("nul-byte", 2, 2)]),
        (b"\xef\xbb\xbf\xef\xbb\xbfa\n1\n", [("double-bom", 1, 1)]),
        (b"\r\n<!DOCTYPE html><html><table>", [("html-as-csv", None, None)]),
        (b"PK\x03\x04....", [("workbook-as-csv", None, None)]),
        (b"\xd0\xcf\x11\xe0....", [("workbook-as-csv", None, None)]),
        (b"%PDF-1.7", [("not-text", None, None)]),
        (b'a,b\n1,5" pipe\n', []),
        (b'a,b\n"x"y,2\n', [("quote-text-after", 2, 1)]),
        (b'a,b\n"x" ,2\n', []),
        (b"a\r1\r", []),
    ],
)
def test_faults_of_structure_are_found_at_their_place(
    tmp_path: Path, content: bytes, codes: list[tuple[str, int | None, int | None]]
) -> None:
    """What Frictionless reads over; quotes in the middle of a cell and lone line ends are no fault."""
    assert understood(tmp_path, {"t.csv": content}).codes == codes


@pytest.mark.parametrize(
    ("limits", "row"),
    [(Limits(rows_max=1), None), (Limits(columns_max=1), 1), (Limits(cell_characters_max=4), 3)],
)
def test_a_table_over_a_limit_is_refused(tmp_path: Path, limits: Limits, row: int | None) -> None:
    """Rows, columns and the length of cells."""
    made = understood(tmp_path, {"t.csv": "a,b\n1,2\n3,44444\n"}, limits=limits)
    assert (made.codes, made.table) == ([("table-too-large", row, None)], None)


CELLS = st.text(alphabet='a,"\n\r é长', max_size=6)
WRITTEN = st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=5)


@settings(max_examples=150, deadline=None)
@given(rows=WRITTEN, raw=CELLS, is_raw=st.booleans(), piece=st.sampled_from([1, 3, 64]), space=st.booleans())
def test_the_scan_counts_the_records_that_the_reader_reads(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], raw: str, is_raw: bool, piece: int, space: bool
) -> None:
    """Whatever is written, in pieces of any size: the same number, and an unclosed quote exactly where one is."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    text = buffer.getvalue() + (raw if is_raw else "")
    path = tmp_path_factory.getbasetemp() / "scanned.csv"
    path.write_bytes(text.encode())
    dialect = CsvDialect(skip_initial_space=space)
    end = "" if not text or text[-1] in "\r\n" else "\n"
    records = list(dialect.reader(io.StringIO(f"{text}{end}END", newline="")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan_module, "PIECE_BYTES", piece)
        scanned = scan(path, dialect, Limits(), {})
    if records[-1] == ["END"]:
        assert (scanned.records, scanned.findings) == (len(records) - 1, ())
    else:
        assert [item.code for item in scanned.findings] == ["quote-unclosed"]


@pytest.mark.parametrize(
    "above",
    [
        "制表：张某,,\n",
        "单位：人,,\n",
        "制表：张某,审核：李某,\n",
        "一览表,,\n制表：张某,审核：李某,\n",
        "制表人,张某,\n",
    ],
)
def test_remarks_above_the_table_are_no_labels(tmp_path: Path, above: str) -> None:
    """A padded row of who made the table is passed over as in a sheet; the rows of data keep their numbers."""
    made = understood(tmp_path, {"t.csv": f"{above}校,男,女\n一中,1,2\n二中,3,4\n"})
    first = above.count("\n") + 2
    assert (made.whole.labels, made.whole.header_row) == (("校", "男", "女"), first - 1)
    assert (made.rows, made.findings) == ([(first, ["一中", "1", "2"]), (first + 1, ["二中", "3", "4"])], ())


def test_declared_header_rows_count_whatever_they_hold(tmp_path: Path) -> None:
    """Where the publisher states the row, nothing is passed over."""
    made = understood(tmp_path, {"t.csv": "制表：张某,审核：李某,\n校,男,女\n"}, dialect={"headerRows": [1]})
    assert (made.whole.labels, made.rows) == (("制表：张某", "审核：李某", ""), [(2, ["校", "男", "女"])])


def test_records_below_a_single_label_never_become_labels(tmp_path: Path) -> None:
    """The header stays, so that validation asks for the labels that are missing."""
    made = understood(tmp_path, {"t.csv": "日期,,\n2024-01-01,1,2\n2024-01-02,3,4\n"})
    assert (made.whole.labels, made.whole.header_row) == (("日期", "", ""), 1)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1,甲\n2,乙\n", (1, 1)),
        (f"甲,{'很长的说明' * 13}\n乙,b\n", (1, 2)),
        ("地区,1,2\n甲,3,4\n", None),
        ("2023,2024\n1,2\n", None),
    ],
)
def test_a_header_that_looks_like_data_is_doubted(tmp_path: Path, text: str, place: tuple[int, int] | None) -> None:
    """A number in the first column or a sentence is a warning at its cell; years and numbers further on are labels."""
    findings = understood(tmp_path, {"t.csv": text}).findings
    assert [(item.code, item.severity, item.row, item.column) for item in findings] == (
        [("header-doubtful", "warning", *place)] if place else []
    )


def test_notes_and_totals_at_the_end_are_no_data(tmp_path: Path) -> None:
    """As in a sheet: left out, told at their rows and decided; a blank row above them goes with them."""
    text = "某市学校,,\n代码,名称,人数\n01,甲,3\n02,乙,4\n合计,,7\n,,\n注：截至9月\n填表人：某,,审核：某\n"
    made = understood(tmp_path, {"t.csv": text.encode("gb18030")}, encoding="gb18030")
    assert made.rows == [(3, ["01", "甲", "3"]), (4, ["02", "乙", "4"])]
    assert made.codes == [("note-rows-left-out", 6, None), ("total-rows-left-out", 5, None)]
    assert [item.value_en for item in made.whole.decisions if item.what in ("notes", "subtotals")] == [
        "rows 6-8",
        "row 5",
    ]


def test_each_part_may_end_in_notes(tmp_path: Path) -> None:
    """They are left out of the whole table at their places, and told at those of the part."""
    made = understood(tmp_path, {"a.csv": "a,b\nx,1\n合计,1\n", "b.csv": "a,b\ny,2\nz,3\n合计,5\n"})
    assert [cells for _, cells in made.rows] == [["x", "1"], ["y", "2"], ["z", "3"]]
    assert [(item.code, item.file, item.row) for item in made.findings] == [
        ("total-rows-left-out", "made/a.csv", 3),
        ("total-rows-left-out", "made/b.csv", 4),
    ]


@pytest.mark.parametrize("quotes", ['"', ""])
@pytest.mark.parametrize("rows", [3, 20_000])
def test_only_the_last_rows_are_looked_at_whatever_the_size(tmp_path: Path, rows: int, quotes: str) -> None:
    """Rows count as they do from the start, with cells over several lines too; a total within stays data."""
    name = f"{quotes}名{chr(10) if quotes else ''}称{quotes}"
    text = "代码,名称,人数\n合计,全部,9\n" + f"01,{name},1\n" * rows + "合计,,7\n注：截至9月,,\n"
    made = understood(tmp_path, {"t.csv": text})
    assert made.whole.is_original
    assert made.whole.comment_rows == (rows + 3, rows + 4)
    assert made.rows[0] == (2, ["合计", "全部", "9"])
    assert made.rows[-1][0] == rows + 2


def test_a_total_that_the_schema_lists_is_data(tmp_path: Path) -> None:
    """A word among the allowed values of its column is a record; a table that says who signs what is one too."""
    fields = [{"name": "区", "constraints": {"enum": ["甲", "合计"]}}, {"name": "数"}]
    made = understood(tmp_path, {"t.csv": "区,数\n甲,3\n合计,3\n"}, schema={"fields": fields})
    assert (made.rows, made.findings) == ([(2, ["甲", "3"]), (3, ["合计", "3"])], ())


def test_another_table_below_a_blank_row_is_told(tmp_path: Path) -> None:
    """A row of other labels begins it; a blank row within one table is a fault of its own."""
    assert understood(tmp_path, {"t.csv": "代码,名称\n01,x\n\n代码,金额\n01,3\n"}).codes == [("second-table", 4, None)]
    assert understood(tmp_path, {"t.csv": "代码,名称\n01,x\n\n02,y\n03,z\n"}).codes == []


def test_a_title_with_a_unit_in_its_row_stands_above_the_header(tmp_path: Path) -> None:
    """A sheet saved as text keeps the title and the unit of a merged row."""
    made = understood(tmp_path, {"t.csv": "某市学校统计表,,,单位：人\n代码,名称,男,女\n01,甲,1,2\n02,乙,3,4\n"})
    assert (made.whole.header_row, made.whole.labels) == (2, ("代码", "名称", "男", "女"))
    assert [item.value_en for item in made.whole.decisions if item.what == "title"] == ["row 1"]


def test_whole_numbers_in_groups_are_read_by_the_sign_of_their_field(tmp_path: Path) -> None:
    """Frictionless knows groups of fractions alone; what is no group stays, so that it is told."""
    schema = {"fields": [{"name": "a", "type": "integer", "groupChar": "."}, {"name": "b", "type": "string"}]}
    made = understood(tmp_path, {"t.csv": "a;b\n5;1.001\n1.001;x\n-12.345.678;x\n12.34;x\n"}, schema=schema)
    assert [cells[0] for _, cells in made.rows] == ["5", "1001", "-12345678", "12.34"]
    assert made.rows[0][1][1] == "1.001"
