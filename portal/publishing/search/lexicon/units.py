"""Units of text that words are cut from: single Chinese characters, whole other words; their key when joined.

>>> units("PM10浓度 daily reports"), key_of(["air", "quality", "指", "数"])
(['pm10', '浓', '度', 'daily', 'report'], 'air quality指数')
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from portal.publishing.search.tokeniser import parts, query_words


def units(text: str) -> list[str]:
    """Return the units of *text*, folded, in order."""
    return list(_units(text))


@lru_cache(maxsize=65_536)  # more than a lexicon has words, which are gone through several times
def _units(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for part, is_chinese in parts(text):
        found.extend(part if is_chinese else [part])
    return tuple(found)


def key_of(run: Sequence[str]) -> str:
    """Return *run* as one text: a space stands between two words of letters or digits, nothing beside a character."""
    key = ""
    for unit in run:
        key += f" {unit}" if key and not is_chinese(unit) and not is_chinese(key[-1]) else unit
    return key


@lru_cache(maxsize=65_536)
def folded_key(text: str) -> str:
    """Return the key of a whole text.

    >>> folded_key("Air  Qualities")
    'air quality'
    """
    return key_of(units(text))


@lru_cache(maxsize=65_536)
def words_asked(word: str) -> tuple[str, ...]:
    """Return what a dataset must have to have a word of the lexicon; a build asks that of each several times.

    >>> words_asked("空气质量")
    ('空气', '气质', '质量')
    """
    return tuple(query_words(word))


def is_chinese(unit: str) -> bool:
    """Whether a unit is a Chinese character; kana and hangul, which are cut alike, count as such."""
    return unit[0] >= "\u3041"
