"""Reports in every format: the same findings, whole, and safe to open in the program each format is for."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from openpyxl import load_workbook

from portal.examining.understanding import UnderstoodDataset
from portal.examining.understanding_in_words import decisions_of, explain
from portal.findings.codes import CODES
from portal.findings.finding import Report, found
from portal.findings.words import finding_record, message_of
from portal.findings.written import csv_report, json_report, sarif_report, xlsx_report
from portal.model.catalog import Dataset, Publisher, Resource
from portal.model.text import LocalText
from portal.model.understood_table import Decision, Sheet, UnderstoodTable

WRONG_TYPE = found(
    "type-error",
    dataset="schools",
    resource="schools",
    file="education/schools/学校 a.csv",
    row=2,
    column=3,
    field="学生数",
    value="=三十",
    expected=LocalText("整数", "an integer"),
    example=LocalText("请填写阿拉伯数字。", "Write digits."),
)
WRONG_KEY = found(
    "key-unknown", dataset="schools", file="education/schools/datapackage.yaml", row=7, column=5, field="x"
)
ODD_FOLDER = found("title-missing", dataset="@odd")
REPORT = Report((WRONG_TYPE, WRONG_KEY, ODD_FOLDER))
DATASETS = {"schools": False, "=odd": True}


def test_json_holds_the_findings_as_everywhere_and_the_verdicts() -> None:
    """The shape is that of report.json, with name and verdict of every dataset beside it."""
    assert json.loads(json_report.dump(REPORT, DATASETS)) == {
        "findings": [finding_record(item) for item in (WRONG_TYPE, WRONG_KEY, ODD_FOLDER)],
        "datasets": [{"name": "schools", "accepted": False}, {"name": "=odd", "accepted": True}],
    }


def test_csv_begins_with_the_mark_that_excel_wants_and_has_a_line_a_finding() -> None:
    """UTF-8 with a byte order mark; every line has a cell for every column."""
    content = csv_report.dump(REPORT)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == {
        "severity": "error",
        "code": "type-error",
        "title_zh": "值的类型不对",
        "title_en": "Value is of the wrong type",
        "dataset": "schools",
        "resource": "schools",
        "file": "education/schools/学校 a.csv",
        "row": "2",
        "column": "3",
        "field": "学生数",
        "value": "'=三十",
        "message_zh": message_of(WRONG_TYPE).zh,
        "message_en": message_of(WRONG_TYPE).en,
        "mend_zh": "请填写阿拉伯数字。",
        "mend_en": "Write digits.",
    }
    assert [row["code"] for row in rows] == ["type-error", "key-unknown", "title-missing"]


def test_no_cell_of_the_csv_is_a_formula() -> None:
    """A cell that begins like a formula gets an apostrophe, whatever column it stands in; a number stays a number.

    The sentences count too: of one code the message begins with a detail, of the other the mend.
    """
    hostile = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1"]
    findings = [
        found(code, dataset=text, resource=text, file=text, field=text, value=text, where=text, example=text)
        for text in hostile
        for code in ("personal-phone", "type-error")
    ]
    numbers = found("title-missing", value="-5.25")
    rows = csv.reader(io.StringIO(csv_report.dump(Report((*findings, numbers))).decode("utf-8-sig"), newline=""))
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t＝")] == ["-5.25"]
    assert sum(cell.startswith("'=1+1") for cell in cells) == (5 + 2) + (5 + 1)


def test_the_workbook_holds_a_summary_and_a_filtered_list_of_texts() -> None:
    """Two sheets; every text is a text, and the list has a filter over all its columns."""
    book = load_workbook(io.BytesIO(xlsx_report.dump(REPORT, DATASETS)))
    summary, findings = book.worksheets
    assert [[cell.value for cell in row[:4]] for row in summary.iter_rows()] == [
        ["数据集 Datasets checked", 2, None, None],
        ["未通过 Refused", 1, None, None],
        ["错误 Errors", 1, None, None],
        ["警告 Warnings", 2, None, None],
        ["提示 Notes", 0, None, None],
        [None, None, None, None],
        ["数据集 Dataset", "结果 Result", "错误 Errors", "警告 Warnings"],
        ["schools", "未通过 refused", 1, 1],
        ["=odd", "通过 accepted", 0, 0],
    ]
    assert findings.auto_filter.ref == "A1:N4"
    assert [cell.value for cell in findings[2]] == [
        "错误 error",
        "值的类型不对 Value is of the wrong type",
        "education/schools/学校 a.csv",
        2,
        3,
        "学生数",
        "=三十",
        message_of(WRONG_TYPE).zh,
        "请填写阿拉伯数字。",
        message_of(WRONG_TYPE).en,
        "Write digits.",
        "schools",
        "schools",
        "type-error",
    ]
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} == {"s", "n"}


def test_the_workbook_of_a_clean_check_has_an_empty_list() -> None:
    """Headers and filter stand there without findings."""
    book = load_workbook(io.BytesIO(xlsx_report.dump(Report(), {"schools": True})))
    assert book.worksheets[1].max_row == 1


def sarif(report: Report, lang: str = "en") -> Any:
    """Return the only run of a report as SARIF."""
    document = json.loads(sarif_report.dump(report, lang=lang, version="1.2.3"))
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = document["runs"]
    return run


def test_a_rule_of_sarif_explains_its_code() -> None:
    """Each code that occurs is a rule once, with title, explanation and help."""
    driver = sarif(Report((*REPORT, WRONG_TYPE)))["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("Kaifang", "1.2.3")
    assert [rule["id"] for rule in driver["rules"]] == ["type-error", "key-unknown", "title-missing"]
    code = CODES["key-unknown"]
    advice = f"{code.explanation.en}\n\n→ {code.mend.en}"
    assert driver["rules"][1] == {
        "id": "key-unknown",
        "name": "KeyUnknown",
        "shortDescription": {"text": code.title.en},
        "fullDescription": {"text": code.explanation.en},
        "help": {"text": advice, "markdown": advice},
        "defaultConfiguration": {"level": "warning"},
    }


def test_a_result_of_sarif_stands_at_its_place() -> None:
    """The file is a quoted address, the line its row; a column of a table is no column of characters."""
    table, descriptor, nowhere = sarif(REPORT)["results"]
    assert table["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {
                    "uri": "education/schools/%E5%AD%A6%E6%A0%A1%20a.csv",
                    "uriBaseId": "%SRCROOT%",
                },
                "region": {"startLine": 2},
            },
            "logicalLocations": [{"fullyQualifiedName": "schools/schools/学生数"}],
        }
    ]
    assert table["properties"] == {"row": 2, "column": 3, "field": "学生数", "value": "=三十"}
    assert descriptor["locations"][0]["physicalLocation"]["region"] == {"startLine": 7, "startColumn": 5}
    assert nowhere["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "@odd"}]}]


def test_results_of_sarif_have_the_levels_of_sarif_and_keep_their_fingerprints() -> None:
    """Error, warning and note; the same place has the same fingerprint in each language, another place another."""
    note = found("link-not-checked", dataset="schools")
    english = sarif(Report((WRONG_TYPE, WRONG_KEY, note)))["results"]
    chinese = sarif(Report((WRONG_TYPE, WRONG_KEY, note)), "zh")["results"]
    assert [item["level"] for item in english] == ["error", "warning", "note"]
    assert [item["ruleIndex"] for item in english] == [0, 1, 2]
    prints = [item["partialFingerprints"] for item in english]
    assert prints == [item["partialFingerprints"] for item in chinese]
    assert len({str(item) for item in prints}) == 3
    assert chinese[0]["message"]["text"] == f"{message_of(WRONG_TYPE).zh}\n→ 请填写阿拉伯数字。"


def test_a_file_outside_the_repository_has_a_full_address() -> None:
    """An absolute path becomes a file address."""
    (result,) = sarif(Report((found("blank-row", file="/srv/数据/a.csv", row=3),)))["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "file:///srv/%E6%95%B0%E6%8D%AE/a.csv"}


def test_a_file_name_that_is_no_text_does_not_stop_a_report() -> None:
    """A name with bytes that are no UTF-8 is written with escapes in every format."""
    report = Report((found("blank-row", dataset="a", file="b\udcff.csv", row=3),))
    written = json_report.dump(report, {"a": False}).encode("utf-8", "backslashreplace")
    assert json.loads(written)["findings"][0]["file"] == "b\udcff.csv"
    assert "b%FF.csv" in sarif_report.dump(report, lang="zh", version="1")
    assert b"b\\udcff.csv" in csv_report.dump(report)
    assert load_workbook(io.BytesIO(xlsx_report.dump(report, {}))).worksheets[1]["C2"].value == "b\\udcff.csv"


TABLE = UnderstoodTable(
    "schools",
    path=__file__,  # type: ignore[arg-type]
    is_original=False,
    labels=("学校代码", "学生数"),
    header_row=3,
    comment_rows=(9, 10, 12),
    schema={"fields": [{"name": "学校代码", "type": "string"}]},
    format="xlsx",
    sheets=(Sheet("数据", 60, 2, is_chosen=True), Sheet("说明\x1b", 3, 1, is_hidden=True)),
    decisions=(Decision("sheet", "数据", "数据", "唯一不为空", "the only one that is not empty"),),
)


def dataset(open_state: str = "open") -> Dataset:
    """A dataset with one table, and a link."""
    return Dataset(
        name="schools",
        title=LocalText("学校名录", "List of schools"),
        folder="education/schools",
        descriptor_file="education/schools/datapackage.yaml",
        publisher=Publisher("education", LocalText("教育局")),
        open_state=open_state,  # type: ignore[arg-type]
        resources=(
            Resource("schools", LocalText("学校"), "table", "xlsx", "", paths=("学校.xlsx",)),
            Resource("map", LocalText("地图"), "link", "wms", "", url="https://maps.example.com/"),
            Resource("lost", LocalText("丢失"), "table", "csv", "", paths=("lost.csv",)),
        ),
    )


def test_what_was_understood_is_told_with_how_it_was_decided() -> None:
    """Decisions in the order of reading, the sheets, the columns with their types; nothing that a terminal obeys."""
    assert list(explain(UnderstoodDataset.of(dataset(), {"schools": TABLE}), "en")) == [
        "schools: List of schools",
        "  schools: 学校.xlsx",
        "    Format: XLSX",
        "    Sheet: 数据 (the only one that is not empty)",
        "    Header: row 3",
        "    Rows that are no data: rows 9–10, 12",
        "    Sheets of the workbook",
        "      数据: 60 rows, 2 columns; this sheet is read",
        "      说明\\x1b: 3 rows, 1 column; hidden",
        "    2 columns",
        "      学校代码: string",
        "      学生数: Not declared",
        "  map: https://maps.example.com/",
        "    This is not read as a table; it is published as it is.",
        "  lost: lost.csv",
        "    This table was not read.",
    ]


def test_of_a_closed_dataset_nothing_is_told_that_stands_in_a_cell() -> None:
    """Neither sheets nor rows nor labels: only the format, and the columns that the descriptor declares."""
    lines = list(explain(UnderstoodDataset.of(dataset("closed"), {"schools": TABLE}), "en"))
    assert lines[:5] == [
        "schools: List of schools",
        "  schools: 学校.xlsx",
        "    Format: XLSX",
        "    1 column",
        "      学校代码: string",
    ]


def test_what_goes_without_saying_is_said_once() -> None:
    """A reader's own decision takes the place of what is evident."""
    said = Decision("encoding", "GB18030", "GB18030", "全文", "the whole file")
    table = UnderstoodTable("t", TABLE.path, True, (), delimiter="\t", encoding="gb18030", decisions=(said,))
    assert [(item.what, item.value_en) for item in decisions_of(table, is_open=True)] == [
        ("format", "CSV"),
        ("encoding", "GB18030"),
        ("delimiter", "tab"),
        ("header", "row 1"),
    ]
