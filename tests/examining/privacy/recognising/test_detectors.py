"""Detectors: what is an identifier, and what only looks like one."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from portal.examining.privacy.recognising.detectors import Hit, find_cards, find_ids, find_plates, is_resident_id
from portal.examining.privacy.recognising.home_addresses import find_addresses
from portal.examining.privacy.recognising.mailboxes import find_emails
from portal.examining.privacy.recognising.masking import masked
from portal.examining.privacy.recognising.passages import hits_in
from portal.examining.privacy.recognising.person_documents import find_passports
from portal.examining.privacy.recognising.spelling import normal
from portal.examining.privacy.recognising.telephones import find_mobiles
from portal.examining.privacy.sieve import SIEVE
from portal.model.cn_codes import RESIDENT_PROVINCES

TODAY = date(2026, 6, 1)


def kinds(text: str) -> list[str]:
    """Return the kinds that stand in running text."""
    return [hit.kind for hit in hits_in(text, TODAY)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("护照E00000000", ["passport"]),
        ("护照号码：EA0000000", ["passport"]),
        ("港澳通行证 C00000000，已收", ["passport"]),
        ("护照 No. G00000000", ["passport"]),
        ("护照办理须知", []),
        ("护照，见文件E00000000000", []),
        ("表格E00000000", []),
        ("示例市样本区虚构路88号3号楼502室", ["address"]),
        ("退回示例市虚构路120弄5号301室，已补", ["address"]),
        ("虚构花园3栋2单元501室", ["address"]),
        ("虚构中路12号院3号楼2单元501", ["address"]),
        ("虚构路88号502室", ["address-room"]),
        ("办公地点：虚构路88号3号楼502室", ["address-room"]),
        ("公证处在虚构路8号2栋201室", ["address-room"]),
        ("虚构路88号", []),
        ("学校位于虚构路8号，有教室12间", []),
        ("第3号楼502室", []),
        ("虚构路1号房屋，2号房产", []),
        ("样本村3号12户人家", []),
    ],
)
def test_passports_and_homes_in_running_text(text: str, found: list[str]) -> None:
    """A passport after its word; a home by road, house and room; a room alone or near an office may be anybody's."""
    assert kinds(text) == found


def test_what_running_text_holds_passes_the_sieve() -> None:
    """Else a column of a large table is never looked at."""
    texts = ["护照E00000000", "示例市虚构路88号3号楼502室", "虚构花园3栋2单元501室", "虚构路12号院3号楼2单元501"]
    assert all(re.search(SIEVE, text) for text in texts)


@pytest.mark.parametrize(
    "text",
    [
        "110101185001010018",
        "310101184912310022",
        "440106188002291239",
        "650100185011305556",
        "11010118500101000X",
        "11010118500101000x",
        "１１０１０１１８５００１０１００１８",
        "110101 18500101 0018",
        "1101 0118 5001 0100 18",
        "110101-18500101-0018",
        "身份证110101185001010018。",
        "2017-05-04 110101185001010018",
        "ID110101185001010018",
        "sfz11010118500101000X",
        "110101185001010018zhang",
        "ID1101 0118 5001 0100 18",
        "SFZ110101-18500101-0018号",
    ],
)
def test_identity_numbers_are_found(text: str) -> None:
    """Full width, in groups, beside words, letters and dates, with a small or large X."""
    assert kinds(text) == ["id"]


@pytest.mark.parametrize(
    "text",
    [
        "110101185001010019",
        "990000198506150037",
        "990000918506150037",
        "110101190002290011",
        "1101011850010100181",
        "0110101185001010018",
        "A3110101185001010018F7",
        "https://example.com/id/11010119491231002Y",
        "110101201705030018",
        "20170503120000123",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    """A wrong check digit, province or date, or a longer number, is no identity number."""
    assert kinds(text) == []


def test_a_birth_after_today_is_none() -> None:
    """The same number is one from that day on."""
    number = "110101185001010018"
    assert is_resident_id(number, date(1850, 1, 1))
    assert not is_resident_id(number, date(1849, 12, 31))


@pytest.mark.parametrize(
    "text",
    ["13800000000", "138-0000-0000", "138 0000 0000", "+86 13800000000", "8613800000000", "0086-13800000000",
     "联系人手机13800000000", "tel:13800000000", "TEL13800000000", "1380 000 0000", "１３８００００００００"],
)  # fmt: skip
def test_mobiles_are_found(text: str) -> None:
    """With and without the country's prefix, in groups, after a word."""
    assert [hit.masked for hit in find_mobiles(normal(text))] == ["138****0000"]


@pytest.mark.parametrize(
    "text",
    ["12000000000", "14600000000", "15400000000", "17900000000", "19400000000", "1380000000", "138000000000",
     "116.13800000000", "13800000000.55", "13800000000元", "1,380,000,000", "https://a.example/13800000000.html",
     "e3b0c44298fc1c13800000000afbf4c8", "010-12345", "12345"],
)  # fmt: skip
def test_look_alikes_of_mobiles_are_none(text: str) -> None:
    """Ranges that are not given out, decimals, amounts, hashes and web addresses."""
    assert list(find_mobiles(text)) == []


def test_a_card_needs_luhn_and_a_word() -> None:
    """A number that passes by chance, and one that does not pass, are none."""
    assert [hit.kind for hit in find_cards("卡号 6222020000000000000")] == ["card"]
    assert list(find_cards("6222020000000000000")) == []
    assert list(find_cards("卡号 6222020000000000001")) == []
    assert [hit.kind for hit in find_cards("4111111111111111", is_hinted=True)] == ["card"]


def test_plates_in_text_and_in_their_column() -> None:
    """New-energy plates too; in a column for plates an unknown province counts; licences of websites are none."""
    assert [hit.text for hit in find_plates("京A·00000，沪AD00000 粤B00000D")] == [
        "京A·00000",
        "沪AD00000",
        "粤B00000D",
    ]
    assert [hit.kind for hit in find_plates("测A·00000", is_hinted=True)] == ["plate"]
    assert list(find_plates("京B2-20090059 测A·00000 京ICP备05000000号")) == []


def test_private_mailboxes_are_told_from_offices() -> None:
    """Providers who give a mailbox to anybody count as private."""
    text = "a@qq.com b@163.com office@example.gov.cn"
    assert [hit.masked for hit in find_emails(text)] == ["a***@qq.com", "b***@163.com"]
    assert len(list(find_emails(text, private_only=False))) == 3


def test_addresses_and_passports_need_their_word() -> None:
    """An office's address is open data; somebody's home is not."""
    assert [hit.kind for hit in find_addresses("家庭住址：示例市虚构路8号2单元301室")] == ["address"]
    assert list(find_addresses("示例市第一小学，虚构路8号")) == []
    assert [hit.kind for hit in find_passports("E00000000")] == ["passport"]


def test_a_hit_never_shows_its_text() -> None:
    """Neither a log nor a trace of a program shows what was found."""
    assert "110101185001010018" not in repr(Hit("id", "110101185001010018"))
    assert masked("address", "示例市虚构路8号") == "示例市***"


@given(st.integers(min_value=10**14, max_value=10**16 - 1))
def test_one_digit_decides_luhn(number: int) -> None:
    """Of ten last digits exactly one makes a card."""
    found = [digit for digit in range(10) if list(find_cards(f"卡号 4{number}{digit}"))]
    assert found == [int(luhn.calc_check_digit(f"4{number}"))]


@given(
    st.sampled_from(sorted(RESIDENT_PROVINCES)),
    st.integers(0, 9999),
    st.dates(date(1800, 1, 1), date(1879, 12, 31)),
    st.integers(0, 999),
    st.sampled_from("0123456789X"),
)
def test_an_identity_number_is_what_the_library_says(
    province: str, area: int, born: date, order: int, last: str
) -> None:
    """With a province and a day that exist, the check character of GB 11643 alone decides."""
    number = f"{province}{area:04}{born:%Y%m%d}{order:03}{last}"
    assert is_resident_id(number, TODAY) == (ric.calc_check_digit(number) == last)
    assert bool(list(find_ids(number, TODAY))) == (ric.calc_check_digit(number) == last)


@given(st.text(max_size=200))
def test_no_text_is_a_fault(text: str) -> None:
    """Whatever stands in a cell, screening it ends without an error."""
    list(hits_in(text, TODAY))


@pytest.mark.parametrize("text", ["a" * 200_000, "1" * 200_000, "1 " * 100_000, "a@" * 100_000, "a." * 100_000 + "@",
                                  "仅供" * 50_000, "《" * 100_000, "路1" * 100_000, "机 " * 100_000,
                                  "<b" * 100_000, "<!--" * 50_000, "<b x=" * 40_000, "机密," * 60_000,
                                  "www.tel=" * 20_000, "&#" * 100_000, "京A1234" * 30_000, "a1" * 100_000])  # fmt: skip
def test_long_text_takes_seconds_at_most(text: str) -> None:
    """No pattern goes back over what it read again and again."""
    start = time.process_time()
    list(hits_in("住 密 " + text, TODAY))
    assert time.process_time() - start < 3
