"""Answers of a form as a descriptor."""

from __future__ import annotations

from typing import Any

import pytest
from clerk import ANSWERS, CHOICES

from portal.incoming.form.filled.answers import FormReader
from portal.incoming.form.form import Answer, FieldRow, Form
from portal.incoming.form.questions import QUESTIONS

KEYS = {question.label.zh: question.key for question in QUESTIONS}


def reader(answers: dict[str, str], *fields: FieldRow) -> FormReader:
    """Return the reader of a form with these answers, by label, from row 2 on."""
    texts = {KEYS[label]: Answer(text, row) for row, (label, text) in enumerate(answers.items(), start=2)}
    return FormReader(Form(texts, fields), CHOICES, "a.xlsx")


def test_answers_stand_where_the_catalogue_wants_them() -> None:
    """Chosen titles become ids, lists become lists, and the name is the title in pinyin."""
    form = reader({**ANSWERS, "发布日期": "2026年1月5日", "时间范围：起": "2025/1/1", "时间范围：止": "2025-12-31"})
    assert form.descriptor() == {
        "name": "gong-jiao-zhan-dian",
        "title": "公交站点",
        "description": "全市公交站点的名称和启用日期。",
        "keywords": ["公交", "站点"],
        "licenses": [{"name": "CC-BY-4.0"}],
        "catalogue": {
            "publisher": "transport",
            "themes": ["traffic", "living"],
            "update_cycle": "monthly",
            "published": "2026-01-05",
            "temporal": "2025-01-01/2025-12-31",
            "open": {"is_open": True},
        },
    }
    assert form.findings == []


@pytest.mark.parametrize(
    ("state", "more", "expected"),
    [
        ("有条件开放", {"开放条件": "签订承诺"}, {"open": {"is_open": True, "condition": "签订承诺"}}),
        ("计划开放", {"计划开放日期": "2027-01-01"}, {"planned": {"on": "2027-01-01"}}),
        ("不予开放", {}, {"open": {"is_open": False}}),
        ("随便", {}, {"open": {"is_open": False}}),
    ],
)
def test_only_a_plain_yes_opens_a_dataset(state: str, more: dict[str, str], expected: dict[str, Any]) -> None:
    """Conditions and plans are kept; an answer that is none of the list keeps the files closed."""
    catalogue = reader({"数据集名称": "a", "开放属性": state, **more}).descriptor()["catalogue"]
    assert catalogue == expected


@pytest.mark.parametrize(
    ("label", "text", "code"),
    [
        ("更新周期", "常常", "form-choice-unknown"),
        ("发布日期", "去年", "form-answer-invalid"),
        ("空间范围", "上海", "form-answer-invalid"),
        ("数据集标识", "公交", "form-answer-invalid"),
        ("时间范围：止", "2025-01-01", "form-answer-invalid"),
    ],
)
def test_an_answer_that_cannot_be_used_is_found_at_its_cell(label: str, text: str, code: str) -> None:
    """The finding names the cell on the sheet of metadata."""
    form = reader({"数据集名称": "a", "开放属性": "不予开放", label: text})
    form.descriptor()
    assert [(item.code, item.place, item.field) for item in form.findings] == [(code, "a.xlsx#元数据:4:2", label)]


def test_a_form_without_an_answer_to_each_starred_question_is_refused() -> None:
    """All of them are errors alike; what is not starred is for the rules on metadata."""
    form = reader({})
    form.check_required()
    assert [(item.severity, item.field) for item in form.findings] == [
        ("error", question.label.zh) for question in QUESTIONS if question.is_required
    ]
    assert [item.field for item in form.findings] == ["数据集名称", "摘要", "提供单位", "开放属性"]


def test_an_update_may_leave_out_what_the_dataset_has() -> None:
    """A description and a publisher that stand there stay; which dataset it is, and who may have it, is said anew."""
    form = reader({})
    form.check_required({"title": "甲", "description": "乙", "catalogue": {"publisher": "丙", "open": True}})
    assert [item.field for item in form.findings] == ["数据集名称", "开放属性"]


def test_a_bare_file_was_asked_nothing() -> None:
    """So nothing is missing in it."""
    form = FormReader(Form(is_bare=True), CHOICES, "a.csv")
    form.check_required()
    assert form.findings == []


def test_fields_become_a_schema() -> None:
    """Types in Chinese are those of Table Schema; a column that the form passes over stays as it was worked out."""
    form = reader(
        {},
        FieldRow("信用代码", "统一社会信用代码", "是", "是"),
        FieldRow("等级", "文本", values="甲、乙"),
        FieldRow("数量", "整数", minimum="０", maximum="1,000", description="件"),
    )
    inferred = {"fields": [{"name": "备注", "type": "string"}], "missingValues": ["", "—"]}
    assert form.schema(("信用代码", "等级", "数量", "备注"), inferred) == {
        "fields": [
            {
                "name": "信用代码",
                "type": "string",
                "codeFormat": "uscc",
                "constraints": {"required": True, "unique": True},
            },
            {"name": "等级", "type": "string", "constraints": {"enum": ["甲", "乙"]}},
            {"name": "数量", "type": "integer", "description": "件", "constraints": {"minimum": 0, "maximum": 1000}},
            {"name": "备注", "type": "string"},
        ],
        "missingValues": ["", "—"],
    }
    assert form.findings == []


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (FieldRow("没有的列", row=2), "a.xlsx#字段:2:1"),
        (FieldRow("a", "字符", row=2), "a.xlsx#字段:2:2"),
        (FieldRow("a", required="要", row=2), "a.xlsx#字段:2:3"),
        (FieldRow("a", "整数", values="甲", row=2), "a.xlsx#字段:2:5"),
        (FieldRow("a", "整数", minimum="少", row=2), "a.xlsx#字段:2:6"),
    ],
)
def test_what_is_wrong_with_a_field_is_found_at_its_cell(row: FieldRow, place: str) -> None:
    """A description that cannot be used refuses the form: what it asked for would never be checked."""
    form = reader({}, row)
    form.schema(("a",), {"fields": []})
    assert [(item.severity, item.place) for item in form.findings] == [("error", place)]
