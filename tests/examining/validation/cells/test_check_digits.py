"""Codes with a form and a check digit: right ones pass, and a single slip is found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from portal.examining.reading import cells_in_duckdb
from portal.examining.validation.cells.cell_rules import CodeFormat
from portal.examining.validation.cells.check_digits import (
    FAULTS,
    division_code_fault,
    id_card_fault,
    postcode_fault,
    uscc_fault,
)
from portal.model.cn_codes import PROVINCE_PATTERN, PROVINCES
from portal.model.terms import CODE_FORMATS

RIGHT_USCC = [
    "11100000000000000J",
    "11990000000000019A",
    "12990000AB34567864",
    "91990000MA0000007X",
    "549900001234567887",
]
WRONG_USCC = ["11100000000000000K", "11990000000000019B", "12990000AB34567865", "549900001234567888"]
RIGHT_ID = [
    "110101185001010018",
    "310101184912310022",
    "440106188002291239",
    "650100185011305556",
    "11010118500101000X",
]
WRONG_ID = [
    "110101185001010019",
    "990000198506150037",
    "99000019850615103X",
    "990000918506150037",
    "110101190002290011",
    "990000850615003",
    "11010118500101000x",
]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize("text", RIGHT_USCC)
def test_right_credit_codes_pass(text: str) -> None:
    """Codes with a right check digit have no fault."""
    assert uscc_fault(text) is None


@pytest.mark.parametrize(
    "text", [*WRONG_USCC, "", "1110000000000000J", "91990000ma0000007x", "9199000OMA0000007X", "91990000I00000007X"]
)
def test_wrong_credit_codes_are_found(text: str) -> None:
    """A wrong check digit, length, case or character is a fault."""
    assert uscc_fault(text) is not None


@given(st.sampled_from(RIGHT_USCC), st.integers(8, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_of_a_credit_code_is_always_found(text: str, place: int, char: str) -> None:
    """That is what the check digit is for: 31 is a prime."""
    changed = text[:place] + char + text[place + 1 :]
    assert (uscc_fault(changed) is None) == (changed == text)


def test_letters_may_stand_in_the_first_two_places() -> None:
    """The standard has offices with letters, such as A and N."""
    codes = [f"A1990000000000019{last}" for last in ALPHABET]
    assert [code[-1] for code in codes if uscc_fault(code) is None] == ["1"]


@pytest.mark.parametrize("text", RIGHT_ID)
def test_right_identity_numbers_pass(text: str) -> None:
    """Numbers of people who died long ago, with a right check digit."""
    assert id_card_fault(text) is None


@pytest.mark.parametrize("text", WRONG_ID)
def test_wrong_identity_numbers_are_found(text: str) -> None:
    """Check digit, province, day of birth, length and capital X must be right."""
    assert id_card_fault(text) is not None


@pytest.mark.parametrize(
    "text", ["110000", "110100", "110101", "659001", "110101001", "110101001002", "441900003000", "100000"]
)
def test_division_codes_pass(text: str) -> None:
    """Each level down to villages, and cities that have towns but no counties."""
    assert division_code_fault(text) is None


@pytest.mark.parametrize("text", ["11", "1101", "990101", "110001", "110000001", "110101000002", "11010a", "１１0101"])
def test_what_is_no_division_code_is_found(text: str) -> None:
    """A wrong length, an unknown province, a level that is 0 above one that is not."""
    assert division_code_fault(text) is not None


def test_postcodes_have_six_digits() -> None:
    """A zero at the beginning is one of them."""
    assert [postcode_fault(text) is None for text in ("010010", "10010", "0100100", "01001a")] == [
        True,
        False,
        False,
        False,
    ]


def test_every_format_is_declared_with_its_name() -> None:
    """What a descriptor may say is what can be checked."""
    assert set(FAULTS) == set(CODE_FORMATS)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("uscc", RIGHT_USCC, WRONG_USCC),
        ("id-card", RIGHT_ID, WRONG_ID),
        (
            "division-code",
            ["110000", "110101", "110101001002", "441900003000"],
            ["1101", "990101", "110001", "110101000002"],
        ),
        ("postcode", ["010010"], ["10010", "0100100"]),
    ],
)
def test_the_condition_of_sql_lets_no_wrong_code_pass(
    name: str, right: list[str], wrong: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The first look over a column suspects every wrong code, and few right ones."""
    condition = CodeFormat(name).suspicion("c")
    with cells_in_duckdb.connect(tmp_path_factory.mktemp("sql")) as connection:
        rows = connection.execute(
            f"SELECT c FROM (SELECT unnest(?) AS c) WHERE {condition}", [[*right, *wrong]]
        ).fetchall()
    suspects = [text for (text,) in rows]
    assert set(wrong) <= set(suspects)
    assert set(suspects) - set(wrong) <= {text for text in right if name == "id-card" and text[12:14] > "28"}


@pytest.fixture(scope="module")
def suspected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, list[str]], set[str]]]:
    """Return a function that gives those codes which the condition of SQL suspects."""
    with cells_in_duckdb.connect(tmp_path_factory.mktemp("sql")) as connection:

        def ask(name: str, codes: list[str]) -> set[str]:
            condition = CodeFormat(name).suspicion("c")
            rows = connection.execute(f"SELECT c FROM (SELECT unnest(?) AS c) WHERE {condition}", [codes]).fetchall()
            return {text for (text,) in rows}

        yield ask


Suspected = Callable[[str, list[str]], set[str]]


@settings(deadline=None)
@given(st.text(ALPHABET, min_size=2, max_size=2), st.integers(0, 999_999), st.text(ALPHABET, min_size=9, max_size=9))
def test_sql_and_library_agree_on_credit_codes(suspected: Suspected, head: str, area: int, body: str) -> None:
    """Of all 31 last characters the weights in SQL pass the one that python-stdnum works out (GB 32100)."""
    start = f"{head}{area:06}{body}"
    codes = [start + last for last in ALPHABET]
    assert set(codes) - suspected("uscc", codes) == {start + uscc.calc_check_digit(start)}


@settings(deadline=None)
@given(
    st.sampled_from(sorted(PROVINCES)),
    st.integers(0, 9999),
    st.dates(date(1800, 1, 1), date(1879, 12, 31)).filter(lambda day: day.day <= 28),
    st.integers(0, 999),
)
def test_sql_and_library_agree_on_identity_numbers(
    suspected: Suspected, province: str, area: int, born: date, order: int
) -> None:
    """Of all eleven last characters the weights in SQL pass the one that python-stdnum works out (GB 11643)."""
    start = f"{province}{area:04}{born:%Y%m%d}{order:03}"
    codes = [start + last for last in "0123456789X"]
    assert set(codes) - suspected("id-card", codes) == {start + ric.calc_check_digit(f"{start}0")}


def test_the_pattern_of_provinces_is_the_list_of_provinces() -> None:
    """The regular expression for SQL and spellings passes the 34 codes of GB/T 2260 and no other two digits."""
    assert {f"{number:02}" for number in range(100) if re.fullmatch(PROVINCE_PATTERN, f"{number:02}")} == PROVINCES
