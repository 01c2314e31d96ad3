"""Terms of a catalogue: words of titles, keywords, publishers, columns and lexicon, and the keys that find them.

All is found by equal keys: whole words, their first or last characters, their sound, their pinyin, their initials.
So one table serves: in SQLite (`portal.publishing.search.terms.terms_file`), or as files for a browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from portal.publishing.search.lexicon.units import folded_key, is_chinese, units
from portal.publishing.search.terms.sounds import Readings, blurred, syllables_in_words, usual_readings

TERM_KINDS = ("title", "keyword", "publisher", "word", "plain", "column", "part", "english", "value")
"""What a term is: a title, keyword or publisher as it stands; an official word of the lexicon or one that leads to it;
the title of a column; a part of a title between words that say nothing; a single English word of any of them; a
value in a table, by which questions are cut and no slip is mended."""

SHORT_UNITS_MAX = 8
"""Characters of the longest term in which slips are mended; longer ones are found by most of their words."""
CUT_UNITS_MAX = 4
"""Characters of the longest term of the catalogue that a question is cut by; a lexicon's words may be longer."""
VALUE_UNITS_MAX = 8
"""Characters of the longest value in a table that a question is cut by."""
TERMS_A_KEY_MAX = 300
"""Terms of one key that are looked at, those of most datasets first."""
PLAIN_UNITS_MIN = 4
"""Characters of the shortest citizens' word in which a typo is mended: 手机壳 is no slip for 手机厂."""
ENGLISH_LETTERS_MIN = 5
"""Letters of the shortest English word in which a slip is mended."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term: *text* as it is shown, its *key* as it is compared, and how many datasets have it."""

    text: str
    key: str
    kind: str
    datasets: int = 0


class Terms(Protocol):
    """Terms by kind of key and key, those of most datasets first, equals by key."""

    @property
    def readings(self) -> Readings:
        """How characters are read."""

    def look_up(self, kind: str, key: str) -> Sequence[Term]:
        """Return at most `TERMS_A_KEY_MAX` terms of a key."""


def rank(term: Term) -> tuple[int, str]:
    """Return what terms of one key are sorted by."""
    return -term.datasets, term.key


def keys_of(term: Term) -> Iterator[tuple[str, str]]:
    """Yield the kinds and keys under which a term is found; its sound is that of its characters, and of its words.

    >>> list(keys_of(Term("水价", "水价", "keyword")))
    [('begin', '水价'), ('end', '水价'), ('sound', 'sui jia'), ('pinyin', 'shuijia')]
    """
    cut = units(term.key)
    if not cut:
        return
    if term.kind == "value":
        yield "value", "".join(cut[:2])
        return
    if len(cut) == 1 and cut[0].isascii() and cut[0].isalpha() and len(cut[0]) >= ENGLISH_LETTERS_MIN - 1:
        for count in (2, 3):
            yield "begin", term.key[:count]
            yield "end", term.key[-count:]
        return
    if not all(map(is_chinese, cut)) or len(cut) < 2:
        yield from _initials(cut)
        return
    if len(cut) <= SHORT_UNITS_MAX and (term.kind != "plain" or len(cut) >= PLAIN_UNITS_MIN):
        yield "begin", "".join(cut[:2])
        yield "end", "".join(cut[-2:])
        if len(cut) in (3, 4):
            yield "around", f"{cut[0]}{cut[-1]}"
    ways = (usual_readings().of(cut), syllables_in_words(term.key))
    spoken = dict.fromkeys(tuple(way) for way in ways if len(way) == len(cut))
    for syllables in spoken:
        if len(cut) <= SHORT_UNITS_MAX:
            yield "sound", " ".join(map(blurred, syllables))
            yield "pinyin", "".join(syllables)
        if len(cut) > 2:
            yield "initials", folded_key("".join(syllable[0] for syllable in syllables))


def _initials(cut: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the initials of characters among other words, which stay whole: gdpzzl of GDP增长率.

    >>> list(_initials(["gdp", "增", "长", "率"]))
    [('initials', 'gdpzzl')]
    """
    table = usual_readings().table
    initials = [table.get(unit, "")[:1] if is_chinese(unit) else unit for unit in cut]
    if all(initials) and sum(map(is_chinese, cut)) > 2:
        yield "initials", folded_key("".join(initials))
