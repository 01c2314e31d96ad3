"""Groups of the lexicon that find nothing in a catalogue, led to wider ones: 失信被执行人 to 失信, which it holds.

A catalogue rarely says all that a lexicon knows. Where none of the official words of a group finds anything, the
official words of other groups that stand within them are wider things; but not those that very many datasets have, nor
those that say too little (企业).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from portal.publishing.search.lexicon.citizens_words import Group
from portal.publishing.search.lexicon.units import folded_key, is_chinese
from portal.publishing.search.meaning.question_words import question_words
from portal.publishing.search.terms.catalogue_terms import CountedWords

WITHIN_UNITS_MIN = 2
"""Characters of the shortest word that is looked for within others."""
COMMON_SHARE = 10
"""A word that more than one in so many datasets has leads nowhere."""
COMMON_MIN = 3
"""A word that so few datasets have is never a common one."""


def with_words_within(groups: Sequence[Group], counted: CountedWords) -> tuple[Group, ...]:
    """Return *groups*, those that find nothing with the words within theirs that do as wider ones."""
    found = [any(counted(word) for word in group.official) for group in groups]
    most = max(counted.size // COMMON_SHARE, COMMON_MIN)
    known = {
        folded_key(word): word
        for group, is_found in zip(groups, found, strict=True)
        for word in (group.official if is_found else ())
        if _may_lead(folded_key(word)) and 0 < counted(word) <= most
    }
    return tuple(group if is_found else _led_on(group, known) for group, is_found in zip(groups, found, strict=True))


def _may_lead(key: str) -> bool:
    words = question_words()
    return key not in words.general and not words.is_dropped(key) and all(map(is_chinese, key))


def _led_on(group: Group, known: dict[str, str]) -> Group:
    wider = dict.fromkeys(other for word in group.official for other in _within(folded_key(word), known))
    return replace(group, broader=tuple(dict.fromkeys((*group.broader, *wider)))) if wider else group


def _within(key: str, known: dict[str, str]) -> Iterator[str]:
    """Yield the longest known words within a word, from its beginning on; none within another.

    None stands behind a single character that is left over: that one belongs to it, as in 无线|网络.

    >>> known = {word: word for word in ("公共汽车", "汽车", "客运", "线网")}
    >>> list(_within("公共汽车客运站", known)), list(_within("无线网络", known))
    (['公共汽车', '客运'], [])
    """
    place = left_over = 0
    while place < len(key):
        sizes = range(len(key) - place, WITHIN_UNITS_MIN - 1, -1)
        size = next((size for size in sizes if key[place : place + size] in known), 0)
        if size and size < len(key) and left_over != 1:
            yield known[key[place : place + size]]
        left_over = 0 if size else left_over + 1
        place += size or 1
