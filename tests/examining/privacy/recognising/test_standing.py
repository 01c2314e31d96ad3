"""Numbers in running text count by their neighbours, by a word before them, and by what else the place holds."""

from __future__ import annotations

from datetime import date

import pytest

from portal.examining.privacy.documents.text_found import Passage
from portal.examining.privacy.hits_in_places import HitsInPlaces
from portal.examining.privacy.recognising.passages import hits_in

TODAY = date(2026, 6, 1)
ID = "110101185001010018"
MOBILE = "13800001234"


def kinds(text: str) -> list[str]:
    """Return the kinds that stand in running text."""
    return [hit.kind for hit in hits_in(text, TODAY)]


def kinds_in(lines: list[str]) -> list[str]:
    """Return the kinds that stand in a document of *lines*."""
    seen = HitsInPlaces(TODAY)
    for row, line in enumerate(lines, start=1):
        passage = Passage(line, row=row)
        for hit in seen.look(passage):
            seen.keep(passage, hit)
    return [hit.kind for _, hits in seen.places() for _, hit in hits]


@pytest.mark.parametrize(
    "text",
    [
        "1587 831 1540 2754",
        "District 3 537 1326 931 2303 2201",
        "907  1326 931 2303",
        "156 2581 2034 1564 936 1570",
        "2019-12-06 2026-01-05 2021-08-25",
        "819 782 746 764 446 430 265 770 256",
        "points=1326,931 2303,2201 1587,831",
        "1326.5 931 2303",
    ],
)
def test_rows_of_small_numbers_are_nobody(text: str) -> None:
    """Groups of digits between other numbers are a table, a drawing, a list of dates."""
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("138 0000 1234", ["phone-grouped"]),
        ("0512-65000000 138 0000 1234", ["phone-grouped"]),
        ("2026-05-01 138-0000-1234", ["phone-grouped"]),
        ("138 0000 1234 138 0000 1235 138 0000 1236", ["phone-grouped"] * 3),
        ("手机 138 0000 1234 2303 2201", ["phone"]),
        ("来电3次，13800001234", ["phone"]),
        ("110101 18500101 0018 138 0000 1234", ["id-loose", "phone-grouped"]),
    ],
)
def test_a_number_in_groups_counts_by_itself_or_after_a_word(text: str, found: list[str]) -> None:
    """Beside telephones, dates and identity numbers, and right after a word for it, it is one, or may be."""
    assert kinds(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"0512-65000000,{MOBILE}", ["phone"]),
        (f"0512-65000000，{MOBILE}", ["phone"]),
        (f"科室电话 65000000,{MOBILE}", ["phone"]),
        (f"65000000,{MOBILE}", ["phone-loose"]),
        (f'{{"x":[1,{MOBILE}]}}', ["phone-loose"]),
        (f"2016,{MOBILE}", []),
        (f"2016年,{MOBILE}", []),
        (f"2016-05,{MOBILE}", []),
        (f"2016-05-01,{MOBILE}", ["phone-loose"]),
        (f"120.{MOBILE}", []),
        (f"11.86{MOBILE}", []),
        (f"电话：1.{MOBILE}", ["phone"]),
    ],
)
def test_behind_a_comma_the_number_before_it_decides(text: str, found: list[str]) -> None:
    """Behind a landline or a word it is a mobile, behind a year or a month an amount, behind a point a decimal."""
    assert kinds(text) == found


@pytest.mark.parametrize("behind", ["米某某", "万示甲", "元某", "户示甲"])
def test_a_unit_may_be_a_surname(behind: str) -> None:
    """米 and 万 before a name are no units; 万元 and 米以上 are."""
    assert kinds(f"{MOBILE}{behind}") == ["phone-bare"]
    assert kinds(f"{MOBILE}万元") == kinds(f"{MOBILE}米以上") == []


def test_one_of_forty_amounts_is_none() -> None:
    """In a place full of long numbers a bare one is at most suspect; alone in a letter it is certain."""
    amounts = [f"区{number} {8545940000 + number * 7919}" for number in range(40)]
    assert kinds_in([*amounts, f"区40 {MOBILE}"]) == ["phone-loose"]
    assert kinds_in(["来信", f"李某 {MOBILE}"]) == ["phone-bare"]


def test_a_grid_of_three_columns_holds_no_mobile() -> None:
    """Where most lines are rows of numbers, one that has the groups of a mobile is a row, too."""
    grid = [f"{200 + number} {931 + number} {2303 + number}" for number in range(20)]
    assert kinds_in([*grid, "138 4512 1034"]) == []


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["身份证号 1101011850", "01010018 已核对"], ["id"]),
        (["手机 1380000", "1234"], ["phone"]),
        (["密级", "内部"], ["secrecy"]),
        (["1101011850", "01010018"], []),
    ],
)
def test_what_a_line_begins_the_next_one_ends(lines: list[str], found: list[str]) -> None:
    """A number over two lines counts after its word, and a label before its mark."""
    assert kinds_in(lines) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("身份证 110101.18500101.0018", ["id"]),
        ("110101.18500101.0018", ["id-loose"]),
        ("110101·18500101·0018", ["id-loose"]),
        ("证件号 110101/18500101/0018", ["id"]),
        ("110101/18500101/0018", []),
        ("身份证号1101011850\n01010018", ["id"]),
        ("1101011850\r\n01010018", ["id-loose"]),
        ("110101850\n110101850\n110101850", []),
        ("证件11010118500101019×", ["id"]),
        ("面积 3×4", []),
        ("联系 138.0000.1234", ["phone"]),
        ("138.0000.1234", ["phone-loose"]),
        ("联系 13800 001234", ["phone"]),
    ],
)
def test_points_and_line_breaks_part_a_number(text: str, found: list[str]) -> None:
    """After a word it is certain however it is parted; else it may be one, or is none."""
    assert kinds(text) == found
