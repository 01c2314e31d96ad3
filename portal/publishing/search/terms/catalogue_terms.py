"""Gathering the terms of a catalogue: titles, keywords, publishers, columns, and words of the lexicon that match.

What is counted is in how many datasets a term stands; of the lexicon those words come in that find something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from portal.model.catalog import Dataset
from portal.publishing.search.lexicon.citizens_words import Group, lexicon_of
from portal.publishing.search.lexicon.units import folded_key, is_chinese, units, words_asked
from portal.publishing.search.meaning.question_words import question_words
from portal.publishing.search.meaning.second_list import Source, all_of
from portal.publishing.search.terms.term_keys import TERM_KINDS, VALUE_UNITS_MAX, Term

COLUMN_UNITS_MAX = 8
"""Characters of the longest name of a column that is a term."""
VALUE_TERMS_MAX = 20_000
"""Values in tables that questions are cut by."""
_LATIN = re.compile(r"[a-z]{4,24}")


@dataclass
class _Counted:
    text: str
    kind: str
    datasets: int = 0


def terms_of_catalogue(datasets: Iterable[Dataset], groups: Sequence[Group], counted_words: CountedWords) -> list[Term]:
    """Return the terms of *datasets* and of the lexicon's *groups*, each key once, in the order of keys."""
    counted: dict[str, _Counted] = {}
    for dataset in datasets:
        for key, (text, kind) in _terms_of(dataset).items():
            item = counted.setdefault(key, _Counted(text, kind))
            item.datasets += 1
            if TERM_KINDS.index(kind) < TERM_KINDS.index(item.kind):
                item.text, item.kind = text, kind
    for word, kind, number in _words_that_match(groups, counted_words):
        key = folded_key(word)
        item = counted.setdefault(key, _Counted(word, kind, number))
        item.datasets = max(item.datasets, number)
    return [Term(item.text, key, item.kind, item.datasets) for key, item in sorted(counted.items()) if key]


def terms_of_values(values: Iterable[Iterable[str]], terms: Iterable[Term]) -> list[Term]:
    """Return as terms the Chinese, short *values* of datasets that are none of *terms*; of too many the shortest."""
    known = {term.key for term in terms}
    counted: dict[str, _Counted] = {}
    for of_one in values:
        for key, text in {folded_key(value): value for value in of_one}.items():
            if key not in known and 1 < len(key) <= VALUE_UNITS_MAX and all(map(is_chinese, key)):
                counted.setdefault(key, _Counted(text, "value")).datasets += 1
    shortest = sorted(counted.items(), key=lambda item: (len(item[0]), -item[1].datasets, item[0]))
    return [Term(item.text, key, item.kind, item.datasets) for key, item in shortest[:VALUE_TERMS_MAX]]


def _terms_of(dataset: Dataset) -> dict[str, tuple[str, str]]:
    """Return the terms of one dataset by key, with text and kind, the best kind of each."""
    found: dict[str, tuple[str, str]] = {}

    def add(text: str, kind: str) -> None:
        key = folded_key(text)
        if key and (key not in found or TERM_KINDS.index(kind) < TERM_KINDS.index(found[key][1])):
            found[key] = (text, kind)

    for title in (dataset.title.zh, dataset.title.en):
        add(title, "title")
    for keyword in dataset.keywords:
        add(keyword.zh, "keyword")
        add(keyword.en, "keyword")
    for name in (dataset.publisher.title.zh, dataset.publisher.title.en, *dataset.publisher.former_names):
        add(name, "publisher")
    for column in (field.title.zh or field.name for item in dataset.resources for field in item.schema.fields):
        if len(column) <= COLUMN_UNITS_MAX:
            add(column, "column")
    for part in title_parts(dataset.title.zh):
        add(part, "part")
    english = (dataset.title.en, *(keyword.en for keyword in dataset.keywords), dataset.publisher.title.en)
    for word in _LATIN.findall(" ".join(" ".join(units(text)) for text in english)):
        add(word, "english")
    return found


def title_parts(title: str) -> Iterator[str]:
    """Yield the parts of a title between words that nearly every title has.

    >>> list(title_parts("示范市空气质量监测数据（小时）"))
    ['示范市空气质量监测']
    """
    for part in _vague().split(title):
        cut = units(part)
        if len(cut) > 2 and all(map(is_chinese, cut)):
            yield part


@lru_cache(maxsize=1)
def _vague() -> re.Pattern[str]:
    words = sorted((word for word in question_words().vague if is_chinese(word)), key=lambda word: (-len(word), word))
    return re.compile("|".join([r"[\W_a-zA-Z0-9]+", *words]))


def _words_that_match(groups: Sequence[Group], counted: CountedWords) -> Iterator[tuple[str, str, int]]:
    """Yield the words of the lexicon by which something is found, with their kind and how many datasets there are.

    Citizens' words come in where the group, a wider or a narrower one finds something.
    """
    lexicon = lexicon_of(groups)
    counts = [[counted(word) for word in group.official] for group in groups]
    for number, group in enumerate(groups):
        for word, count in zip(group.official, counts[number], strict=True):
            if count:
                yield word, "word", count
        near = (number, *lexicon.wider.get(number, ()), *lexicon.narrower.get(number, ()))
        most = max(max(counts[other]) for other in near)
        if most:
            for word in group.one_way:
                yield word, "plain", most
            for word in group.english:
                for single in _LATIN.findall(" ".join(units(word))):
                    yield single, "english", most


class CountedWords:
    """Counts in how many datasets a word stands in title, keywords or names of columns, each word once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._counts: dict[str, int] = {}
        self.size = source.size

    def __call__(self, word: str) -> int:
        """Return the count of a word."""
        if word not in self._counts:
            self._counts[word] = len(all_of(words_asked(word), self._source, "known"))
        return self._counts[word]
