"""The form as it is handed out."""

from __future__ import annotations

from pathlib import Path

from clerk import ANSWERS, CHOICES, FIELDS, ROWS, cells, fill_in
from openpyxl import load_workbook

from portal.incoming.form.blank_form import write_form, write_template
from portal.incoming.form.filled.filled_form import read_filled
from portal.incoming.form.form import METADATA_SHEET, FieldRow, Form
from portal.incoming.form.questions import QUESTIONS
from portal.model.limits import Limits


def test_the_form_has_its_sheets_in_the_order_in_which_they_are_filled_in(tmp_path: Path) -> None:
    """Help, metadata, fields, data, and the lists behind the drop-downs; none is hidden."""
    write_template(tmp_path / "a.xlsx", CHOICES)
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["填报说明", "元数据", "字段", "数据", "选项"]
    assert {sheet.sheet_state for sheet in book.worksheets} == {"visible"}


def test_every_question_has_help_and_every_choice_its_list(tmp_path: Path) -> None:
    """Each cell to fill in shows a message; those with a closed list take nothing else."""
    write_template(tmp_path / "a.xlsx", CHOICES)
    sheet = load_workbook(tmp_path / "a.xlsx")[METADATA_SHEET]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    rows = {str(row[0].value).rstrip(" *"): row[1].coordinate for row in sheet.iter_rows(min_row=2)}
    for question in QUESTIONS:
        rule = rules[rows[question.label.zh]]
        assert rule.prompt == question.help.zh
        assert (rule.type == "list") == bool(question.choices)
    assert rules[rows["开放属性"]].errorStyle in (None, "stop")


def test_publishers_and_topics_of_the_portal_can_be_chosen(tmp_path: Path) -> None:
    """The lists stand on a sheet of their own, first the publishers."""
    write_template(tmp_path / "a.xlsx", CHOICES)
    lists = cells(tmp_path / "a.xlsx", "选项")
    assert lists[1][:2] == ["示范市交通局", "信用服务"]


def test_what_is_filled_in_is_text_whatever_it_looks_like(tmp_path: Path) -> None:
    """The columns of data are prepared as text, so that no program takes zeros off a code."""
    write_template(tmp_path / "a.xlsx", CHOICES)
    book = load_workbook(tmp_path / "a.xlsx")
    assert book["数据"].column_dimensions["A"].number_format == "@"
    assert book[METADATA_SHEET]["B3"].number_format == "@"


def test_the_same_form_has_the_same_bytes(tmp_path: Path) -> None:
    """No time of writing stands in the file."""
    write_template(tmp_path / "a.xlsx", CHOICES)
    write_template(tmp_path / "b.xlsx", CHOICES)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_form_is_read_as_it_was_filled_in(tmp_path: Path) -> None:
    """Answers come back by question, fields by column."""
    path = fill_in(tmp_path / "a.xlsx", ANSWERS, ROWS, FIELDS)
    filled, findings = read_filled(path, tmp_path / "work", Limits())
    labels = {question.key: question.label.zh for question in QUESTIONS}
    answered = {labels[key]: answer.text for key, answer in filled.form.answers.items() if answer.text}
    assert answered == ANSWERS
    assert findings == []
    assert filled.sheets == ("数据",)
    assert filled.form.fields[3] == FieldRow(
        "线路数", "整数", minimum="1", description="停靠的线路数", english="lines", row=5
    )


def test_a_written_form_is_read_back(tmp_path: Path) -> None:
    """What the cleaned copy says is what an import reads of it."""
    form = Form({}, (FieldRow("代码", "编码", "是", "是", "a、b", "", "", "说明", "code", row=2),))
    write_form(tmp_path / "a.xlsx", CHOICES, form, fields=[{"name": "代码", "type": "string"}], rows=[("a",)])
    filled, _ = read_filled(tmp_path / "a.xlsx", tmp_path / "work", Limits())
    assert filled.form.fields == form.fields


def test_a_row_that_the_form_does_not_have_is_a_warning(tmp_path: Path) -> None:
    """Questions are known by their labels; what stands elsewhere is not used, and said so."""
    path = fill_in(tmp_path / "a.xlsx")
    book = load_workbook(path)
    book[METADATA_SHEET]["A40"], book[METADATA_SHEET]["B40"] = "联系人", "某人"
    book.save(path)
    _, findings = read_filled(path, tmp_path / "work", Limits())
    assert [(item.code, item.place) for item in findings] == [("form-question-unknown", "a.xlsx#元数据:40:1")]
