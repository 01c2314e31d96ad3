"""Translation, zh and en (gettext, messages.po); thousands separators, dates, file sizes; KAIFANG_LANG.

Numbers, sizes and dates are written as people of each language write them. The messages in the code are English;
``locale/<lang>/LC_MESSAGES/messages.po`` holds each whole sentence in Chinese. The file is read as it is, so there is
no compiled copy that could lag behind. Babel is loaded for the first message in Chinese or date that somebody wants:
English help needs none.
"""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

LOCALE_DIR = Path(__file__).parent / "locale"

_BABEL_LOCALES = {"zh": "zh_CN", "en": "en"}


@lru_cache
def translations(lang: str) -> NullTranslations:
    """Return the messages of *lang*; English stands in the code and needs no file."""
    path = LOCALE_DIR / lang / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalog = read_po(file, locale=lang)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)


def gettext_noop(message: str) -> str:
    """Mark a message for extraction where it stands as data; it is translated where it is used."""
    return message


def translate(lang: str, message: str, **details: object) -> str:
    """Return *message* in *lang* with ``%(name)s`` filled in from *details*."""
    text = str(translations(lang).gettext(message))
    return text % details if details else text


def translate_many(lang: str, one: str, many: str, number: int, **details: object) -> str:
    """Return the form of the message that suits *number*; ``%(num)s`` stands for it, formatted."""
    text = str(translations(lang).ngettext(one, many, number))
    return text % {"num": number_text(lang, number), **details}


@lru_cache(maxsize=4096)
def number_text(lang: str, number: int | float) -> str:
    """Write a number with its thousands marked and at most three decimals.

    Both languages write whole numbers, and those of one decimal, as Python does; Babel need not be loaded for them.

    >>> number_text("zh", 29708), number_text("en", 0.5)
    ('29,708', '0.5')
    """
    if isinstance(number, int) or number == 0:
        return f"{int(number):,}"
    if abs(number) < 1e15 and number == round(number, 1):
        return f"{number:,.1f}".removesuffix(".0")
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=_BABEL_LOCALES[lang]))


@lru_cache(maxsize=4096)
def day_text(lang: str, day: date) -> str:
    """Write a date in full.

    >>> day_text("zh", date(2017, 5, 3)), day_text("en", date(2017, 5, 3))
    ('2017年5月3日', '3 May 2017')
    """
    from babel.dates import format_date

    pattern = "y年M月d日" if lang == "zh" else "d MMMM y"
    return str(format_date(day, pattern, locale=_BABEL_LOCALES[lang]))


def size_text(lang: str, size_bytes: int) -> str:
    """Write a file's size in decimal units (1 kB = 1,000 bytes).

    >>> size_text("en", 999), size_text("en", 1_234_567)
    ('999 B', '1.2 MB')
    """
    size = float(size_bytes)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{number_text(lang, round(size, 0 if unit == 'B' or size >= 100 else 1))} {unit}"


def terminal_language(environment: Mapping[str, str] = os.environ) -> str:
    """Choose the language of the command line: ``KAIFANG_LANG``, else English for an English locale, else Chinese."""
    for name in ("KAIFANG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "zh"
    return "zh"
