"""A number is known again however a program or a person wrote it, and the sieve lets through what detectors find."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.examining.privacy.recognising.passages import hits_in
from portal.examining.privacy.sieve import SHORT_BYTES, SHORT_SIGNS, SIEVE, table_columns
from portal.examining.privacy.sieved_cells import CellsOfRows
from portal.examining.privacy.tabular import TableScreen

TODAY = date(2026, 6, 1)
ID = "110101185001010018"
MOBILE = "13800001234"
_SIEVE = re.compile(SIEVE)


def seen(title: str, cells: Sequence[str]) -> list[tuple[str, str, int]]:
    """Return kind, certainty and number of what stands in a column."""
    rows = [(row, [cell]) for row, cell in enumerate(cells, start=2)]
    columns = table_columns([title], [], "t", frozenset())
    screen = TableScreen(CellsOfRows(rows, 1), columns, TODAY)
    return [(item.kind, item.certainty, item.count) for item in screen.sightings()]


@pytest.mark.parametrize("cell", ["13800001234.0", "13800001234.00", "1.3800001234E+10", "1.3800001234e10"])
@pytest.mark.parametrize("title", ["手机", "说明"])
def test_a_mobile_written_as_a_float_is_one(title: str, cell: str) -> None:
    """Programs write a column of numbers with gaps so; the title of the column need not say what it is."""
    assert seen(title, [cell] * 3) == [("phone", "certain", 3)]


def test_an_identity_number_and_a_card_written_as_floats_are_found() -> None:
    """A point and zeros behind them change nothing."""
    assert seen("说明", [f"{ID}.0"]) == [("id", "certain", 1)]
    assert seen("卡号", ["6222020000000000000.0"]) == [("card", "certain", 1)]


@pytest.mark.parametrize("cell", ["13800001234.5", "1.38E+10", "0.13800001234", "支出13800001234.00元"])
def test_decimals_and_lost_numbers_are_no_mobiles(cell: str) -> None:
    """What has decimals, is an amount, or was cut to three digits, is nobody's number."""
    assert seen("说明", [cell] * 3) == []


@pytest.mark.parametrize(
    "cell",
    [
        "110101 185001010018",
        "110101-18500101-0018",
        "110101\u300018500101\u20130018",
        "1101 0118 5001 0100 18",
        " ".join(ID),
        "11010118500101001 8",
    ],
)
@pytest.mark.parametrize("title", ["身份证号", "说明"])
def test_gaps_anywhere_in_an_identity_number_hide_nothing(title: str, cell: str) -> None:
    """Blanks and hyphens may stand between any two digits."""
    assert seen(title, [cell]) == [("id", "certain", 1)]


@pytest.mark.parametrize("cell", [f"张三_{MOBILE}", f"{MOBILE}_张三", f"zhangsan_{MOBILE}"])
def test_an_underscore_joins_a_name_to_a_mobile(cell: str) -> None:
    """It hides no number; between parts of a code it still does."""
    assert seen("说明", [cell]) == [("phone", "certain", 1)]
    assert seen("说明", [f"20200101_{MOBILE}", f"SN_{MOBILE}", f"{MOBILE}_01"]) == []


@pytest.mark.parametrize("cell", ["138.0000.1234", "138 00 001 234", "1 3 8 0 0 0 0 1 2 3 4", "+86 138.0000.1234"])
def test_in_a_column_for_telephones_digits_may_be_parted_anywhere(cell: str) -> None:
    """Elsewhere dots and odd blanks make other things of them: versions, addresses of hosts."""
    assert seen("手机", [cell]) == [("phone", "certain", 1)]


@pytest.mark.parametrize("title", ["许可编号", "备案号", "批准文号"])
def test_plates_in_a_column_of_codes_are_only_suspect(title: str) -> None:
    """Licences are numbered by province and letter, too."""
    assert seen(title, ["粤B20051", "京A20051"]) == [("plate", "suspect", 2)]
    assert seen("车牌编号", ["京A00000"]) == [("plate", "certain", 1)]


@pytest.mark.parametrize("title", ["时间戳", "流量", "用电量kWh", "统计值"])
def test_long_quantities_are_no_mobiles(title: str) -> None:
    """A bare number of eleven digits under the title of a quantity is one."""
    assert seen(title, [MOBILE] * 3) == []


@pytest.mark.parametrize("title", ["书目", "栏目"])
def test_a_book_may_be_called_secret(title: str) -> None:
    """A bare level in a list of works is a title; with a star it is a mark."""
    assert seen(title, ["秘密"]) == []
    assert seen(title, ["秘密★"]) == [("secrecy", "certain", 1)]


_WORDS = (
    "138 0000 00001234 110101 18500101 0018 1850 银行卡 Card 6222020000000000000 6222 0200 京A 粤Ｂ · 00000 1234挂 "
    "秘密 机 密 内 部资料 ★ 内部资料 户籍所在地 家住 路8号1单元 tel a@qq.com a@wo.cn "
    "<b> </b> <td> &nbsp; &#49; ID 车 。 张三"
)
_PIECES = st.sampled_from([*"0123456789Xx１８０ -_.\u3000\u2013\u200b@", *_WORDS.split()])


@settings(max_examples=600, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=12).map("".join))
@example("机密")
@example("a@wo.cn")
@example("机<b>密</b>")
@example("不&nbsp;宜公开")
@example("1380000<b>1234</b>")
@example("138&nbsp;0000&nbsp;1234")
@example("ID110101185001010018")
@example("110101185001<i>010018")
@example("110101185001010018")
@example("110101 185001010018")
@example("京A1234挂")
@example("京A<b>00000")
@example("京A\u300000000")
@example("22\u30000000011010100000")
@example("机\u3000密")
@example("密：内 部资料")
@example("138\u200b00001234")
@example("户籍所在地：虚构路8号1单元")
def test_the_sieve_lets_through_whatever_is_found_in_running_text(text: str) -> None:
    """The sieve is a cheaper question than the detectors, never a narrower one."""
    if list(hits_in(text, TODAY)):
        assert _SIEVE.search(text), text
        assert len(text.encode()) >= SHORT_BYTES or any(sign in text for sign in SHORT_SIGNS), text


def test_the_sieve_is_a_pattern_of_the_database_too() -> None:
    """One that it refused would send every table the slow way."""
    columns = table_columns(
        ["身份证号", "手机", "卡号", "车牌", "护照", "密级", "家庭住址", "说明"], [], "t", frozenset()
    )
    for column in columns:
        with duckdb.connect() as database:
            answer = database.execute(
                "SELECT regexp_matches(?, ?)", ["证件110101 185001010018", column.sieve]
            ).fetchone()
        assert answer == (True,), column.label


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["", " ", "-", "\u3000", "\u2013", "\u00a0"]), min_size=17, max_size=17))
def test_the_sieve_lets_an_identity_number_through_however_it_is_parted(gaps: list[str]) -> None:
    """Any blank or hyphen between any two of its digits."""
    text = "".join(digit + gap for digit, gap in zip(ID, [*gaps, ""], strict=True))
    assert [hit.kind for hit in hits_in(text, TODAY)] == ["id"]
    assert _SIEVE.search(text)
