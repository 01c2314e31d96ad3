"""What a stranger tried on the gate, by kind: titles, wordings, signs between digits, corners of files; honest ones."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from portal.findings.finding import Finding

ID = "110101185001010018"
WRONG_ID = "110101185001010013"
PHONE = "13800001234"
CARD = "6222020000000000000"

Screened = Callable[..., list[Finding]]


def told(findings: list[Finding]) -> set[tuple[str, str]]:
    """Return code and severity of what the gate found."""
    return {(item.code, item.severity) for item in findings}


def table(title: str, *cells: str) -> str:
    """Return a CSV table with a column of *title*."""
    rows = "".join(f'{number},"{cell}"\n' for number, cell in enumerate(cells, start=1))
    return f'序号,"{title}"\n{rows}'


@pytest.mark.parametrize(
    "title",
    [
        "身份證號碼",
        "身 份 证 号",
        "身份\n证号",
        "ＩＤ号（身份证）",
        "证件\u200b号码",
        "gmsfhm",
        "sfzjh",
        "CertNo",
        "National ID",
    ],
)
def test_a_title_is_known_however_it_is_written(screened: Screened, title: str) -> None:
    """Traditional characters, blanks, full width, pinyin and English: a wrong number under it is meant for somebody."""
    assert told(screened(a__csv=table(title, WRONG_ID, WRONG_ID))) == {("personal-id", "error")}


@pytest.mark.parametrize("title", ["CertNo", "certificate_number", "ID No."])
def test_numbers_of_certificates_are_no_permits(screened: Screened, title: str) -> None:
    """Eight digits under a title that licences have, too, are none of a person."""
    assert told(screened(a__csv=table(title, "20260001", "20260002"))) == set()


@pytest.mark.parametrize(
    ("people", "trait", "cell"),
    [
        ("姓 名", "出生日期", "1850-01-01"), ("客户名称", "病史", "某病"), ("领款人", "健康状况", "某病"),
        ("姓名", "診斷", "某病"), ("姓名", "birth", "1850-01-01"), ("被保险人", "薪酬", "900"),
    ],
)  # fmt: skip
def test_more_people_and_more_that_tells_of_them(screened: Screened, people: str, trait: str, cell: str) -> None:
    """A name beside it is refused."""
    rows = "".join(f"张示{sign},{cell}\n" for sign in "甲乙丙丁")
    assert told(screened(a__csv=f"{people},{trait}\n{rows}")) == {("personal-name", "error")}


def test_halves_of_names_are_names(screened: Screened) -> None:
    """First and last names stand in columns of their own, one word a cell."""
    rows = "".join(f"{first},Smith,1850-01-01\n" for first in ("John", "Jane", "Ann"))
    assert ("personal-name", "error") in told(screened(a__csv=f"first_name,last_name,dob\n{rows}"))


def test_deputies_and_candidates_for_a_post_are_a_question(screened: Screened) -> None:
    """Beside a post, people and month of birth are published by law: a warning, not a refusal."""
    rows = "".join(f"张示{sign},某族,1850.01,科长\n" for sign in "甲乙丙丁")
    assert told(screened(a__csv=f"姓名,民族,出生年月,现任职务\n{rows}")) == {("personal-data-suspect", "warning")}


def test_kinds_of_people_are_no_people(screened: Screened) -> None:
    """A standard for groups, and customers that are companies, pass."""
    assert told(screened(a__csv="发放对象,病种\n困难群众,甲病\n重病患者,乙病\n")) == set()
    assert told(screened(a__csv="客户名称,电话\n甲公司,0512-65000001\n乙公司,0512-65000002\n")) == set()


@pytest.mark.parametrize(
    ("cell", "code", "severity"),
    [
        (f"身份证:{ID[:6]},{ID[6:14]},{ID[14:]}", "personal-id", "error"),
        (f"{ID[:6]}（{ID[6:14]}）{ID[14:]}", "personal-data-suspect", "warning"),
        (f"{ID[:6]}*{ID[6:14]}*{ID[14:]}", "personal-data-suspect", "warning"),
        (f"身份证：{'，'.join(ID)}", "personal-id", "error"),
        ("".join("٠١٢٣٤٥٦٧٨٩"[int(digit)] for digit in ID), "personal-id", "error"),
        (f"({PHONE[:3]}){PHONE[3:]}", "personal-data-suspect", "warning"),
        (f"{PHONE[:3]}——{PHONE[3:7]}——{PHONE[7:]}", "personal-data-suspect", "warning"),
        (f"联系{PHONE[:3]}，{PHONE[3:7]}，{PHONE[7:]}", "personal-phone", "error"),
        (f"手机：{'-'.join(PHONE)}", "personal-phone", "error"),
        (f"https://wa.me/86{PHONE}", "personal-phone", "error"),
        (f"收款帳號：{CARD}", "personal-card", "error"),
        (f"建行{CARD}", "personal-card", "error"),
        ("xugouren艾特qq.com", "personal-data-suspect", "warning"),
        ("xugouren@qq.con", "personal-data-suspect", "warning"),
    ],
)  # fmt: skip
def test_signs_between_digits_hide_nothing(screened: Screened, cell: str, code: str, severity: str) -> None:
    """Refused behind a word, else a question; the number is masked either way."""
    findings = screened(a__csv=table("情况说明", "正常", cell))
    assert told(findings) == {(code, severity)}
    assert [item for item in findings if PHONE in str(item.value) or ID in str(item.value)] == []


@pytest.mark.parametrize(
    "cell",
    [f"人民币{PHONE}", f"￥{PHONE}", f"{PHONE} kWh", f"10.13800/j.cnki.{PHONE}", "110101,20170503,0018", "138*0000"],
)
def test_amounts_and_identifiers_of_works_are_no_mobiles(screened: Screened, cell: str) -> None:
    """Money, energy and a DOI pass."""
    assert told(screened(a__csv=table("情况说明", "正常", cell))) == set()


@pytest.mark.parametrize(
    "cell",
    [
        "定密级别：机密", "内部参考资料", "仅供内部参阅", "仅限内部人员使用", "限科室内部使用", "内部使用",
        "仅限对内使用", "不得在互联网上发布", "严禁上传互联网", "本数据不对外发布", "不予以公开", "不供公开使用",
        "免予公开", "不公开发布", "此页不公开", "本表含涉密数据", "內部資料★",
        "FOR INTERNAL USE ONLY", "Not for public release",
    ],
)  # fmt: skip
def test_more_wordings_of_secrecy_are_marks(screened: Screened, cell: str) -> None:
    """Each refuses where it is all of a cell."""
    assert told(screened(a__csv=table("情况说明", "正常", cell))) == {("secrecy-mark", "error")}


@pytest.mark.parametrize(
    "cell",
    [
        "本通知对外公开。严禁吸烟", "Trade secrets are confidential by law.", "For internal combustion engines",
        "对内改革对外开放", "上传下达", "国家秘密的保密期限不超过三十年", "限制类项目公开招标", "免予处罚",
    ],
)  # fmt: skip
def test_what_is_open_or_prose_is_no_mark(screened: Screened, cell: str) -> None:
    """The same words in other places pass."""
    assert told(screened(a__csv=table("情况说明", "正常", cell))) == set()


def test_people_that_a_text_describes_by_labels_are_found(screened: Screened) -> None:
    """A note that names somebody and says when he was born; of a company it says nothing of the kind."""
    note = "姓名：张示甲，性别：女，出生日期：1850-01-01"
    assert told(screened(a__csv=table("内容", "正常", note))) == {("personal-name", "error")}
    company = "法定代表人：张示甲，成立日期：2010-01-01"
    assert told(screened(a__csv=table("内容", "正常", company))) == set()


def test_a_title_cut_in_two_rows_is_one(screened: Screened) -> None:
    """On a sheet beside the table 身份 stands over 证号."""
    book = openpyxl.Workbook()
    for row in (("学校", "人数"), ("甲校", 10), ("乙校", 20)):
        book.worksheets[0].append(row)
    other = book.create_sheet("名单")
    for names in (("姓", "身份"), ("名", "证号"), ("张示甲", WRONG_ID), ("李示乙", WRONG_ID)):
        other.append(names)
    out = io.BytesIO()
    book.save(out)
    assert ("personal-id", "error") in told(screened(a__xlsx=out.getvalue()))


@pytest.mark.parametrize(
    "statements",
    [
        [f"CREATE VIEW v AS SELECT '{PHONE}' AS x"],
        [f"CREATE TABLE a (x TEXT DEFAULT '{PHONE}')"],
        ["CREATE TABLE a (x BLOB)", f"INSERT INTO a VALUES (x'{PHONE.encode().hex()}')"],
        ["CREATE TABLE a (x BLOB)", "INSERT INTO a VALUES (?)"],
    ],
    ids=["view", "default", "bytes", "archive"],
)
def test_every_corner_of_a_database_is_looked_into(screened: Screened, tmp_path: Path, statements: list[str]) -> None:
    """What defines its tables, and what its cells of bytes hold."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", f"联系 {PHONE}")
    connection = sqlite3.connect(tmp_path / "made.sqlite")
    connection.execute("CREATE TABLE z (y)")
    for statement in statements:
        connection.execute(statement, (packed.getvalue(),) if "?" in statement else ())
    connection.commit()
    connection.close()
    found = told(screened(a__sqlite=(tmp_path / "made.sqlite").read_bytes()))
    assert ("personal-phone", "error") in found


def test_what_a_document_says_of_itself_is_a_text_by_itself(screened: Screened) -> None:
    """The author of an RTF document does not run into its first word."""
    assert ("personal-phone", "error") in told(screened(a__rtf=rf"{{\rtf1 {{\info{{\author {PHONE}}}}}x}}"))
