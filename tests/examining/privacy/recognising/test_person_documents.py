"""Documents of persons beside the resident identity number, under a title and after their word."""

from __future__ import annotations

from datetime import date

import pytest

from portal.examining.privacy.recognising.detectors import is_resident_id
from portal.examining.privacy.recognising.passages import hits_in
from portal.examining.privacy.sieve import table_columns
from portal.examining.privacy.sieved_cells import CellsOfRows
from portal.examining.privacy.tabular import TableScreen

TODAY = date(2026, 6, 1)


def seen(title: str, *cells: str) -> list[tuple[str, str]]:
    """Return kind and certainty of what stands in a column."""
    rows = [(row, [cell]) for row, cell in enumerate(cells, start=2)]
    screen = TableScreen(CellsOfRows(rows, 1), table_columns([title], [], "t", frozenset()), TODAY)
    return [(item.kind, item.certainty) for item in screen.sightings()]


@pytest.mark.parametrize(
    ("title", "cell", "kind"),
    [
        ("永久居留身份证号", "911156185001010013", "id"),
        ("证件号码", "1234567(8)", "passport"),
        ("证件号码", "A123456789", "passport"),
        ("证件号码", "01234567", "passport"),
        ("证件号码", "AB1234567", "passport"),
        ("居住证号", "CHN110185001010", "passport"),
        ("军官证号", "军字第0123456号", "passport"),
        ("残疾人证号", "11010118500101001843", "id"),
        ("护照号码", "123456789", "passport"),
        ("护照号码", "C01X00T47", "passport"),
        ("sfzh", "110101500101001", "id"),
    ],
)
def test_other_documents_are_known_under_their_title(title: str, cell: str, kind: str) -> None:
    """Foreigners, Hong Kong, Macau, Taiwan, officers, disabled persons; titles in pinyin, too."""
    assert seen(title, cell, cell) == [(kind, "certain")]


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("证照号码", "01234567"),
        ("执法证件号", "01234567"),
        ("护照签发数量", "123456"),
        ("说明", "AB1234567"),
        ("说明", "A123456789"),
    ],
)
def test_licences_and_counts_are_none(title: str, cell: str) -> None:
    """Under a title for licences or a number of passports, and under any other, they are something else."""
    assert seen(title, cell, cell) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("身份证号码：110199500101001", "id"),
        ("申请人持香港身份证R123456(7)到场", "passport"),
        ("护照号码：AB1234567", "passport"),
        ("台胞证 01234567", "passport"),
        ("军官证号 军字第0123456号", "passport"),
        ("残疾人证：11010118500101001843", "id"),
        ("永久居留证 CHN110185001010", "passport"),
        ("编号 110199500101001", None),
        ("证件 3 份，表格 01234567", None),
        ("护照办理约 123456 人次", None),
    ],
)
def test_other_documents_are_known_after_their_word(text: str, kind: str | None) -> None:
    """Fifteen digits, cards and passports need their word right before them."""
    assert [hit.kind for hit in hits_in(text, TODAY)] == ([kind] if kind else [])


def test_the_number_of_a_foreigner_has_the_same_check_digit() -> None:
    """A 9, a province, a country; without a country or with a wrong check digit it is none."""
    assert is_resident_id("911156185001010013", TODAY)
    assert not is_resident_id("911156185001010014", TODAY)
    assert not is_resident_id("911000185001010018", TODAY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("邮箱 xugouren@88.com", ["email"]),
        ("邮箱 xugouren@outlook.fr", ["email"]),
        ("邮箱 xugouren#qq.com", ["email-likely"]),
        ("邮箱 xugouren [at] 163.com", ["email-likely"]),
        ("邮箱 xugouren@163,com", ["email-likely"]),
        ("邮箱 xugouren @qq.com", ["email-likely"]),
        ("邮箱 office [at] example.gov.cn", []),
        ("C#语言，3#楼", []),
        ("开户行：某银行 6222020000000000000", ["card"]),
        ("打款至 6222020000000000000", ["card"]),
        ("账户数 6222020000000000000", []),
        ("车辆 京a12345", ["plate"]),
        ("车牌A12345", ["plate"]),
        ("京a12345", []),
        ("型号A12345", []),
    ],
)
def test_words_for_cards_plates_and_mailboxes(text: str, found: list[str]) -> None:
    """More words for an account, plates in small letters or without a province, disguised mailboxes."""
    assert [hit.kind for hit in hits_in(text, TODAY)] == found
