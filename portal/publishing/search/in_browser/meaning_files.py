"""Lexicon, terms and readings of characters as files for a browser, by the first unit, sound or spelling of each.

The routes are such that a question needs one file for each character of it, whatever may begin there: words of the
lexicon with their other wordings, terms that begin, end or sound so. Wordings that find nothing in this catalogue are
numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from portal.publishing.search.found import BECAUSE_KINDS, Alternative
from portal.publishing.search.in_browser.sharded_files import ShardedTable, compact
from portal.publishing.search.lexicon.citizens_words import Lexicon
from portal.publishing.search.lexicon.units import folded_key, is_chinese, key_of, units
from portal.publishing.search.lexicon.wordings import is_chinese_word, wordings
from portal.publishing.search.meaning.second_list import Source, all_of
from portal.publishing.search.terms.sounds import Readings
from portal.publishing.search.terms.term_keys import TERMS_A_KEY_MAX, Term

Keyed = Iterator[tuple[str, str, Term]]
"""Kinds and keys of terms with the term, the best terms of a key first."""


def write_meaning_files(lexicon: Lexicon, terms: Keyed, readings: Readings, source: Source, folder: Path) -> int:
    """Write the files into the new folder *folder*; return how many there are."""
    table = ShardedTable()
    _put_lexicon(lexicon, source, table)
    _put_terms(terms, readings, table)
    for character, syllable in readings.table.items():
        table.put(f"u{character}", f"r{character}", syllable)
    return table.write(folder)


def _put_lexicon(lexicon: Lexicon, source: Source, table: ShardedTable) -> None:
    is_held = _holding(source)
    absent: dict[tuple[str, ...], int] = {}
    own = {folded_key(word) for group in lexicon.groups for word in (*group.official, *group.english)}
    known: dict[tuple[Sequence[int], bool, str], str] = {}
    for group in lexicon.groups:
        for word in group.all_words:
            cut = units(word)
            if not cut:
                continue
            key = key_of(cut)
            # What citizens say of one thing leads to the same words, which are worked out once.
            alike = (tuple(lexicon.by_key.get(key, ())), is_chinese_word(key), key if key in own else "")
            if alike not in known:
                others = [item for item in wordings(key, key, lexicon) if item.because]
                known[alike] = compact([_wording(item) if is_held(item) else _absent(item, absent) for item in others])
            # A question may be cut otherwise than the word alone: 股票 after a blank is not bound to what is before.
            for unit in {cut[0], units(key)[0]}:
                table.put_text(f"u{unit}", f"l{key}", known[alike])


def _wording(item: Alternative) -> list[Any]:
    """Return a wording as it stands in the files: what is meant, and the number of its kind."""
    assert item.because
    return [item.because.meant, BECAUSE_KINDS.index(item.because.kind)]


def _absent(item: Alternative, known: dict[tuple[str, ...], int]) -> list[int]:
    """Return a wording that finds nothing: the number of its words among such wordings, and of its kind.

    It takes a place among the wordings that are tried, so it must be known that there is one.
    """
    assert item.because
    return [known.setdefault(item.words, len(known)), BECAUSE_KINDS.index(item.because.kind)]


def _holding(source: Source) -> Callable[[Alternative], bool]:
    """Return what tells whether some dataset has the words of a wording, wherever they stand.

    A wider word counts in titles and the like alone, but the same word counts anywhere where a slip led to it.
    """
    known: dict[tuple[str, ...], bool] = {}

    def is_held(item: Alternative) -> bool:
        if item.words not in known:
            known[item.words] = bool(len(all_of(item.words, source)))
        return known[item.words]

    return is_held


def _put_terms(terms: Keyed, readings: Readings, table: ShardedTable) -> None:
    gathered: dict[tuple[str, str], list[list[Any]]] = {}
    for kind, key, term in terms:
        found = gathered.setdefault((kind, key), [])
        if len(found) < TERMS_A_KEY_MAX:
            found.append(_told(term, kind, readings))
    for (kind, key), found in gathered.items():
        table.put(_route(kind, key), f"{kind[0]}{key}", found)


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
    if kind in ("begin", "end", "around"):
        return f"u{key[0] if is_chinese(key) else key}"
    if kind == "sound":
        return f"s{key.partition(' ')[0]}"
    return f"p{key[:3]}" if kind == "pinyin" else f"i{key}"
