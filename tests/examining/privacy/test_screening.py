"""The gate over whole datasets: where it looks, what it refuses, and what it shows."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from portal.examining.privacy import sieved_cells
from portal.examining.privacy.screening import screen
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.reading.understood_tables import understand
from portal.findings.finding import Finding
from portal.findings.words import finding_record, mend_of, message_of
from portal.model.limits import Limits
from portal.settings import load_settings

ID = "110101185001010018"
OTHER_ID = "310101184912310022"
PEOPLE = f"序号,姓名,身份证号,手机\n1,测试某,{ID},13800000001\n2,测试甲,{OTHER_ID},13800000002\n"
CLOSED = "catalogue: {open: {is_open: false}}\n"
RAW = (ID, OTHER_ID, "13800000001", "13800000002", "测试某", "测试甲")

Screened = Callable[..., list[Finding]]


def seen(findings: Iterable[Finding]) -> list[tuple[str, str | None, int | None]]:
    """Return code, field and row of each finding."""
    return [(item.code, item.field, item.row) for item in findings]


def test_a_table_of_people_is_refused_column_by_column(screened: Screened) -> None:
    """One finding a column and kind, at its first row; names count because of what stands beside them."""
    findings = screened(a__csv=PEOPLE)
    assert seen(findings) == [
        ("personal-id", "身份证号", 2),
        ("personal-phone", "手机", 2),
        ("personal-name", "姓名", 2),
    ]
    assert {item.severity for item in findings} == {"error"}
    assert [item.value for item in findings] == ["1****************8", "138****0001", "测**"]
    assert message_of(findings[0]).zh == "字段“身份证号”有 2 处居民身份证号，例如 1****************8（第 2, 3 行）。"


def test_a_thousand_equal_cells_are_one_finding(screened: Screened) -> None:
    """It says how many there are and names the first rows."""
    (finding,) = screened(a__csv="序号,备注\n" + "".join(f"{number},证件{ID}\n" for number in range(1000)))
    assert "1000 处" in message_of(finding).zh
    assert message_of(finding).en.endswith("(rows 2, 3, 4, 5, 6 …).")


@pytest.mark.parametrize(
    "table",
    [
        f"编号,备注\n1,联系{ID}\n",
        f"编号,{ID}\n1,2\n",
        f'编号,说明\n1,"两行\n{ID}"\n',
        "编号,说明\n1,１１０１０１１８５００１０１００１８\n",
    ],
    ids=["free text", "label", "second line of a cell", "full width"],
)
def test_an_identity_number_is_found_wherever_it_stands(screened: Screened, table: str) -> None:
    """In free text, over a column, after a line break, in full width."""
    assert {item.code for item in screened(a__csv=table)} == {"personal-id"}


def test_blank_lines_do_not_shift_the_row(screened: Screened) -> None:
    """The row is that of the publisher's file."""
    assert seen(screened(a__csv=f"a,b\n\n1,2\n\n3,{ID}\n")) == [("personal-id", "b", 5)]


def test_ragged_rows_are_screened_too(screened: Screened) -> None:
    """What is no proper table is looked at row by row."""
    assert seen(screened(a__csv=f"a,b\n1\n1,{ID}\n1,2,3\n")) == [("personal-id", "b", 3)]


def test_project_codes_that_pass_by_chance_are_a_warning(screened: Screened) -> None:
    """Codes of division, date and serial: one in eleven passes, which refuses nothing."""
    codes = "".join(f"11010120170503{number:04d},甲\n" for number in range(500))
    (finding,) = screened(a__csv="项目,单位\n" + codes)
    assert (finding.code, finding.severity) == ("personal-data-suspect", "warning")


def test_amounts_and_codes_of_eleven_digits_are_no_mobiles(screened: Screened) -> None:
    """A column of amounts is passed over; one of codes is worth a look."""
    assert screened(a__csv="金额（元）,数量\n13800000000,13900000000\n") == []
    assert [item.code for item in screened(a__csv="学校编码,名称\n13010000001,甲\n")] == ["personal-data-suspect"]


def test_cards_without_a_hint_need_most_of_the_column(screened: Screened) -> None:
    """Eight of ten cells right by Luhn make a column of cards; less is chance."""
    valid = ["6200000000000000000", "6200000000000000018", "6200000000000000026", "6222020000000000000",
             "6217000000000000004"]  # fmt: skip
    assert [item.code for item in screened(a__csv="k,v\n" + "".join(f"1,{card}\n" for card in valid))] == [
        "personal-card"
    ]
    wrong = "".join(f"1,62000000000000001{number:02d}\n" for number in range(30, 60))
    assert screened(a__csv="k,v\n" + wrong) == []


def test_an_address_of_an_office_is_open_data(screened: Screened) -> None:
    """学校地址 and the address of a park stay; 住址, and an address beside people, do not."""
    assert screened(a__csv="学校,学校地址\n一小,示例市虚构路8号\n") == []
    assert screened(a__csv="公园,地址\n甲园,示例市虚构路8号\n") == []
    assert seen(screened(a__csv="序号,住址\n1,示例市虚构路8号\n")) == [("personal-address", "住址", 2)]
    assert seen(screened(a__csv="姓名,地址\n张某,示例市虚构路8号\n")) == [
        ("personal-address", "地址", 2),
        ("personal-name", "姓名", 2),
    ]


def test_names_alone_are_no_finding(screened: Screened) -> None:
    """A list of authors, or a register with its legal representatives, stays open."""
    assert screened(a__csv="书名,姓名\n甲,张某\n乙,李某\n") == []
    assert screened(a__csv="企业名称,法定代表人,住所地址\n甲公司,张某,虚构路8号\n") == []


def test_names_beside_sensitive_data_are_refused(screened: Screened) -> None:
    """Who has a disability or an allowance is sensitive (PIPL, article 28)."""
    assert seen(screened(a__csv="姓名,残疾类别\n张某,肢体\n李某,视力\n")) == [("personal-name", "姓名", 2)]


def test_office_contacts_are_declared(screened: Screened) -> None:
    """Undeclared, a landline beside a contact's name is a warning and a mobile refuses; declared, both pass."""
    landline = "单位,联系人,联系电话\n甲局,张某,0512-65000000\n"
    mobile = "单位,联系人,联系电话\n甲局,张某,13800000000\n"
    declared = "catalogue: {public_contact: [联系人, 联系电话]}\n"
    assert [item.code for item in screened(a__csv=landline)] == ["office-contact-undeclared"]
    assert [item.code for item in screened(a__csv=mobile)] == ["personal-phone", "personal-name"]
    assert screened(declared, a__csv=mobile) == []


def test_no_contact_is_an_identity_number(screened: Screened) -> None:
    """public_contact covers telephones, mail, names and addresses, nothing else."""
    assert [item.code for item in screened("catalogue: {public_contact: [a]}\n", a__csv=f"a,b\n{ID},1\n")] == [
        "personal-id"
    ]


def test_an_exception_is_shown_with_its_approver(screened: Screened) -> None:
    """It turns the error into a warning that names reason, approver and day."""
    more = (
        "catalogue:\n  privacy_exception: {fields: [身份证号, 手机, 姓名], reason: 公告送达, approved_by: 某科长, "
        "date: 2026-05-01}\n"
    )
    findings = screened(more, a__csv=PEOPLE)
    assert {(item.code, item.severity) for item in findings} == {("privacy-exception", "warning")}
    assert "理由：公告送达；批准人：某科长；日期：2026-05-01" in message_of(findings[0]).zh
    assert not any(raw in json.dumps(finding_record(item), ensure_ascii=False) for item in findings for raw in RAW)


def test_an_incomplete_exception_lets_nothing_pass(screened: Screened) -> None:
    """It is an error by itself, and the column is refused as before."""
    more = "catalogue:\n  privacy_exception: [{fields: [b], reason: x}]\n"
    assert [item.code for item in screened(more, a__csv=f"a,b\n1,{ID}\n")] == [
        "privacy-exception-incomplete",
        "personal-id",
    ]


@pytest.mark.parametrize(("day", "is_valid"), [("2026-06-01", True), ("2026-06-02", False), ("2029-01-01", False)])
def test_an_exception_counts_from_its_day_on(screened: Screened, day: str, is_valid: bool) -> None:
    """Nobody has approved yet what bears a later date than today; the finding says so."""
    more = f"catalogue:\n  privacy_exception: {{fields: [b], reason: x, approved_by: y, date: {day}}}\n"
    findings = screened(more, a__csv=f"a,b\n1,{ID}\n")
    refused = ["privacy-exception-incomplete", "personal-id"]
    assert [item.code for item in findings] == (["privacy-exception"] if is_valid else refused)
    assert is_valid or f"date ({day} is after today)" in message_of(findings[0]).en


@pytest.mark.parametrize(
    ("label", "code"), [("备注", "personal-address"), ("房屋坐落", "personal-data-suspect"), ("办公地址", None)]
)
def test_a_home_in_running_text_is_found(screened: Screened, label: str, code: str | None) -> None:
    """Under a title for places it may be one; under one for offices it is one."""
    findings = screened(a__csv=f"编号,{label}\n1,示例市虚构路88号3号楼502室\n2,无\n")
    assert [(item.code, item.value, item.row) for item in findings] == ([(code, "示例市***", 2)] if code else [])


def test_a_header_on_another_sheet_is_no_name(screened: Screened) -> None:
    """Counted are the people below it; the finding says on which sheet."""
    book = Workbook()
    first = book.worksheets[0]
    for row in (["代码", "数量"], ["01", 1]):
        first.append(row)
    second = book.create_sheet("工资")
    for row in (["姓名", "身份证号"], ["测试某", ID], ["测试甲", OTHER_ID]):
        second.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    names = [item for item in screened(a__xlsx=buffer.getvalue()) if item.code == "personal-name"]
    assert [(item.place, item.further_rows, message_of(item).en[:8]) for item in names] == [
        ("made/a.xlsx#工资:2:1", (3,), "2 × name")
    ]


def test_no_exception_covers_a_secrecy_mark(screened: Screened) -> None:
    """Nothing but taking the mark away does."""
    more = "catalogue:\n  privacy_exception: {fields: [b], reason: x, approved_by: y, date: 2026-05-01}\n"
    assert [item.code for item in screened(more, a__csv="a,b\n1,机密★\n")] == ["secrecy-mark"]


def test_a_misspelt_field_is_told(screened: Screened) -> None:
    """A declaration that meets no field has no effect."""
    (finding,) = screened("catalogue: {public_contact: [电活]}\n", a__csv="电话\n12345\n")
    assert (finding.code, finding.value) == ("privacy-field-unknown", "电活")


def test_of_a_closed_dataset_nothing_is_quoted(screened: Screened) -> None:
    """It is information that there is something; no value, and nothing is refused."""
    findings = screened(CLOSED, a__csv=PEOPLE)
    assert {(item.code, item.severity, item.value) for item in findings} == {("personal-data-held", "info", None)}


def test_a_state_secret_may_not_stand_in_a_closed_dataset_either(screened: Screened) -> None:
    """A level refuses the dataset, without a value; a mark for internal use does not."""
    assert [(item.code, item.value) for item in screened(CLOSED, a__csv="a,b\n1,机密★\n")] == [
        ("secrecy-mark-held", None)
    ]
    assert [item.severity for item in screened(CLOSED, a__csv="a,b\n1,内部资料\n")] == ["info"]


@pytest.mark.parametrize("cell", ["甲系统（机密）", "甲系统（机密级）", "甲系统【机密】", "（机密）"])
def test_a_level_in_brackets_behind_a_name_refuses(screened: Screened, cell: str) -> None:
    """In a column of names too, whether or not the dataset is open."""
    table = f"编号,系统名称\n1,{cell}\n"
    assert seen(screened(CLOSED, a__csv=table)) == [("secrecy-mark-held", "系统名称", 2)]
    assert seen(screened(a__csv=table)) == [("secrecy-mark", "系统名称", 2)]


def test_the_description_of_a_closed_dataset_is_published(screened: Screened) -> None:
    """An identifier or a mark in it refuses the entry, and the place is named."""
    findings = screened(CLOSED + f"keywords: [机密★, '{ID}', 13800000001]\n", a__csv="a\n1\n")
    assert [(item.code, item.severity) for item in findings] == [
        ("secrecy-mark", "error"),
        ("personal-id", "error"),
        ("personal-phone", "error"),
    ]
    assert "keywords[1]" in message_of(findings[1]).en


def test_a_contributor_may_be_reached(screened: Screened) -> None:
    """Contributors and their mail are contacts on purpose."""
    assert screened("contributors: [{title: 甲, email: a@qq.com}]\n", a__csv="a\n1\n") == []


def test_names_of_files_are_looked_at_and_masked(screened: Screened) -> None:
    """A name with a number in it is found, and the finding does not repeat it."""
    findings = screened(**{f"名单{ID}__csv": "a\n1\n", "内部资料__csv": "a\n1\n"})
    assert {item.code for item in findings} == {"personal-id", "secrecy-mark"}
    assert not any(ID in json.dumps(finding_record(item), ensure_ascii=False) for item in findings)


def test_no_output_shows_an_identifier(screened: Screened, caplog: pytest.LogCaptureFixture) -> None:
    """Neither findings nor the log hold one character more than the masks allow."""
    with caplog.at_level("DEBUG"):
        findings = screened(a__csv=PEOPLE, b__txt=f"{ID} 13800000001\n", c__geojson=json.dumps({ID: ID}))
    text = json.dumps([finding_record(item) for item in findings], ensure_ascii=False) + caplog.text
    assert len(findings) >= 6
    assert [raw for raw in RAW if raw in text] == []


def test_a_number_field_hides_nothing(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """A mobile, an identity number and a mark are found in fields that the schema calls numbers and dates."""
    fields = "".join(f"        - {{name: {name}, type: {kind}}}\n" for name, kind in
                     (("a", "integer"), ("b", "number"), ("c", "date"), ("d", "integer")))  # fmt: skip
    root = write_dataset(
        f"name: made\ntitle: t\nresources:\n  - name: r\n    path: a.csv\n    schema:\n      fields:\n{fields}",
        a__csv=f"a,b,c,d\n13800000001,{ID},2017-01-01,5\n1,1,机密★,5\n",
    )
    dataset = load_catalog(load_settings(root))[0].datasets[0]
    data = understand(dataset, tmp_path, Limits())
    findings = screen(data, Limits(), tmp_path, today=date(2026, 6, 1))
    assert seen(findings) == [("personal-phone", "a", 2), ("personal-id", "b", 2), ("secrecy-mark", "c", 3)]


@pytest.mark.parametrize("title", ["投诉电话", "咨询电话", "服务热线", "监督举报电话", "hotline"])
def test_a_mobile_that_an_office_gives_out_has_to_be_declared(screened: Screened, title: str) -> None:
    """It refuses until the office says so; the mend names the key and the field. Declared, it passes."""
    table = f"单位,{title}\n甲局,13800001234\n"
    (finding,) = screened(a__csv=table)
    assert (finding.code, finding.severity) == ("office-mobile-undeclared", "error")
    assert mend_of(finding).zh.startswith(f"确是单位对外公布的：在 catalogue.public_contact 中写上“{title}”（填报表格")
    assert screened(f"catalogue: {{public_contact: [{title}]}}\n", a__csv=table) == []


def test_a_column_of_names_has_a_place(screened: Screened) -> None:
    """Rows and column, as everything else that is found."""
    (finding,) = screened(a__csv="编号,姓名,残疾类别\n1,,视力\n2,张某,肢体\n3,李某,视力\n")
    assert (finding.place, finding.value) == ("made/a.csv:3:2", "张*")
    assert message_of(finding).en.endswith("(rows 3, 4).")


@pytest.mark.parametrize(
    ("title", "cells", "code"),
    [
        ("车牌号", ["测A·00001"], "personal-plate"),
        ("车牌号", ["京A12345"], "personal-plate"),
        ("车辆", ["京A12345"], "personal-plate"),
        ("备注", ["公务车京A12345停放", "无"], "personal-plate"),
        ("备注", ["京A12345"] * 5, "personal-plate"),
        ("备注", ["京A12345", "无", "无"], "personal-data-suspect"),
        ("车型", ["京A12345", "京B12345"], "personal-data-suspect"),
        ("规格型号", ["京A12345"] * 9, "personal-data-suspect"),
    ],
)
def test_a_plate_needs_a_word_or_a_column_of_plates(
    screened: Screened, title: str, cells: list[str], code: str
) -> None:
    """Models and licences are written alike: what may be one of them is a warning."""
    (finding,) = screened(a__csv=f"单位,{title}\n" + "".join(f"甲局,{cell}\n" for cell in cells))
    assert finding.code == code


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("文件类型", "内部文件", "secrecy-mark-suspect"),
        ("资料名称", "内部资料", "secrecy-mark-suspect"),
        ("文件类型", "机密", "secrecy-mark"),
        ("备注", "内部文件", "secrecy-mark"),
        ("备注", "按《某市内部文件管理办法》执行", None),
        ("备注", "文件分为公开文件、内部文件两种", None),
        ("备注", "分为公开文件，内部文件，其他", None),
        ("备注", "处理内部文件", None),
    ],
)
def test_a_kind_of_document_is_no_mark(screened: Screened, title: str, text: str, code: str | None) -> None:
    """Alone in a cell it is a mark; in a column of kinds it may be one; in a sentence it is a word."""
    assert [item.code for item in screened(a__csv=f'编号,{title}\n1,"{text}"\n')] == ([code] if code else [])


@pytest.mark.parametrize(
    "cell",
    ["<p>手机：1380000<b>1234</b></p>", "138&nbsp;0000&nbsp;1234", "<a href='tel:13800001234'>致电</a>",
     "1380000<span class='x'>12</span>34", "&#49;3800001234", "138\u200b00001234", "138\u00ad00001234"],
)  # fmt: skip
def test_html_in_a_cell_hides_no_number(screened: Screened, cell: str) -> None:
    """Texts come out of websites with their tags and entities."""
    assert [item.code for item in screened(a__csv=f'单位,说明\n甲局,"{cell}"\n')] == ["personal-phone"]


@pytest.mark.parametrize(("cell", "code"), [("机密", "secrecy-mark"), ("a@wo.cn", "personal-email")])
def test_the_shortest_of_all_are_found(screened: Screened, cell: str, code: str) -> None:
    """Short cells are looked at in a cheaper way."""
    assert [item.code for item in screened(a__csv=f"编号,说明\n1,{cell}\n2,无\n")] == [code]


@pytest.mark.parametrize(
    "table",
    [
        PEOPLE,
        f"编号,备注\n1,联系{ID}\n\n2,\n",
        "编号,说明\n1,机密\n2,a@wo.cn\n3,138<b>0000</b>1234\n",
        "学校编码,名称\n13010000001,甲\n",
        "金额（元）,数量\n13800000000,13900000000\n",
        "项目,单位\n" + "".join(f"11010120170503{number:04d},甲\n" for number in range(100)),
    ],
    ids=["people", "blank line", "short", "codes", "amounts", "chance"],
)
def test_small_tables_are_judged_as_large_ones(screened: Screened, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row by row and by columns are two ways to the same findings."""
    by_columns = screened(a__csv=table)
    monkeypatch.setattr(sieved_cells, "SMALL_BYTES", 32_768)
    assert screened(a__csv=table) == by_columns


def test_cells_of_html_stay_apart(screened: Screened) -> None:
    """Two numbers in two cells are not one."""
    assert screened(a__csv="单位,说明\n甲局,<td>1380000</td><td>1234</td>\n") == []


@pytest.mark.parametrize("title", ["网址", "说明"])
@pytest.mark.parametrize(
    ("address", "is_found"),
    [
        ("https://a.example/call?id=5&tel=13800001234", True),
        ("https://a.example/i?mobile=%2B8613800001234&x=1", True),
        ("tel:13800001234", True),
        ("https://a.example/tel/13800001234", True),
        ("https://a.example/13800001234.html", False),
        ("https://a.example/i?id=13800001234", False),
    ],
)
def test_a_telephone_in_a_web_address_is_told_by_its_word(
    screened: Screened, title: str, address: str, is_found: bool
) -> None:
    """Numbers of pages and records are not."""
    codes = [item.code for item in screened(a__csv=f"单位,{title}\n甲局,{address}\n")]
    assert codes == (["personal-phone"] if is_found else [])


def test_letters_beside_an_identity_number_hide_nothing(screened: Screened) -> None:
    """ID110101… is one; project codes with letters that pass by chance are a warning."""
    assert [item.code for item in screened(a__csv=f"编号,说明\n1,ID{ID}\n2,{ID}zhang\n")] == ["personal-id"]
    rows = "".join(f"XM11010120170503{number:04d},甲\n" for number in range(500))
    assert [item.code for item in screened(a__csv="项目,单位\n" + rows)] == ["personal-data-suspect"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (f"{ID[:6]}/{ID[6:14]}/{ID[14:]}", "personal-id"),
        (f"{ID[:6]}  {ID[6:14]}  {ID[14:]}", "personal-id"),
        (f"{ID[:9]}\n{ID[9:]}", "personal-id"),
        (f"{ID[:16]}20", "personal-id"),
        ("A123456(3)", "personal-passport"),
        ("H12345678", "personal-passport"),
        ("20170503120000123", None),
    ],
)
def test_under_its_title_an_identity_number_is_known_however_it_is_written(
    screened: Screened, cell: str, code: str | None
) -> None:
    """Parted by anything, rounded off by a spreadsheet, a permit of Hong Kong; elsewhere none of it is certain."""
    assert [item.code for item in screened(a__csv=f'单位,证件号码\n甲局,"{cell}"\n')] == ([code] if code else [])
    if cell != f"{ID[:6]}  {ID[6:14]}  {ID[14:]}":
        elsewhere = ["personal-data-suspect"] if "\n" in cell else []
        assert [item.code for item in screened(a__csv=f'单位,说明\n甲局,"{cell}"\n')] == elsewhere


@pytest.mark.parametrize("title", ["身份证号", "保障金", "学号", "低保类别"])
def test_names_beside_what_only_persons_have_are_refused(screened: Screened, title: str) -> None:
    """A masked identity number with a name is one person still; pupils and those in need are protected."""
    assert [item.code for item in screened(a__csv=f"姓名,{title}\n张某,1101**\n李某,3101**\n")] == ["personal-name"]


@pytest.mark.parametrize(
    ("person", "title", "cell", "code"),
    [
        ("姓名", "语文", "90", "personal-name"),
        ("姓名", "就诊科室", "某科", "personal-name"),
        ("姓名", "用药", "某药", "personal-name"),
        ("姓名", "接种疫苗", "乙苗", "personal-name"),
        ("逝者", "死因", "某病", "personal-name"),
        ("户主", "门牌", "虚构村1号", "personal-name"),
        ("业主", "房号", "3-2-101", "personal-name"),
        ("姓名", "地址", "虚构县虚构镇虚构村", "personal-name"),
        ("姓名", "电话", "65000001", "personal-name"),
        ("xingming", "zhenduan", "某病", "personal-name"),
        ("name", "diagnosis", "某病", "personal-name"),
        ("patient_name", "vaccine", "x", "personal-name"),
        ("姓名", "党支部", "第一支部", "personal-data-suspect"),
        ("被告人", "刑期", "1年", "personal-data-suspect"),
        ("姓名", "经度", "120.5", "personal-data-suspect"),
        ("姓名", "微信号", "shili", "personal-data-suspect"),
        ("姓名", "职务", "局长", None),
        ("会员", "积分", "10", None),
        ("name", "经度", "120.5", None),
    ],
)
def test_what_stands_beside_a_name_decides(
    screened: Screened, person: str, title: str, cell: str, code: str | None
) -> None:
    """Health, school, a home or a telephone refuse; a party, a sentence or a place are a question; a post is public."""
    rows = "".join(f"{name},{cell}\n" for name in ("张示甲", "王示乙", "李示丙"))
    assert [item.code for item in screened(a__csv=f"{person},{title}\n{rows}")] == ([code] if code else [])


def test_names_in_latin_letters_and_in_two_columns_are_names(screened: Screened) -> None:
    """The titles say what they are."""
    assert [item.code for item in screened(a__csv="姓名,出生日期\nJohn Smith,1850-01-01\n")] == ["personal-name"]
    assert [item.code for item in screened(a__csv="姓,名,出生日期\n张,示甲,1850-01-01\n")] == ["personal-name"]


def test_officials_with_a_party_an_age_or_a_score_pass(screened: Screened) -> None:
    """Beside a post, an institution or a contest a person is public."""
    assert screened(a__csv="姓名,职务,政治面貌,年龄\n张示甲,局长,党员,50\n") == []
    assert screened(a__csv="姓名,比赛,成绩\n张示甲,某杯,9.8\n") == []


@pytest.mark.parametrize(
    ("title", "code"), [("地区生产总值", None), ("税收", None), ("成交总价", None), ("指标", "personal-data-suspect"),
                        ("水表号", "personal-data-suspect")],
)  # fmt: skip
def test_one_of_forty_amounts_is_no_mobile(screened: Screened, title: str, code: str | None) -> None:
    """Among other long numbers it is chance; without any it is somebody's."""
    rows = "".join(f"区{number},{8545940000 + number * 7919}\n" for number in range(40))
    found = screened(a__csv=f"地区,{title}\n{rows}区40,13800001234\n")
    assert [item.code for item in found] == ([code] if code else [])
    assert [item.code for item in screened(a__csv="地区,指标\n区1,13800001234\n")] == ["personal-phone"]


def test_a_title_that_speaks_of_a_contact_outweighs_one_of_amounts(screened: Screened) -> None:
    """应急费用联系 is for telephones, 联系费用 for money."""
    assert [item.code for item in screened(a__csv="序号,应急费用联系\n1,13800001234\n")] == ["personal-phone"]
    assert screened(a__csv="序号,联系费用\n1,13800001234\n") == []


def test_series_and_dates_in_cells_are_nobody(screened: Screened) -> None:
    """Numbers and dates side by side, parted by blanks."""
    series = "1346 694 222 457 2160 1587 831 1540 2754 1183 1551 392"
    assert screened(a__csv=f"id,series\n1,{series}\n2,2019-11-03 2026-10-04 2021-08-25 2025-09-09\n") == []


def test_a_column_of_openness_is_a_question_only_where_all_rows_are_closed(screened: Screened) -> None:
    """Where some are public it tells of each row; where none is it may be a mark on the file."""
    assert screened(a__csv="目录,公开属性\n甲,主动公开\n乙,不予公开\n") == []
    closed = screened(a__csv="目录,公开属性\n甲,不予公开\n乙,不予公开\n")
    assert [item.code for item in closed] == ["secrecy-mark-suspect"]


def test_a_mobile_with_a_zero_before_it_is_one_under_its_title(screened: Screened) -> None:
    """So long-distance calls were dialled; elsewhere twelve digits are something else."""
    assert [item.code for item in screened(a__csv="单位,联系方式\n甲局,013800001234\n")] == ["personal-phone"]
    assert screened(a__csv="单位,说明\n甲局,013800001234\n") == []


def _wide(width: int, rows: int, **cells: str) -> str:
    """Return a table of *width* columns; *cells* are those that differ, by ``r<row>c<column>`` from 1."""
    lines = [",".join(f"f{number}" for number in range(1, width + 1))]
    for row in range(2, rows + 2):
        lines.append(",".join(cells.get(f"r{row}c{column}", str(row * column % 97)) for column in range(1, width + 1)))
    return "\n".join(lines) + "\n"


def test_columns_of_wide_tables_are_screened_each_for_itself(screened: Screened) -> None:
    """Of hundreds of columns, put below one another to be sieved, each keeps its own number, rows and samples."""
    cells = {"r3c2": ID, "r90c777": OTHER_ID, "r4c900": "绝密", "r91c777": ID}
    findings = screened(a__csv=_wide(900, 100, **cells))
    assert seen(findings) == [("personal-id", "f2", 3), ("personal-id", "f777", 90), ("secrecy-mark", "f900", 4)]


def test_many_columns_with_something_to_look_at_are_sieved_too(screened: Screened) -> None:
    """Where a hundred columns hold identity numbers, there are a hundred findings, each at its first row."""
    cells = {f"r{row}c{column}": ID for column in range(1, 101) for row in (5, 700)}
    findings = screened(a__csv=_wide(120, 800, **cells))
    assert seen(findings) == [("personal-id", f"f{column}", 5) for column in range(1, 101)]


def test_cells_right_of_a_wide_table_are_screened(screened: Screened) -> None:
    """A row with more cells than labels is looked at to its end."""
    table = _wide(500, 200)
    assert [item.code for item in screened(a__csv=f"{table}{'1,' * 500}{ID}\n")] == ["personal-id"]


def test_sieve_of_a_wide_table_takes_little_memory(tmp_path: Path) -> None:
    """A pattern is kept once, not once a column: 1,500 columns stay below 300 MB (they took 3 GB)."""
    (tmp_path / "a.csv").write_text(_wide(1500, 60), encoding="utf-8")
    program = f"""
from pathlib import Path
from portal.examining.privacy.sieve import SIEVE
from portal.examining.privacy.sieved_cells import CellsOfTable
from portal.model.understood_table import UnderstoodTable
labels = tuple(f"f{{number}}" for number in range(1, 1501))
cells = CellsOfTable(UnderstoodTable("r", Path({str(tmp_path / "a.csv")!r}), True, labels), Path({str(tmp_path)!r}))
assert [count.filled for count in cells.counts([SIEVE] * 1500)] == [60] * 1500
status = Path("/proc/self/status").read_text()  # ru_maxrss of itself would count the process that started it
print(int(status.split("VmHWM:")[1].split()[0]) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 300
