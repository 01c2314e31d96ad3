"""Slips in words that nobody knows: typos of one character, words of equal sound, pinyin and initials in Latin letters.

They are looked for only where something typed is no known word. All look-ups are by equal keys (`Terms`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from portal.publishing.search.found import Alternative, Because
from portal.publishing.search.lexicon.citizens_words import Lexicon
from portal.publishing.search.lexicon.units import units
from portal.publishing.search.lexicon.wordings import strongest, wordings
from portal.publishing.search.meaning.question_words import question_words
from portal.publishing.search.terms.sounds import Readings, blurred
from portal.publishing.search.terms.term_keys import ENGLISH_LETTERS_MIN, SHORT_UNITS_MAX, Term, Terms

PERCENT_OF_SLIPS = {"typo": 75, "homophone": 85, "pinyin": 90}
"""How much a mended word counts beside the typed one."""
BLURRED_PERCENT = 65
"""How much a word of three characters and more counts that sounds alike only to those who do not tell n from l."""
INITIALS_PERCENT = 70
INITIALS_MIN = 3
"""Letters of the shortest initials; two stand for too much."""
MENDED_MAX = 4
"""Terms that one slip may stand for."""
SLIP_UNITS_MAX = 40
"""Characters of a question in which slips are looked for."""
_SHORTEST = {"homophone": 2, "typo": 3}


@dataclass(frozen=True, slots=True)
class Mended:
    """The units from *start* to before *end* of a run may mean *term*, by a slip of the kind *kind*."""

    start: int
    end: int
    term: Term
    kind: str
    percent: int

    @property
    def order(self) -> tuple[int, int, int, int, str]:
        """What slips are sorted by: long ones first, then sure ones, then terms of many datasets."""
        return (self.start - self.end, -self.percent, -self.term.datasets, self.start, self.term.key)


def mended_words(run: Sequence[str], known: Sequence[tuple[int, int]], terms: Terms) -> list[list[Mended]]:
    """Return slips in a run of Chinese characters that do not overlap, each with the terms that it may stand for.

    A slip has an unknown character in it and cuts no *known* piece (from where to where) in two; it is none if one of
    the known pieces in it is the term itself. A word of equal sound has two characters at least, a typo three: of those
    shortest ones there are some in any row of unknown characters, so they are slips only where nothing unknown stands
    beside them.
    """
    found = sorted(_all_slips(run, known, terms), key=lambda item: item.order)
    chosen: dict[tuple[int, int], list[Mended]] = {}
    for item in found:
        span = (item.start, item.end)
        if span in chosen:
            if len(chosen[span]) < MENDED_MAX:
                chosen[span].append(item)
        elif all(item.end <= start or item.start >= end for start, end in chosen):
            chosen[span] = [item]
    return [chosen[span] for span in sorted(chosen)]


def _all_slips(run: Sequence[str], known: Sequence[tuple[int, int]], terms: Terms) -> Iterator[Mended]:
    seen = set()
    for item in (*_homophones(run, terms), *_typos(run, terms)):
        here = (item.start, item.end, item.term.key)
        if here not in seen and _is_slip(item, run, known):
            seen.add(here)
            yield item


def _is_slip(item: Mended, run: Sequence[str], known: Sequence[tuple[int, int]]) -> bool:
    within = [(start, end) for start, end in known if start < item.end and end > item.start]
    if any(start < item.start or end > item.end for start, end in within):
        return False
    size = item.end - item.start
    unknown = size - sum(end - start for start, end in within)
    if size <= _SHORTEST[item.kind] and not _stands_alone(item, len(run), known):
        return False
    is_enough = unknown == 2 if size == 2 else unknown > 0
    return is_enough and all("".join(run[start:end]) != item.term.key for start, end in within)


def _stands_alone(item: Mended, length: int, known: Sequence[tuple[int, int]]) -> bool:
    begins = item.start == 0 or any(end == item.start for _, end in known)
    return begins and (item.end == length or any(start == item.end for start, _ in known))


def _homophones(run: Sequence[str], terms: Terms) -> Iterator[Mended]:
    """Yield the terms that sound like a part of *run* and are written otherwise."""
    spoken = [terms.readings.table.get(unit, "") for unit in run]
    for start in range(len(run)):
        for end in range(start + 2, min(len(run), start + SHORT_UNITS_MAX) + 1):
            syllables = spoken[start:end]
            if not syllables[-1]:
                break
            for term in terms.look_up("sound", " ".join(map(blurred, syllables))):
                if term.key == "".join(run[start:end]):
                    continue
                is_equal = terms.readings.of(term.key) == syllables
                if not is_equal and end - start == 2:
                    continue
                percent = PERCENT_OF_SLIPS["homophone"] if is_equal else BLURRED_PERCENT
                yield Mended(start, end, term, "homophone", percent)


def _typos(run: Sequence[str], terms: Terms) -> Iterator[Mended]:
    """Yield the terms of three and more characters that one slip makes of a part of *run*.

    A slip leaves the first two characters whole, or the last two; of three or four perhaps the first and the last.
    """
    text = "".join(run)
    for at in range(len(text) - 1):
        pair = text[at : at + 2]
        for term in terms.look_up("begin", pair):
            yield from _spans(text, term, (at,), None)
        for term in terms.look_up("end", pair):
            yield from _spans(text, term, None, at + 2)
        for last in (at + 2, at + 3):
            if last < len(text):
                for term in terms.look_up("around", text[at] + text[last]):
                    yield from _spans(text, term, (at,), None)


def _spans(text: str, term: Term, starts: tuple[int] | None, end: int | None) -> Iterator[Mended]:
    """Yield the parts of *text* that begin or end where they must and are one slip away from *term*."""
    length = len(term.key)
    if length < 3:
        return
    for size in (length, length + 1, length - 1):
        start = starts[0] if starts else (end or 0) - size
        if size < 3 or start < 0 or start + size > len(text):
            continue
        if is_one_slip(text[start : start + size], term.key):
            yield Mended(start, start + size, term, "typo", PERCENT_OF_SLIPS["typo"] - (10 if length == 3 else 0))


def is_one_slip(typed: str, meant: str) -> bool:
    """Whether one character replaced, missing, too many, or two of them swapped make *typed* of *meant*.

    >>> [is_one_slip(typed, "空气质量") for typed in ("空器质量", "空质量", "空气气质量", "空质气量", "空器之量")]
    [True, True, True, True, False]
    """
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    if len(typed) == len(meant):
        if typed[start + 1 :] == meant[start + 1 :]:
            return True
        swapped = typed[:start] + typed[start + 1 : start + 2] + typed[start] + typed[start + 2 :]
        return swapped == meant
    shorter, longer = sorted((typed, meant), key=len)
    return shorter[start:] == longer[start + 1 :]


def latin_slips(word: str, terms: Terms) -> list[Mended]:
    """Return what an unknown word of Latin letters may stand for: initials of Chinese words, or English, misspelt."""
    found: list[Mended] = []
    if not word.isascii() or not word.isalnum() or word.isdigit():
        return found
    if len(word) >= INITIALS_MIN:
        for term in terms.look_up("initials", word):
            found.append(Mended(0, 1, term, "pinyin", INITIALS_PERCENT))
    if len(word) >= ENGLISH_LETTERS_MIN and word.isalpha():
        keys = [("begin", word[:2]), ("begin", word[:3]), ("end", word[-2:]), ("end", word[-3:])]
        for kind, key in keys:
            for term in terms.look_up(kind, key):
                if is_one_slip(word, term.key):
                    found.append(Mended(0, 1, term, "typo", PERCENT_OF_SLIPS["typo"]))
    by_key = {item.term.key: item for item in sorted(found, key=lambda item: item.order, reverse=True)}
    return sorted(by_key.values(), key=lambda item: item.order)[:MENDED_MAX]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A part of letters that is pinyin: *terms* it may stand for, none where it is a filler or unknown."""

    letters: str
    terms: tuple[Term, ...]


def pinyin_words(letters: str, terms: Terms) -> list[Spoken]:
    """Cut letters that are pinyin throughout into words, the longest known first; [] where they are none.

    A filler is a part without terms, and what stands for nothing is passed over.
    """
    fillers = spoken_fillers(terms.readings)
    cuts = terms.readings.boundaries(letters)
    found: list[Spoken] = []
    place = 0
    while place < len(cuts) - 1:
        for stop in range(len(cuts) - 1, place, -1):
            part = letters[cuts[place] : cuts[stop]]
            known = () if part in fillers else tuple(terms.look_up("pinyin", part)[:MENDED_MAX])
            if known or part in fillers:
                found.append(Spoken(part, known))
                place = stop
                break
        else:
            place += 1
    return found if any(item.terms for item in found) else []


@lru_cache(maxsize=4)
def spoken_fillers(readings: Readings) -> frozenset[str]:
    """Return the pinyin of the fillers that have two characters or more."""
    words = question_words()
    spoken = (readings.of(key) for key in (*words.fillers, *words.intents) if len(key) > 1)
    return frozenset("".join(syllables) for syllables in spoken if syllables)


def alternatives_of(typed: str, mended: Iterable[Mended], lexicon: Lexicon) -> tuple[Alternative, ...]:
    """Return the wordings of what slips stand for, the lexicon's words beside each of them too; all say the slip."""
    found = []
    for item in mended:
        for wording in wordings(item.term.text, item.term.key, lexicon):
            meant = wording.because.meant if wording.because else item.term.text
            because = Because(item.kind, typed, meant)
            found.append(replace(wording, percent=wording.percent * item.percent // 100, because=because))
    return strongest(found)


def is_word_of_letters(key: str) -> bool:
    """Whether a key is one word of Latin letters."""
    cut = units(key)
    return len(cut) == 1 and cut[0].isascii() and cut[0].isalpha()
