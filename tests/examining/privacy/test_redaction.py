"""No finding quotes personal data, whoever made it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from portal.examining.examined_dataset import Rules, examine_dataset
from portal.examining.privacy.recognising.masking import masked
from portal.examining.privacy.redaction import dataset_without_personal_data, without_personal_data
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.findings.codes import CODES
from portal.findings.codes.declare import names_in
from portal.findings.details import listed, phrase
from portal.findings.finding import PLACES, Finding, found
from portal.findings.words import mend_of, message_of
from portal.model.catalog import Dataset, Field, Publisher, Resource, Schema
from portal.model.text import LocalText
from portal.settings import load_settings

MOBILES = ("13800001111", "13800002222")
WRONG_ID = "110101185001010019"

DESCRIPTOR = """
name: made
resources:
  - name: t
    path: t.csv
    schema:
      fields:
        - {name: 登记, type: date}
        - {name: 身份证号, type: string, codeFormat: id-card}
        - {name: 姓名, type: string, constraints: {maxLength: 2}}
        - {name: 数量, type: integer}
"""


def examined(folder: Path, work: Path) -> list[Finding]:
    """Return the findings of the one dataset in *folder*, kept results too."""
    catalog, _ = load_catalog(load_settings(folder))
    return list(examine_dataset(catalog.datasets[0], work, Rules(cache_dir=work / "cache")).findings)


def test_what_other_rooms_quote_is_masked(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """A mobile where a date should be, a wrong identity number, a name that is too long: none is shown or kept."""
    rows = f"{MOBILES[0]},{WRONG_ID},测试郑某,三\n2026-01-01,,,{MOBILES[1]},{MOBILES[1]}\n"
    folder = write_dataset(DESCRIPTOR, t__csv=f"登记,身份证号,姓名,数量\n{rows}")
    findings = examined(folder, tmp_path / "work")
    text = json.dumps([asdict(item) for item in findings], ensure_ascii=False)
    kept = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "work" / "cache").rglob("*.json"))
    assert {"type-error", "check-digit", "constraint-error", "extra-cell"} <= {item.code for item in findings}
    assert kept
    assert [secret for secret in (*MOBILES, WRONG_ID, "测试郑某") if secret in text + kept] == []


def test_other_values_are_shown_as_they_are(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """What is nobody's helps to find the place."""
    folder = write_dataset(DESCRIPTOR, t__csv="登记,身份证号,姓名,数量\n昨天,,,三十\n")
    shown = [(item.code, item.value) for item in examined(folder, tmp_path / "work") if item.severity == "error"]
    assert shown == [("type-error", "昨天"), ("type-error", "三十")]


def test_a_mobile_is_masked_in_one_way(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Whether the gate or another room quotes it, under a title for telephones or not."""
    descriptor = DESCRIPTOR.replace("登记, type: date", "手机, type: integer, constraints: {maximum: 5}")
    rows = f"{MOBILES[0]},,,{MOBILES[1]}x\n"
    folder = write_dataset(descriptor, t__csv=f"手机,身份证号,姓名,数量\n{rows}")
    shown = {item.value for item in examined(folder, tmp_path / "work") if item.value}
    assert shown == {"138****1111", "138****2222x"}


def test_a_name_is_masked_as_a_name(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Of a wrong cell under 姓名 the first character is shown."""
    folder = write_dataset(DESCRIPTOR, t__csv="登记,身份证号,姓名,数量\n2026-01-01,,测试郑某,3\n")
    assert [item.value for item in examined(folder, tmp_path / "work") if item.value] == ["测***"]


COLUMNS = Schema(tuple(Field(name, LocalText(name), "string") for name in ("姓名", "电话")))
TABLE = Resource("t", LocalText("表"), "table", "csv", "text/csv", schema=COLUMNS)
NAMES = Dataset(
    "made", LocalText("例"), "made", "made/datapackage.yaml", Publisher("o", LocalText("局")), resources=(TABLE,)
)


def quoting(code: str, value: str, file: str) -> Finding:
    """Return a finding of *code* under 姓名 that quotes *value* in every detail, in every way a detail can."""
    names = {*names_in(str(CODES[code].message)), *names_in(str(CODES[code].mend))} - set(PLACES)
    told = phrase("他写了“{words}”和{list}", 'it says "{words}" and {list}', words=value, list=listed([value, "x"]))
    details: dict[str, Any] = dict.fromkeys(names, told)
    return found(code, resource="t", file=file, field="姓名", value=value, **details)


def words_of(code: str) -> Iterator[str]:
    """Yield words, Chinese and English, that stand in the sentences of *code* themselves."""
    for text in (CODES[code].message, CODES[code].mend):
        yield from re.findall("[\u4e00-\u9fff]{2}", text.zh)[:3]
        yield from re.findall("[\u4e00-\u9fff]", text.zh)[:3]
        yield from re.findall(r"\b[a-z]{2,}\b", re.sub(r"\{\w+\}", "", text.en))[:3]


@pytest.mark.parametrize("code", CODES)
def test_a_masked_value_is_masked_wherever_it_is_quoted_and_in_no_word_of_ours(code: str) -> None:
    """Of every code, in its details, its file and both its sentences, even where the value is a word of these."""
    planted = list(words_of(code))
    assert planted
    for value in planted:
        told = without_personal_data(quoting(code, value, f"made/{value}-1.csv"), NAMES, date(2026, 1, 1))
        star = masked("name", value)
        file = f"made/{star}-1.csv" if len(value) > 1 and value > "z" else told.file
        wanted = quoting(code, star, str(file))
        assert (told, message_of(told), mend_of(told)) == (wanted, message_of(wanted), mend_of(wanted)), value


def test_advice_under_a_title_for_telephones_keeps_its_numbers() -> None:
    """The example that says how to write a number is ours, whatever number stands in the cell."""
    advice = LocalText("请填写数字，例如 100000。", "Write digits, e.g. 100000.")
    wrong = found("type-error", resource="t", field="电话", value="100000", expected=advice, example=advice)
    told = without_personal_data(wrong, NAMES, date(2026, 1, 1))
    assert (told.value, mend_of(told)) == ("1****0", advice)


def test_of_a_value_that_was_cut_nothing_is_left_in_a_longer_quote() -> None:
    """What a note quotes of a long cell is longer than what is shown of its value."""
    long = "测试郑某" * 60
    told = without_personal_data(
        found("constraint-error", resource="t", field="姓名", value=long, fault=phrase("“{x}”", "“{x}”", x=long)),
        NAMES,
        date(2026, 1, 1),
    )
    assert "郑某" not in str(told) + str(message_of(told))


@pytest.mark.parametrize("odd", ["赵\t六", "赵\n六", "赵\u200b六", "赵\ue5e5六"])
def test_a_name_with_an_odd_character_is_masked_in_the_note_of_a_key(
    write_dataset: Callable[..., Path], tmp_path: Path, odd: str
) -> None:
    """However its characters are shown: what a foreign key quotes of a cell is masked as the cell is."""
    descriptor = (
        "name: made\nresources:\n"
        "- {name: names, path: names.csv, schema: {fields: [{name: 姓名, type: string}], primaryKey: [姓名]}}\n"
        "- {name: t, path: t.csv, schema: {fields: [{name: 姓名, type: string}], foreignKeys: "
        "[{fields: [姓名], reference: {resource: names, fields: [姓名]}}]}}\n"
    )
    folder = write_dataset(descriptor, names__csv="姓名\n钱某\n", t__csv=f'姓名\n"{odd}"\n')
    found_ = [item for item in examined(folder, tmp_path / "work") if item.code == "foreign-key"]
    assert found_
    assert "六" not in str(found_) + "".join(str(message_of(item)) for item in found_)


def test_a_masked_value_is_no_name_of_a_file_or_sheet_of_any_finding(tmp_path: Path) -> None:
    """In all findings of the dataset alike, so that the places of one file stay the same."""
    book = Workbook()
    del book[book.sheetnames[0]]
    sheet = book.create_sheet("测试郑某")
    for row in (["姓名", "数量"], ["测试郑某", "三"], ["李某", "四"]):
        sheet.append(row)
    book.create_sheet("说明").append(["甲", "乙"])
    folder = tmp_path / "datasets" / "made"
    folder.mkdir(parents=True)
    book.save(folder / "测试郑某.xlsx")
    (folder / "datapackage.yaml").write_text(
        "name: made\nresources: [{name: t, path: 测试郑某.xlsx, dialect: {sheet: 测试郑某}, schema: {fields: "
        "[{name: 姓名, type: string, constraints: {maxLength: 2}}, {name: 数量, type: integer}]}}]\n",
        encoding="utf-8",
    )
    told = [item for item in examined(tmp_path / "datasets", tmp_path / "work") if item.row]
    assert [(item.code, item.file) for item in told if item.severity == "error"] == [
        ("constraint-error", "made/测***.xlsx#测***"),
        ("type-error", "made/测***.xlsx#测***"),
        ("type-error", "made/测***.xlsx#测***"),
    ]


def test_a_key_of_several_fields_is_masked_by_each_of_them() -> None:
    """A name in a composite key is a name."""
    told = found("foreign-key", resource="t", field="部门, 姓名", value="甲, 赵六", note="x")
    assert without_personal_data(told, NAMES, date(2026, 1, 1)).value == "甲****"


def test_the_schema_of_a_refused_dataset_is_masked() -> None:
    """What a column allows, and every text beside it, holds no identifier; what is none stays as it is."""
    real_id = "110101185001010018"
    allowed = Field("a", LocalText(f"证件 {real_id}"), constraints={"enum": ["1", real_id], "required": True})
    wrong = Field("身份证号", LocalText("身份证号"), constraints={"minimum": 110101185001011, "pattern": "[0-9]{15}"})
    names = Field("姓名", LocalText("姓名"), constraints={"enum": ["测试某"], "maxLength": 20})
    resource = Resource("t", LocalText("表"), "table", "csv", "text/csv", schema=Schema((allowed, wrong, names)))
    dataset = Dataset(
        "d", LocalText(f"手机{MOBILES[0]}"), "d", "d/x", Publisher("p", LocalText("甲")), resources=(resource,)
    )
    shown = dataset_without_personal_data(dataset, date(2026, 6, 1))
    first, second, third = shown.resources[0].schema.fields
    assert first.constraints == {"enum": ["1", "1****************8"], "required": True}
    assert second.constraints == {"minimum": "1*************1", "pattern": "[0-9]{15}"}
    assert third.constraints["enum"] == ["测**"]
    assert real_id not in repr(shown)
    assert MOBILES[0] not in repr(shown)
