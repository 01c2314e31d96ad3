"""The wordings by which a thing may be found: as typed, and by what the lexicon knows beside it.

Each counts a percent of the typed words. What a citizen says leads to official words and not back, so the words that
stand in a group as plain ones or of a dialect are never among the wordings, unless they were typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from portal.publishing.search.found import Alternative, Because
from portal.publishing.search.lexicon.citizens_words import Group, Lexicon
from portal.publishing.search.lexicon.units import folded_key, is_chinese
from portal.publishing.search.tokeniser import query_words

PERCENT = {"synonym": 90, "translation": 90, "narrower": 70, "broader": 50}
"""How much words beside the typed ones count."""
ALTERNATIVES_MAX = 32
"""Wordings of one thing that are tried, the strongest first."""


def wordings(typed: str, key: str, lexicon: Lexicon) -> tuple[Alternative, ...]:
    """Return the wordings of what was *typed*, whose key in the lexicon is *key*; the typed words first."""
    found = [Alternative(tuple(query_words(typed)), 100)]
    for group in lexicon.groups_of(key):
        found.extend(_of_group(typed, key, group, "synonym"))
    for group in lexicon.narrower_of(key):
        found.extend(_of_group(typed, key, group, "narrower"))
    for group in lexicon.wider_of(key):
        found.extend(_of_group(typed, key, group, "broader"))
    return strongest(found)


def _of_group(typed: str, key: str, group: Group, kind: str) -> Iterator[Alternative]:
    """Yield the official words of a group, and its English ones: each is found under titles of its own language."""
    is_chinese_typed = is_chinese_word(typed)
    for word in (*group.official, *group.english):
        own_key, is_chinese_own, words = _known_of(word)
        if own_key == key:
            continue
        told = "translation" if is_chinese_own != is_chinese_typed and kind == "synonym" else kind
        yield Alternative(words, PERCENT[told], Because(told, typed, word))


@lru_cache(maxsize=65_536)
def _known_of(word: str) -> tuple[str, bool, tuple[str, ...]]:
    """Return the key of a word of the lexicon, whether it is Chinese, and its words: many lead to the same few."""
    return folded_key(word), is_chinese_word(word), tuple(query_words(word))


def is_chinese_word(word: str) -> bool:
    """Whether a word has a Chinese character in it."""
    return any(map(is_chinese, word))


def strongest(found: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Return alternatives with different words, the strongest of equal ones, in falling order of percent."""
    by_words: dict[tuple[str, ...], Alternative] = {}
    for item in sorted(found, key=lambda item: -item.percent):
        if item.words:
            by_words.setdefault(item.words, item)
    return tuple(by_words.values())[:ALTERNATIVES_MAX]
