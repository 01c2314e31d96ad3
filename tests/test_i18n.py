"""Every message stands in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from portal.findings.codes import CODES
from portal.i18n import LOCALE_DIR, number_text, terminal_language, translate_many

PROJECT = Path(__file__).parent.parent
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "translate": (2,), "translate_many": (2, 3)}


def wanted() -> set[str]:
    """Return every message in code and templates, the singular where there are two forms."""
    found = set()
    for folder, methods in (("portal", [("**.py", "python")]), ("site_templates", [("**.html", "jinja2")])):
        for _, _, message, _, _ in extract_from_dir(PROJECT / folder, methods, keywords=KEYWORDS):
            found.add(message if isinstance(message, str) else message[0])
    return found


def chinese() -> dict[str, Message]:
    """Return the Chinese messages by their English text."""
    with (LOCALE_DIR / "zh" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalog = read_po(file, locale="zh_CN")
    return {item.id if isinstance(item.id, str) else item.id[0]: item for item in catalog if item.id}


def test_every_message_is_in_the_catalogue_and_no_other() -> None:
    """What code and templates say is what the Chinese file translates."""
    assert wanted() == set(chinese())


def test_every_message_is_translated_with_the_same_places_to_fill() -> None:
    """No Chinese text is missing, and each names the details that its English text names."""
    for english, item in chinese().items():
        texts = [item.string] if isinstance(item.string, str) else list(item.string or [""])
        for text in texts:
            assert text, english
            assert set(re.findall(r"%\((\w+)\)s", text)) == set(re.findall(r"%\((\w+)\)s", english)), english


def test_every_code_has_its_texts_in_both_languages() -> None:
    """Each declared code says what is wrong and how to mend it, in Chinese and in English, with the same details."""
    for code in CODES.values():
        for text in (code.message, code.mend):
            assert text.zh
            assert text.en
            assert set(re.findall(r"(?<!\{)\{(\w+)\}", text.zh)) == set(re.findall(r"(?<!\{)\{(\w+)\}", text.en))


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "KAIFANG_LANG": "en"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
    ],
)
def test_the_terminal_speaks_chinese_unless_english_is_asked_for(environment: dict[str, str], lang: str) -> None:
    """KAIFANG_LANG comes first, then the locale; without either it is Chinese."""
    assert terminal_language(environment) == lang


def test_english_distinguishes_one_from_many() -> None:
    """A count of one has the singular, every other the plural, with the number written for the language."""
    assert translate_many("en", "%(num)s row", "%(num)s rows", 1) == "1 row"
    assert translate_many("en", "%(num)s row", "%(num)s rows", 1200) == "1,200 rows"
    assert translate_many("zh", "%(num)s row", "%(num)s rows", 1200) == "1,200 行"


@given(
    st.integers(-(10**18), 10**18)
    | st.floats(-1e12, 1e12)
    | st.floats(-1e12, 1e12).map(lambda number: round(number, 1))
)
def test_numbers_are_written_as_babel_writes_them(number: float) -> None:
    """What is written without Babel is what the rules of both languages say; zero has no sign."""
    for lang, locale in (("zh", "zh_CN"), ("en", "en")):
        assert number_text(lang, number) == format_decimal(number or 0, locale=locale)
