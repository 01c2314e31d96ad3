"""Lexicon, terms and readings of characters as files for a browser, by the first unit, sound or spelling of each.

The routes are such that a question needs one file for each character of it, whatever may begin there: words of the
lexicon with the groups that they lead to, terms that begin, end or sound so, words in the values of tables. Groups that
stand together in the lexicon have one route; which of their words some dataset of this catalogue has is told, so only
those are looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from portal.publishing.search.in_browser.sharded_files import ShardedTable, compact
from portal.publishing.search.lexicon.citizens_words import Lexicon
from portal.publishing.search.lexicon.units import folded_key, is_chinese, units, words_asked
from portal.publishing.search.meaning.second_list import Source, all_of
from portal.publishing.search.terms.sounds import Readings
from portal.publishing.search.terms.term_keys import TERMS_A_KEY_MAX, Term
from portal.publishing.search.terms.terms_file import TermsFile
from portal.publishing.search.terms.value_words import Places, Values, datasets_of, having_all

GROUPS_A_ROUTE = 16
"""Groups of the lexicon that lie in one file: narrower ones and those of one topic stand together."""
PLACES_BESIDE_MAX = 100
"""Values that have a word, up to which their list lies with what else begins with its first character."""
APART = 1
"""Stands instead of a list that has a file of its own."""

_Groups = tuple[tuple[int, ...], ...]
Keyed = Iterator[tuple[str, str, Term]]
"""Kinds and keys of terms with the term, the best terms of a key first."""


def write_meaning_files(terms: TermsFile, source: Source, folder: Path) -> int:
    """Write the files into the new folder *folder*; return how many there are."""
    table = ShardedTable()
    _put_lexicon(terms.lexicon, source, terms, table)
    _put_terms(terms.keyed(), terms.readings, table)
    _put_values(terms.values(), table)
    for character, syllable in terms.readings.table.items():
        table.put_text(f"u{character}", f"r{character}", f'"{syllable}"')
    return table.write(folder)


def _put_lexicon(lexicon: Lexicon, source: Source, values: Values, table: ShardedTable) -> None:
    """Note which groups each word leads to, and the groups: a browser works out the wordings itself."""
    firsts: dict[str, set[str]] = {}
    for group in lexicon.groups:
        for word in group.all_words:
            if cut := units(word):
                # In a question a word may be cut otherwise: 股票 after a blank is not bound to what is before it.
                firsts.setdefault(folded_key(word), set()).add(cut[0])
    written: dict[_Groups, str] = {}
    for key, of_words in firsts.items():
        groups = _groups_of(key, lexicon)
        told = written.get(groups) or written.setdefault(groups, compact(groups))
        for unit in sorted({*of_words, units(key)[0]}):
            table.put_text(f"u{unit}", f"l{key}", told)
    is_held = _holding(source)
    for number, group in enumerate(lexicon.groups):
        words = (*group.official, *group.english)
        held = [place for place, word in enumerate(words) if is_held(words_asked(word))]
        valued = [[place, found] for place, word in enumerate(group.official) if (found := _whole(word, values))]
        table.put(f"g{number // GROUPS_A_ROUTE}", f"g{number}", [words, held, *([valued] if valued else [])])


def _groups_of(key: str, lexicon: Lexicon) -> _Groups:
    """Return the numbers of a key's groups, of narrower and of wider ones, as far as there are any."""
    beside = (tuple(lexicon.beside(key, others)) for others in (lexicon.narrower, lexicon.wider))
    told = [tuple(lexicon.by_key[key]), *beside]
    while not told[-1]:
        told.pop()
    return tuple(told)


def _holding(source: Source) -> Callable[[tuple[str, ...]], bool]:
    """Return what tells whether some dataset has all of some words, wherever they stand.

    A wider word counts in titles and the like alone, but the same word counts anywhere where a slip led to it.
    """
    known: dict[tuple[str, ...], bool] = {}

    def is_held(words: tuple[str, ...]) -> bool:
        if words not in known:
            known[words] = bool(len(all_of(words, source)))
        return known[words]

    return is_held


def _whole(word: str, values: Values) -> list[int]:
    """Return the datasets that have a word, not one of Latin letters, as a whole value in their tables."""
    words = words_asked(word)
    if all(map(str.isascii, words)):
        return []
    places = having_all(words, values)
    return list(map(int, datasets_of(places, len(words))[0])) if len(places) else []


def _put_terms(terms: Keyed, readings: Readings, table: ShardedTable) -> None:
    gathered: dict[tuple[str, str], list[list[Any]]] = {}
    for kind, key, term in terms:
        found = gathered.setdefault((kind, key), [])
        if len(found) < TERMS_A_KEY_MAX:
            found.append(_told(term, kind, readings))
    for (kind, key), found in gathered.items():
        table.put(_route(kind, key), f"{kind[0]}{key}", found)


def _put_values(values: Iterable[tuple[str, Places]], table: ShardedTable) -> None:
    """Note in which values of tables each word stands, as differences; long lists apart from what else begins so."""
    for word, places in values:
        listed: list[int] | int = np.diff(places, prepend=np.uint32(0)).tolist()
        if len(places) > PLACES_BESIDE_MAX:
            table.put(f"w{word}", f"W{word}", listed)
            listed = APART
        table.put(f"u{word[0] if is_chinese(word[0]) else word}", f"w{word}", listed)


def _told(term: Term, kind: str, readings: Readings) -> list[Any]:
    """Return a term as it stands in the files: how many datasets, key, text where it is another, usual reading."""
    told = [term.datasets, term.key, "" if term.text == term.key else term.text]
    if kind == "sound":
        told.append(" ".join(readings.of(term.key)))
    while not told[-1]:
        told.pop()
    return told


def _route(kind: str, key: str) -> str:
    """Return the route of a key of a term; what begins, ends or spans lies with the first character.

    >>> _route("end", "质量"), _route("begin", "tr"), _route("sound", "kong qi"), _route("pinyin", "kongqi")
    ('u质', 'utr', 'skong', 'pkon')
    """
    if kind in ("begin", "end", "around", "value"):
        return f"u{key[0] if is_chinese(key) else key}"
    if kind == "sound":
        return f"s{key.partition(' ')[0]}"
    return f"p{key[:3]}" if kind == "pinyin" else f"i{key}"
