"""A small lexicon, the terms of a small catalogue and what is found with them, for tests of the search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from portal.publishing.search.found import Understood
from portal.publishing.search.lexicon.citizens_words import Group, lexicon_of
from portal.publishing.search.lexicon.units import folded_key
from portal.publishing.search.meaning.plain_source import PlainSource
from portal.publishing.search.meaning.second_list import second_list
from portal.publishing.search.meaning.understood_query import understand
from portal.publishing.search.terms.sounds import usual_readings
from portal.publishing.search.terms.term_keys import TERMS_A_KEY_MAX, Term, keys_of, rank
from portal.publishing.search.terms.value_words import NO_PLACES, Places, places_by_word


def term_of(text: str, kind: str, datasets: int = 0) -> Term:
    """Return a term by its text."""
    return Term(text, folded_key(text), kind, datasets)


class TermsInMemory:
    """Terms that were gathered in this process."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.readings = usual_readings()
        self._by_key: dict[tuple[str, str], list[Term]] = {}
        for term in sorted(terms, key=rank):
            for key in dict.fromkeys(keys_of(term)):
                self._by_key.setdefault(key, []).append(term)

    def look_up(self, kind: str, key: str) -> Sequence[Term]:
        """Return the terms of a key; see `Terms`."""
        return self._by_key.get((kind, key), [])[:TERMS_A_KEY_MAX]


class ValuesInMemory:
    """Values that were gathered in this process."""

    def __init__(self, values: Iterable[Sequence[str]]) -> None:
        self._places: Mapping[str, Places] = places_by_word(values)

    def places(self, word: str) -> Places:
        """Return the values that have a word."""
        return self._places.get(word, NO_PLACES)


LEXICON = lexicon_of(
    [
        Group(("失信被执行人",), plain=("老赖",), english=("dishonest judgment debtor",), broader=("法院执行",)),
        Group(("法院执行",)),
        Group(("空气质量",), same=("AQI",), english=("air quality",)),
        Group(("公共汽车",), same=("公交",), dialect=(("粤", ("巴士",)),), english=("bus",)),
    ]
)
TERMS = TermsInMemory(
    [
        *(term_of(text, "keyword", 2) for text in ("空气质量", "公交线路", "公交", "图书馆", "景区", "最低生活保障")),
        *(term_of(text, "word", 2) for text in ("失信被执行人", "公共汽车")),
        term_of("老赖", "plain", 2),
        *(term_of(text, "english", 2) for text in ("quality", "library")),
    ]
)


def understood(text: str) -> Understood:
    """Return what is understood of *text* by this lexicon and these terms."""
    return understand(text, LEXICON, TERMS)


def things(text: str) -> list[str]:
    """Return the things that *text* asks for, as typed."""
    return [thing.typed for thing in understood(text).things]


def meant(text: str) -> list[tuple[str, str]]:
    """Return the kinds and words of all reasons by which *text* may be answered."""
    return [
        (item.because.kind, item.because.meant)
        for thing in understood(text).things
        for item in thing.alternatives
        if item.because
    ]


def listed(text: str, *titles: str) -> list[str]:
    """Return the titles of the second list for *text* in a catalogue of *titles*."""
    source = PlainSource((title, "", "") for title in titles)
    return [titles[item.number] for item in second_list(understood(text), source, {})]
