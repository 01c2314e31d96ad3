"""One file on its way into the folder of datasets, and what comes back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from clerk import ANSWERS, FIELDS, ROWS, answered, cells, fill_in, intake_of, marked, portal_folder
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from support import SHARED, needs_shared_data
from workbooks import DIRTY, DirtyWorkbook

from portal.findings.words import message_of
from portal.incoming.form import importing
from portal.incoming.form.cleaning.cleaned import UNMENDED
from portal.incoming.form.folders import read_existing, write_dataset
from portal.incoming.form.handed_in import Brought
from portal.incoming.form.importing import bring

NAME = "gong-jiao-zhan-dian"
SPOILT = (
    *ROWS,
    ("010002", "重复站", "2021/2/30", "７"),
    (),
    ("010004", " 东站 ", "2021年3月1日", "0"),
    ("合计", None, None, "20"),
)

WORDS_OF_DESCRIPTORS = re.compile(r"[a-z]{2}\.[a-z_]{2}|\.yaml|--[a-z]|schema|dialect")


def errors(brought: Brought) -> list[tuple[str, str]]:
    """Return code and place of every error."""
    return [(item.code, item.place) for item in brought.findings if item.severity == "error"]


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    """An empty portal."""
    return portal_folder(tmp_path / "datasets")


def test_a_filled_form_becomes_a_dataset(datasets: Path, tmp_path: Path) -> None:
    """The data stand as plain CSV beside a descriptor of what was answered."""
    brought = bring(intake_of(datasets), fill_in(tmp_path / "填报.xlsx", fields=FIELDS))
    folder = datasets / "transport" / NAME
    assert (brought.state, errors(brought), brought.folder) == ("created", [], folder)
    assert (folder / f"{NAME}.csv").read_text(encoding="utf-8").splitlines() == [
        "站点编号,站点名称,启用日期,线路数",
        "010001,人民广场,2019-05-01,12",
        "010002,市政府,2020-11-20,7",
    ]
    descriptor = read_existing(folder)
    assert descriptor is not None
    assert descriptor["translations"] == {"en": {"fields": {"线路数": "lines"}}}
    assert [field["type"] for field in descriptor["resources"][0]["schema"]["fields"]] == [
        "string",
        "string",
        "date",
        "integer",
    ]


def test_the_receipt_of_an_accepted_form_names_the_page(datasets: Path, tmp_path: Path) -> None:
    """It says accepted first, and where the dataset will be."""
    brought = bring(intake_of(datasets), fill_in(tmp_path / "填报.xlsx"))
    assert brought.receipt == tmp_path / "填报-回执.xlsx"
    rows = cells(brought.receipt, "检查结果")
    assert rows[0][0] == "已通过：没有发现错误。"
    assert ["预览", "", f"http://127.0.0.1:8000/datasets/{NAME}/"] in [row[:3] for row in rows]


def test_a_refused_form_leaves_everything_as_it_was(datasets: Path, tmp_path: Path) -> None:
    """A dataset that is there stays; every fault is told at its row in the clerk's own sheet."""
    bring(intake_of(datasets), fill_in(tmp_path / "a.xlsx", fields=FIELDS))
    before = {path: path.read_bytes() for path in datasets.rglob("*") if path.is_file()}
    spoilt = fill_in(tmp_path / "b.xlsx", {**ANSWERS, "更新周期": "偶尔"}, SPOILT, FIELDS)
    brought = bring(intake_of(datasets, is_update=True), spoilt)
    assert brought.state == "refused"
    assert sorted(errors(brought)) == [
        ("constraint-error", "b.xlsx:6:4"),
        ("form-choice-unknown", "b.xlsx#元数据:19:2"),
        ("type-error", "b.xlsx:4:3"),
        ("unique-error", "b.xlsx:4:1"),
    ]
    assert {path: path.read_bytes() for path in datasets.rglob("*") if path.is_file()} == before


def test_wrong_cells_are_marked_and_commented(datasets: Path, tmp_path: Path) -> None:
    """In the receipt of a form each fault is a comment on its cell, on whichever sheet."""
    source = fill_in(tmp_path / "b.xlsx", {**ANSWERS, "更新周期": "偶尔"}, SPOILT, FIELDS)
    brought = bring(intake_of(datasets), source)
    assert brought.receipt is not None
    assert sorted(marked(brought.receipt, "数据")) == ["A4", "A7", "C4", "D6"]
    assert "偶尔" in marked(brought.receipt, "元数据")["B19"]
    book = load_workbook(brought.receipt)
    assert {book["数据"][place].fill.start_color.rgb for place in ("A4", "C4", "D6")} == {"FFFFC7CE"}


def test_data_that_begin_at_c3_are_marked_where_they_stand(datasets: Path, tmp_path: Path) -> None:
    """Also in a form, whose data are taken into a file of their own before they are checked."""
    rows = [(), (), *((None, None, *row) for row in SPOILT)]
    brought = bring(intake_of(datasets), fill_in(tmp_path / "a.xlsx", rows=rows, fields=FIELDS))
    wrong = [(item.code, item.row, item.column) for item in brought.findings if item.severity == "error"]
    assert wrong == [("type-error", 6, 5), ("unique-error", 6, 3), ("constraint-error", 8, 6)]


def test_the_cleaned_copy_mends_what_is_certain_and_lists_it(datasets: Path, tmp_path: Path) -> None:
    """Spellings, blanks, blank rows and totals go; what is wrong stays."""
    brought = bring(intake_of(datasets), fill_in(tmp_path / "b.xlsx", ANSWERS, SPOILT, FIELDS))
    assert brought.cleaned is not None
    assert cells(brought.cleaned, "数据")[3:] == [
        ["010002", "重复站", "2021/2/30", "7"],
        ["010004", "东站", "2021-03-01", "0"],
    ]
    assert [row[:4] for row in cells(brought.cleaned, "修改记录")[1:]] == [
        ["", "", "第 7 行", ""],
        ["4", "线路数", "７", "7"],
        ["5", "", "", ""],
        ["6", "站点名称", " 东站 ", "东站"],
        ["6", "启用日期", "2021年3月1日", "2021-03-01"],
    ]


def test_the_same_import_again_changes_nothing(datasets: Path, tmp_path: Path) -> None:
    """It is told so, and no byte of the folder is another."""
    source = fill_in(tmp_path / "a.xlsx", fields=FIELDS)
    bring(intake_of(datasets), source)
    before = {path: path.stat().st_mtime_ns for path in datasets.rglob("*")}
    brought = bring(intake_of(datasets), source)
    assert (brought.state, brought.findings[-1].code) == ("unchanged", "import-unchanged")
    assert {path: path.stat().st_mtime_ns for path in datasets.rglob("*")} == before


def test_changed_data_want_an_update(datasets: Path, tmp_path: Path) -> None:
    """Without it they are refused; with it the data are new and what was added by hand is kept."""
    bring(intake_of(datasets), fill_in(tmp_path / "a.xlsx", fields=FIELDS))
    folder = datasets / "transport" / NAME
    descriptor = read_existing(folder) or {}
    write_dataset(folder, descriptor | {"version": "手工"})
    changed = fill_in(tmp_path / "a.xlsx", rows=[*ROWS, ("010003", "东站", "2021-01-01", "3")], fields=FIELDS)
    assert errors(bring(intake_of(datasets), changed)) == [("dataset-exists", "a.xlsx")]
    assert bring(intake_of(datasets, is_update=True), changed).state == "updated"
    assert (folder / f"{NAME}.csv").read_text(encoding="utf-8").count("\n") == 4
    assert (read_existing(folder) or {})["version"] == "手工"


def test_a_bare_csv_is_taken_and_not_opened(datasets: Path, tmp_path: Path) -> None:
    """Its name is the file's, its schema what its values allow; that it is open is for a person to say in the form."""
    source = tmp_path / "站点.csv"
    source.write_bytes("编号,日期\n01,2026-01-05\n02,2026-01-06\n".encode("gb18030"))
    brought = bring(intake_of(datasets), source)
    folder = datasets / "unknown" / "zhan-dian"
    assert (brought.state, errors(brought)) == ("created", [])
    assert (folder / "zhan-dian.csv").read_bytes() == source.read_bytes()
    assert brought.cleaned is not None
    assert yaml.safe_load((folder / "datapackage.yaml").read_text("utf-8"))["catalogue"]["open"] == {"is_open": False}
    assert cells(brought.cleaned, "元数据")[2][:2] == ["数据集名称 *", "站点"]
    assert cells(brought.cleaned, "字段")[1][:2] == ["编号", "文本"]


def test_a_bare_file_is_referred_to_sheets_that_there_are(
    datasets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of its cleaned copy, else of a form: the file that was handed in has none."""
    source = tmp_path / "站点.csv"
    source.write_text("编号,经度,纬度\n01,121.4,31.2\n02,121.5,31.3\n", encoding="utf-8")
    for bytes_max, form in ((importing.CLEANED_BYTES_MAX, "清洁版"), (5, "填报表")):
        monkeypatch.setattr(importing, "CLEANED_BYTES_MAX", bytes_max)
        receipt = bring(intake_of(datasets), source).receipt
        assert receipt is not None
        assert [row[3:7:3] for row in cells(receipt, "检查结果") if "“元数据”表" in row[6]] == [
            ["摘要", f"请在{form}的“元数据”表的“摘要”中用两三句话说明数据的内容、范围和来源。"],
            ["提供单位", f"请在{form}的“元数据”表中填写“提供单位”。"],
            ["开放许可", f"请在{form}的“元数据”表中选择“开放许可”。"],
            ["crs", f"请在{form}的“元数据”表的“坐标系”中选择；不清楚时请问提供坐标的单位。"],
        ]


def test_a_wrong_value_is_told_as_its_cell_shows_it(datasets: Path, tmp_path: Path) -> None:
    """The data are checked with plain numbers and days; whoever looks for them in the sheet finds what was typed."""
    rows = [
        ("编号", "数量", "日期"),
        ("01", "1,024", "1999年1月5日"),
        ("02", " ７００", "2001/1/5"),
        ("03", "101", "x"),
    ]
    fields = [{"列名": "数量", "类型": "整数", "最大": "100"}, {"列名": "日期", "类型": "日期", "最小": "2000-01-01"}]
    brought = bring(intake_of(datasets), fill_in(tmp_path / "a.xlsx", rows=rows, fields=fields))
    wrong = [(item.row, item.column, item.value) for item in brought.findings if item.severity == "error"]
    assert wrong == [(2, 2, "1,024"), (2, 3, "1999年1月5日"), (3, 2, "７００"), (4, 2, "101"), (4, 3, "x")]
    assert all(
        f"“{item.value}”" in message_of(item).zh and f'"{item.value}"' in message_of(item).en
        for item in brought.findings
    )


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.txt"])
def test_what_is_no_table_is_refused_with_a_receipt(datasets: Path, tmp_path: Path, name: str) -> None:
    """The receipt then holds the list alone."""
    (tmp_path / name).write_bytes(b"x")
    brought = bring(intake_of(datasets), tmp_path / name)
    assert (brought.state, [item.code for item in brought.findings]) == ("refused", ["file-not-importable"])
    assert brought.receipt is not None
    assert load_workbook(brought.receipt).sheetnames == ["检查结果"]


def test_a_link_in_the_inbox_is_not_followed(datasets: Path, tmp_path: Path) -> None:
    """What lies elsewhere is not for an import to take."""
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "secret.csv")
    assert errors(bring(intake_of(datasets), tmp_path / "link.csv")) == [("file-not-importable", "link.csv")]


def test_the_receipt_itself_may_be_mended_and_handed_in(datasets: Path, tmp_path: Path) -> None:
    """The sheet of results is no data, and the marks of the former receipt are gone from the new one."""
    brought = bring(intake_of(datasets), fill_in(tmp_path / "b.xlsx", ANSWERS, SPOILT, FIELDS))
    assert brought.receipt is not None
    book = load_workbook(brought.receipt)
    for place, value in (("A4", "010003"), ("C4", "2021-02-28"), ("D6", "1")):
        book["数据"][place].value = value
    book.save(brought.receipt)
    again = bring(intake_of(datasets), brought.receipt)
    assert (again.state, again.dataset, errors(again)) == ("created", NAME, [])
    assert again.receipt is not None
    assert sorted(marked(again.receipt, "数据")) == ["A7"]


def test_personal_data_are_refused_and_masked(datasets: Path, tmp_path: Path) -> None:
    """No finding, comment or list of the receipt's own repeats the number."""
    number = "13800001234"
    rows = [("姓名", "手机"), *((f"某{index}", f"138{index:08d}") for index in range(1, 9)), ("某人", number)]
    brought = bring(intake_of(datasets), fill_in(tmp_path / "a.xlsx", rows=rows))
    assert brought.state == "refused"
    assert brought.receipt is not None
    told = str(cells(brought.receipt, "检查结果")) + str(marked(brought.receipt, "数据"))
    assert number not in told


def test_every_cell_of_personal_data_is_marked(datasets: Path, tmp_path: Path) -> None:
    """One finding speaks of a column and lists five rows in words; the receipt marks each, in the rows of the sheet."""
    numbers = [(f"{number:02}", f"1380000{number:04}") for number in range(12)]
    brought = bring(
        intake_of(datasets), fill_in(tmp_path / "a.xlsx", rows=[("编号", "手机"), numbers[0], (), *numbers[1:]])
    )
    (finding,) = (item for item in brought.findings if item.severity == "error")
    assert (finding.code, finding.place) == ("personal-phone", "a.xlsx:2:2")
    assert finding.further_rows == tuple(range(4, 15))
    assert message_of(finding).zh.endswith("（第 2, 4, 5, 6, 7 等行）。")
    assert brought.receipt is not None
    places = [place for place in marked(brought.receipt, "数据") if place.startswith("B")]
    assert places == ["B2", *(f"B{row}" for row in range(4, 15))]


def test_a_file_with_a_secrecy_mark_is_not_copied_nor_asked_for_again(datasets: Path, tmp_path: Path) -> None:
    """No cleaned copy, though blanks could be mended; the receipt says that it is not to be handed in again."""
    rows = [("编号", "说明"), ("01", " 甲 "), ("02", "内部资料 不得外传")]
    brought = bring(intake_of(datasets), fill_in(tmp_path / "a.xlsx", rows=rows))
    assert errors(brought) == [("secrecy-mark", "a.xlsx:3:2")]
    assert brought.receipt is not None
    assert brought.cleaned is None
    assert [row[2] for row in cells(brought.receipt, "检查结果") if row[0] == "下一步"] == [
        "没有收下。文件带有保密标志：请不要再交，也不要转发，按下面“怎么改”一栏处理。"
    ]


def test_an_answer_that_is_none_of_the_list_is_not_called_missing(datasets: Path, tmp_path: Path) -> None:
    """It is one fault: the licence was answered, with a word that is not on the list."""
    brought = bring(intake_of(datasets), fill_in(tmp_path / "a.xlsx", {**ANSWERS, "开放许可": "随便用"}))
    assert [(item.code, item.place) for item in brought.findings if item.field == "开放许可"] == [
        ("form-choice-unknown", "a.xlsx#元数据:8:2")
    ]


@pytest.mark.parametrize("label", ["数据集名称", "摘要", "提供单位", "开放属性"])
def test_a_starred_question_left_empty_refuses_the_form(label: str, datasets: Path, tmp_path: Path) -> None:
    """Each of them alike, told once, at its cell; nothing is put among the datasets."""
    source = fill_in(tmp_path / "a.xlsx", {key: text for key, text in ANSWERS.items() if key != label})
    brought = bring(intake_of(datasets), source)
    missing = [(item.code, item.severity, item.column) for item in brought.findings if item.field == label]
    assert (brought.state, missing) == ("refused", [("form-answer-missing", "error", 2)])
    assert sorted(path.name for path in datasets.iterdir()) == ["publishers.yaml"]


def test_whether_the_public_may_have_a_bare_file_stays_open(datasets: Path, tmp_path: Path) -> None:
    """Its cleaned copy says nothing of it, and is refused until somebody does."""
    source = tmp_path / "a.csv"
    source.write_text("代码,数量\n甲, 1 \n乙,2\n", encoding="utf-8")
    brought = bring(intake_of(datasets), source)
    assert brought.cleaned is not None
    said = {row[0].rstrip(" *"): row[1] for row in cells(brought.cleaned, "元数据")}
    assert (said["数据集名称"], said["开放属性"]) == ("a", "")
    again = bring(intake_of(datasets, is_update=True), brought.cleaned)
    missing = [item.field for item in again.findings if item.code == "form-answer-missing"]
    assert (again.state, "开放属性" in missing) == ("refused", True)


def test_what_stands_on_another_sheet_is_marked_there(datasets: Path, tmp_path: Path) -> None:
    """A hidden sheet and a comment, each at its own cell; the cells of the data stay unmarked."""
    book = Workbook()
    data = book.worksheets[0]
    data.title = "数据"
    for row in (["代码", "名称"], ["01", "甲"], ["02", "乙"]):
        data.append(row)
    data["B3"].comment = Comment("联系 13800000001", "甲")
    pay = book.create_sheet("工资")
    for row in (["姓名", "身份证号"], ["测试某", "110101185001010018"]):
        pay.append(row)
    pay.sheet_state = "hidden"
    source = tmp_path / "a.xlsx"
    book.save(source)
    brought = bring(intake_of(datasets), source)
    assert brought.receipt is not None
    assert [(item.code, item.place) for item in brought.findings if item.code.startswith("personal-")] == [
        ("personal-id", "a.xlsx#工资:2:2"),
        ("personal-name", "a.xlsx#工资:2:1"),
        ("personal-phone", "a.xlsx#数据:3:2"),
    ]
    assert sorted(marked(brought.receipt, "工资")) == ["A2", "B2"]
    assert list(marked(brought.receipt, "数据")) == ["B3"]


@pytest.mark.parametrize("dirty", DIRTY, ids=lambda item: item.name)
def test_a_dirty_workbook_is_published_or_every_fault_is_marked(
    dirty: DirtyWorkbook, datasets: Path, tmp_path: Path
) -> None:
    """Handed in for a dataset that is described already: accepted, and its cleaned copy too, with the clean rows.

    Or refused, with each fault as a comment at its place, in the receipt of the workbook and in that of the copy.
    """
    folder = datasets / "transport" / dirty.name
    resource = {"name": dirty.name, "path": f"{dirty.name}.csv", "schema": dirty.schema}
    known = {"description": "为测试编写。", "catalogue": {"publisher": "transport"}}
    write_dataset(folder, {"name": dirty.name, "title": dirty.name, **known, "resources": [resource]})
    (folder / f"{dirty.name}.csv").write_text("旧\n", encoding="utf-8")
    source = tmp_path / f"{dirty.name}.xlsx"
    dirty.write(source)
    brought = bring(intake_of(datasets, is_update=True), source)
    assert brought.receipt is not None
    wrong = {(item.row, item.column) for item in brought.findings if item.severity == "error"}
    assert {(row, name) for _, row, name in dirty.faults} <= {(item.row, item.field) for item in brought.findings}
    book = load_workbook(brought.receipt)
    chosen = book.worksheets[1 if len(book.worksheets) == 2 else -1]
    assert {(cell.row, cell.column) for row in chosen.iter_rows() for cell in row if cell.comment} >= wrong
    assert (brought.state == "refused") == bool(wrong)
    assert not [row for row in cells(brought.receipt, "检查结果") if WORDS_OF_DESCRIPTORS.search(" ".join(row[5:]))]
    assert brought.cleaned is not None
    answered(brought.cleaned, {"开放属性": "无条件开放"})
    again = bring(intake_of(datasets, is_update=True), brought.cleaned)
    if wrong:
        assert again.state == "refused"
        assert len([item for item in again.findings if item.severity == "error"]) >= len(wrong)
    else:
        assert again.state == "updated"
        text = (folder / f"{dirty.name}.csv").read_text(encoding="utf-8").splitlines()
        assert text[0].split(",") == (dirty.clean_rows or [[]])[0]


@needs_shared_data
def test_a_workbook_of_three_sheets_becomes_a_table_each(datasets: Path, tmp_path: Path) -> None:
    """The metro workbook: merged headers, three lines; what has no name is marked in each sheet."""
    source = tmp_path / "metro.xlsx"
    shutil.copyfile(SHARED / "cn" / "shanghai_metro_l1-3.xlsx", source)
    brought = bring(replace(intake_of(datasets), receipts=tmp_path / "回执"), source)
    assert brought.receipt is not None
    assert load_workbook(brought.receipt).sheetnames == ["检查结果", "1号线", "2号线", "3号线"]
    assert {"F2", "G2"} <= set(marked(brought.receipt, "2号线"))
    copies = sorted(path.name for path in (tmp_path / "回执").glob("*-清洁版.xlsx"))
    assert copies == ["metro-2-hao-xian-清洁版.xlsx", "metro-3-hao-xian-清洁版.xlsx"]
    # Below a blank row of the first sheet begins another table, which no copy may mix with the first.
    assert [item.row for item in brought.findings if item.code == "blank-row-unclear"] == [35]


def test_a_blank_row_above_another_table_is_not_taken_off(datasets: Path, tmp_path: Path) -> None:
    """Neither a bare file nor a form: no cleaned copy, nothing published, and the receipt says what to do."""
    (tmp_path / "a.csv").write_text("代码,名称\n01,x\n02,y\n,\n年份,金额\n2020,万元\n", encoding="utf-8")
    brought = bring(intake_of(datasets), tmp_path / "a.csv")
    assert (brought.state, brought.cleaned, errors(brought)) == ("refused", None, [("blank-row-unclear", "a.csv:4")])
    rows = (("站点编号", "线路数"), ("01", "1"), ("02", "2"), (), ("站点编号", "乘客数"), ("01", "3"))
    brought = bring(intake_of(datasets), fill_in(tmp_path / "b.xlsx", rows=rows))
    assert (brought.state, brought.cleaned) == ("refused", None)
    assert [code for code, _ in errors(brought)] == ["blank-row-unclear"]


def test_totals_and_signatures_of_a_csv_are_not_in_the_cleaned_copy(datasets: Path, tmp_path: Path) -> None:
    """They are told in the receipt and dropped; the column of numbers stays one of integers, and names stay behind."""
    text = "某市学校表,,单位：人\n代码,名称,人数\n01,甲,3\n02,乙,4\n合计,,7\n注：截至9月\n填表人：张某,,审核：李某\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    brought = bring(intake_of(datasets), tmp_path / "a.csv")
    assert {("note-rows-left-out", 6), ("total-rows-left-out", 5)} <= {
        (item.code, item.row) for item in brought.findings
    }
    assert brought.cleaned is not None
    assert cells(brought.cleaned, "数据") == [["代码", "名称", "人数"], ["01", "甲", "3"], ["02", "乙", "4"]]
    assert [row[1] for row in cells(brought.cleaned, "字段")[1:4]] == ["文本", "文本", "整数"]
    assert ["数据集名称", "某市学校表"] in [[row[0].rstrip(" *"), row[1]] for row in cells(brought.cleaned, "元数据")]


def test_a_blank_row_between_records_of_one_table_is_taken_off(datasets: Path, tmp_path: Path) -> None:
    """What follows has the shape of what stands above, a missing value and all: the cleaned copy is certain."""
    text = "代码,名称,人数\n01,x,1\n02,y,2\n,,\n03,z,-\n04,w,4\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    brought = bring(intake_of(datasets), tmp_path / "a.csv")
    assert brought.cleaned is not None
    assert [row[0] for row in cells(brought.cleaned, "数据")] == ["代码", "01", "02", "03", "04"]


def test_a_form_with_too_much_data_is_refused(datasets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is held in memory whole; the finding says that a CSV file is not."""
    monkeypatch.setattr(importing, "FORM_BYTES_MAX", 50)
    assert errors(bring(intake_of(datasets), fill_in(tmp_path / "a.xlsx"))) == [("form-too-large", "a.xlsx")]


def test_a_large_bare_file_gets_no_cleaned_copy(
    datasets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is published all the same."""
    monkeypatch.setattr(importing, "CLEANED_BYTES_MAX", 5)
    (tmp_path / "a.csv").write_text("编号,名称\n01,甲\n02,乙\n", encoding="utf-8")
    brought = bring(intake_of(datasets), tmp_path / "a.csv")
    assert (brought.state, brought.cleaned) == ("created", None)


def test_a_form_without_data_says_so(datasets: Path, tmp_path: Path) -> None:
    """The sheets of the form itself are never taken for the data."""
    brought = bring(intake_of(datasets), fill_in(tmp_path / "a.xlsx", ANSWERS, ()))
    assert [item.code for item in brought.findings if item.severity == "error"] == ["form-data-missing"]
    assert brought.cleaned is None


def test_a_title_above_the_header_is_the_title(datasets: Path, tmp_path: Path) -> None:
    """A bare file of text with lines above its header is named by what they say."""
    source = tmp_path / "a.csv"
    source.write_text("小城公交站点\n\n编号,名称,线路数\n0001,甲,3\n0002,乙,4\n", encoding="utf-8")
    brought = bring(intake_of(datasets), source)
    assert brought.folder is not None
    descriptor = read_existing(brought.folder)
    assert descriptor is not None
    assert descriptor["title"] == "小城公交站点"


def test_a_bare_file_finds_its_publisher_by_a_form(datasets: Path, tmp_path: Path) -> None:
    """What was taken in without a publisher can be completed: the same name in a form takes its place with --update."""
    source = tmp_path / "公交站点.csv"
    source.write_text("编号,名称\n0001,甲\n", encoding="utf-8")
    assert bring(intake_of(datasets), source).state == "created"
    form = fill_in(tmp_path / "form.xlsx", ANSWERS, ROWS)
    assert bring(replace(intake_of(datasets), is_update=True), form).state == "updated"


def told(brought: Brought) -> list[tuple[str, int | None, int | None]]:
    """Return code, row and column of every finding."""
    return [(item.code, item.row, item.column) for item in brought.findings]


def typed(path: Path, values: Mapping[str, object], **form: Any) -> Path:
    """Fill in a form and type *values* into cells of the data that are no longer text."""
    fill_in(path, **form)
    book = load_workbook(path)
    for place, value in values.items():
        book["数据"][place].value = value
        book["数据"][place].number_format = "General"
    book.save(path)
    return path


def test_a_code_that_was_typed_as_a_number_is_told_in_a_form_too(datasets: Path, tmp_path: Path) -> None:
    """001 is 1 then; what the form calls a code counts, whatever the column is named, and so does the wrong cell."""
    rows = [("甲", "乙"), ("001", "x"), ("002", "y"), ("003", "z")]
    fields = ({"列名": "甲", "类型": "编码"},)
    brought = bring(intake_of(datasets), typed(tmp_path / "a.xlsx", {"A3": 2}, rows=rows, fields=fields))
    assert told(brought) == [("code-as-number", 3, 1)]
    assert brought.receipt is not None
    assert list(marked(brought.receipt, "数据")) == ["A3"]


def test_every_lost_code_is_to_be_entered_again(datasets: Path, tmp_path: Path) -> None:
    """Each has one finding, and the cleaned copy says so in each cell: else its zeros would pass as text."""
    numbers = {"A2": 110101186001012000, "A3": 110101186001013000}
    brought = bring(intake_of(datasets), typed(tmp_path / "a.xlsx", numbers, fields=FIELDS))
    assert told(brought) == [("number-precision-lost", 2, 1), ("number-precision-lost", 3, 1)]
    assert brought.cleaned is not None
    assert [row[0] for row in cells(brought.cleaned, "数据")[1:]] == [UNMENDED, UNMENDED]
    assert told(bring(intake_of(datasets), brought.cleaned)) == [("cell-unmended", 2, 1), ("cell-unmended", 3, 1)]


def test_a_formula_that_ended_in_an_error_is_one_fault(datasets: Path, tmp_path: Path) -> None:
    """That its cell is no number either is not told as well."""
    source = tmp_path / "a.xlsx"
    fill_in(source, fields=FIELDS)
    book = load_workbook(source)
    book["数据"]["D2"].value = "#N/A"
    book["数据"]["D2"].data_type = "e"
    book.save(source)
    assert told(bring(intake_of(datasets), source)) == [("formula-error", 2, 4)]


def test_a_formula_without_a_value_is_told_as_in_a_bare_workbook(datasets: Path, tmp_path: Path) -> None:
    """It reads as a blank, whichever way the workbook came."""
    form = bring(intake_of(datasets), typed(tmp_path / "a.xlsx", {"D2": "=1+1"}))
    book = load_workbook(tmp_path / "a.xlsx")
    for name in ("填报说明", "元数据", "字段", "选项"):
        del book[name]
    book.save(tmp_path / "b.xlsx")
    bare = bring(intake_of(datasets), tmp_path / "b.xlsx")
    code = "formula-without-value"
    texts = [[message_of(item) for item in brought.findings if item.code == code] for brought in (form, bare)]
    assert len(texts[0]) == 1
    assert "数据!D2" in texts[0][0].zh
    assert texts[0] == texts[1]


def test_a_blank_row_is_one_fault(datasets: Path, tmp_path: Path) -> None:
    """That its key is empty is not told as well."""
    (tmp_path / "a.csv").write_text("编号,名称\n01,甲\n,\n02,乙\n03,丙\n", encoding="utf-8")
    assert errors(bring(intake_of(datasets), tmp_path / "a.csv")) == [("blank-row", "a.csv:3")]


@pytest.mark.parametrize("openness", ["随便", ""])
def test_an_openness_that_cannot_be_read_hides_no_other_fault(openness: str, datasets: Path, tmp_path: Path) -> None:
    """The file is refused; everything else is told as for open data, so that one round is enough."""
    rows = [*ROWS, ("010003", "请拨 13800001234", "2021/2/30", "3")]
    source = fill_in(tmp_path / "a.xlsx", {**ANSWERS, "开放属性": openness}, rows, FIELDS)
    brought = bring(intake_of(datasets), source)
    code = "form-choice-unknown" if openness else "form-answer-missing"
    assert errors(brought) == [
        (code, "a.xlsx#元数据:11:2"),
        ("type-error", "a.xlsx:4:3"),
        ("personal-phone", "a.xlsx:4:2"),
    ]
    assert [item.value for item in brought.findings if item.code == "type-error"] == ["2021/2/30"]
    assert not list(datasets.glob("transport/*"))


def test_closed_data_are_not_quoted(datasets: Path, tmp_path: Path) -> None:
    """Their faults are told without what stands in the cells."""
    source = fill_in(tmp_path / "a.xlsx", {**ANSWERS, "开放属性": "不予开放"}, SPOILT, FIELDS)
    brought = bring(intake_of(datasets), source)
    assert brought.state == "refused"
    assert "2021/2/30" not in str(brought.findings)


def test_what_a_question_decides_is_told_at_its_cell(datasets: Path, tmp_path: Path) -> None:
    """A contradiction of two answers stands at the first, coordinates without a system at the question for it."""
    rows = [("名称", "经度", "纬度"), ("甲", "120.5", "31.3")]
    source = fill_in(tmp_path / "a.xlsx", {**ANSWERS, "共享类型": "不予共享"}, rows)
    brought = bring(intake_of(datasets), source)
    assert [(item.code, item.place, item.field) for item in brought.findings] == [
        ("sharing-contradiction", "a.xlsx#元数据:14:2", "共享类型"),
        ("sharing-basis-missing", "a.xlsx#元数据:16:2", "不予共享的依据"),
        ("crs-missing", "a.xlsx#元数据:26:2", "坐标系"),
    ]


def test_personal_data_in_an_answer_are_told_at_its_cell(datasets: Path, tmp_path: Path) -> None:
    """In the words of the form, like everything else."""
    answers = {**ANSWERS, "摘要": "请拨 13800001234", "数据来源": "某人 13800001235"}
    brought = bring(intake_of(datasets), fill_in(tmp_path / "a.xlsx", answers, fields=FIELDS))
    assert errors(brought) == [("personal-phone", "a.xlsx#元数据:4:2"), ("personal-phone", "a.xlsx#元数据:9:2")]
    assert brought.receipt is not None
    notes = marked(brought.receipt, "元数据")
    assert notes["B4"].startswith("【错误】“元数据”表的“摘要”有 1 处手机号")
    assert notes["B9"].startswith("【错误】“元数据”表的“数据来源”有 1 处手机号")


def test_rows_in_words_are_those_of_the_sheet(datasets: Path, tmp_path: Path) -> None:
    """Blank rows are left out of the data that are checked, and counted in what is told."""
    rows = [
        *ROWS,
        (),
        (),
        ("010003", "拨 13800001234", "2021-01-01", "3"),
        ("010003", "拨 13800001234", "2021-01-01", "3"),
    ]
    brought = bring(intake_of(datasets), fill_in(tmp_path / "a.xlsx", rows=rows, fields=FIELDS))
    told_zh, told_en = zip(*((message_of(item).zh, message_of(item).en) for item in brought.findings), strict=True)
    assert [re.findall(r"第 (\d.*?) 行", text) for text in told_zh] == [["6"], ["6, 7"]]
    assert [re.findall(r"rows? (?:at position )?(\d[\d, ]*)", text) for text in told_en] == [["6"], ["6, 7"]]


def summary(brought: Brought) -> dict[str, str]:
    """Return the lines above the list of a receipt."""
    assert brought.receipt is not None
    return {row[0]: row[2] for row in cells(brought.receipt, "检查结果")[1:9] if row[0]}


def test_the_receipt_of_a_refused_file_says_where_things_stand(datasets: Path, tmp_path: Path) -> None:
    """Nothing is published and there is no preview; of an update the page of the former version is named."""
    first = bring(intake_of(datasets), fill_in(tmp_path / "a.xlsx", rows=SPOILT, fields=FIELDS))
    assert "预览" not in summary(first)
    assert summary(first)["下一步"].startswith("没有收下，网站上没有发布任何内容，所以没有预览。")
    bring(intake_of(datasets), fill_in(tmp_path / "b.xlsx", fields=FIELDS))
    update = bring(intake_of(datasets, is_update=True), fill_in(tmp_path / "c.xlsx", rows=SPOILT, fields=FIELDS))
    assert summary(update)["预览"] == f"http://127.0.0.1:8000/datasets/{NAME}/"
    assert summary(update)["下一步"].startswith("没有收下。以前收下的版本没有改动，见预览地址。")


def test_a_receipt_of_several_sheets_may_be_handed_in(datasets: Path, tmp_path: Path) -> None:
    """Each sheet becomes a file of its own, and what is wrong in the second is marked there."""
    book = Workbook()
    for name, rows in (
        ("甲表", [("编号", "名称"), ("01", "甲")]),
        ("乙表", [("代码", "数量"), ("a", "1"), ("b", UNMENDED)]),
    ):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.create_sheet("检查结果")
    del book["Sheet"]
    book.save(tmp_path / "两张表-回执.xlsx")
    brought = bring(intake_of(datasets), tmp_path / "两张表-回执.xlsx")
    assert errors(brought) == [("cell-unmended", "两张表-回执.xlsx:3:2")]
    assert brought.receipt is not None
    assert [sorted(marked(brought.receipt, name)) for name in ("甲表", "乙表")] == [[], ["B3"]]
    book["乙表"]["B3"].value = "2"
    book.save(tmp_path / "两张表-回执.xlsx")
    again = bring(intake_of(datasets), tmp_path / "两张表-回执.xlsx")
    assert again.folder is not None
    texts = {path.name: path.read_text(encoding="utf-8") for path in again.folder.glob("*.csv")}
    assert texts == {"jia-biao.csv": "编号,名称\n01,甲\n", "yi-biao.csv": "代码,数量\na,1\nb,2\n"}
