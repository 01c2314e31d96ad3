"""The second list: datasets that may be meant, ranked by integers alone, each with its reasons.

Each thing asked for has a weight by its rarity, more where more was typed. A dataset has of it the percent of the best
wording that it holds. What it has of all things together must reach a smallest share of all weights. Its score counts
each thing times three where it stands in the title, twice in keywords and names of columns, once elsewhere; a value in
its tables counts a part of that. What kind of data it is, and how good, raises it mildly. The same integers come out
wherever this is worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from portal.publishing.search.engine import Numbers, Part
from portal.publishing.search.found import Alternative, Because, Thing, Understood
from portal.publishing.search.sorted_numbers import in_all
from portal.publishing.search.terms.value_words import Values, datasets_of, having_all
from portal.publishing.search.tokeniser import query_words

SHARE_MIN = 25
"""Percent of all weights that a dataset must have at least."""
SCORE_MIN = 60
"""Percent of the best score by words that others must have at least."""
ALSO_MAX = 10
"""Datasets in the second list."""
DOUBTFUL_MAX = 3
"""Datasets in it where the first of them has less than `SURE_SHARE` of what was asked."""
SURE_SHARE = 80
"""Percent of all weights from which on a dataset surely has to do with the question."""
BECAUSE_MAX = 5
"""Reasons that are told of one dataset."""
ABSENT_PERCENT = 25
"""How much of its weight an unknown thing has that no document has."""
ABSENT_KNOWN_PERCENT = 75
"""How much of its weight a word of the lexicon has that no document has, whatever words lead from it."""
WORDS_WEIGHED_MAX = 2
"""Words of a thing by which its weight grows."""
INTENT_PERCENT = 12
"""How much more a dataset of the kind that was asked for counts."""
FILLER_PERCENT = 4
"""How much more a dataset counts for each filler that stands in its title too (名录): it decides among equals."""
FILLERS_MAX = 6
"""Fillers that are looked for in titles."""
SUPERSEDED_PERCENT = 70
"""How much a dataset counts that another takes the place of."""
PART_TIMES: tuple[tuple[Part, int], ...] = (("known", 2), ("title", 3))
"""How often a thing counts by where it stands; elsewhere once."""
VALUE_PERCENT, WITHIN_VALUE_PERCENT = 60, 40
"""How much a wording counts that is a whole value in a table, and one that is a part of a value."""

_Integers = NDArray[np.int64]
_NO_DOCUMENTS: Numbers = np.zeros(0, np.int32)


class Source(Protocol):
    """What the second list needs of a `portal.publishing.search.engine.WordSource`."""

    @property
    def size(self) -> int:
        """How many documents there are."""

    @property
    def raised(self) -> NDArray[np.int16]:
        """How much each counts for what it is, in per cent."""

    def documents(self, word: str, part: Part = "any") -> Numbers:
        """Return the documents that have a word."""


Kinds = Mapping[str, NDArray[np.bool_]]
"""For each intent which documents are of that kind, and under `SUPERSEDED` those that another takes the place of."""
SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Meant:
    """A document that may be meant, by its number, with its score and the reasons, the strongest first."""

    number: int
    score: int
    because: tuple[Because, ...]


@dataclass(frozen=True)
class _Held:
    """The documents that hold a wording, and how often each counts it by where it stands."""

    alternative: Alternative
    numbers: Numbers
    times: _Integers


def second_list(
    understood: Understood,
    source: Source,
    kinds: Kinds,
    *,
    without: Numbers | None = None,
    within: NDArray[np.bool_] | None = None,
    values: Values | None = None,
    limit: int = ALSO_MAX,
    share_min: int = SHARE_MIN,
    score_min: int = SCORE_MIN,
) -> tuple[Meant, ...]:
    """Return the documents that may be meant, the best first.

    The exact hits, *without*, are left out; so are those that do not pass the filters, *within*. *values* are the
    values in their tables.
    """
    if not understood.things or not source.size:
        return ()
    things, held = _without_seams(understood.things, [_holders(thing, source, values) for thing in understood.things])
    weights = [weight(thing, wordings, source.size) for thing, wordings in zip(things, held, strict=True)]
    shares = np.zeros(source.size, np.int64)
    scores = np.zeros(source.size, np.int64)
    for worth, wordings in zip(weights, held, strict=True):
        of_share, of_score = _of_thing(worth, wordings, source.size)
        shares += of_share
        scores += of_score
    reached = np.flatnonzero(shares * 100 >= share_min * sum(weights)).astype(np.int32)
    if within is not None:
        reached = reached[within[reached]]
    if without is not None and len(without):
        reached = np.setdiff1d(reached, without, assume_unique=True)
    total: _Integers = scores[reached] * _per_cent(understood, source, kinds, reached) // 100
    best = np.argsort(-total, kind="stable")
    by_words = scores[reached][best]
    best = best[by_words * 100 >= score_min * by_words.max(initial=0)][:limit]
    if len(best) and shares[reached[best[0]]] * 100 < SURE_SHARE * sum(weights):
        best = best[:DOUBTFUL_MAX]
    return tuple(Meant(int(reached[at]), int(total[at]), reasons(int(reached[at]), things, held)) for at in best)


def weight(thing: Thing, held: Sequence[_Held], size: int) -> int:
    """Return the weight of a thing: by the rarity of its typed words, or of its best wording where those are nowhere.

    It is round(100 ln(1 + N / (1 + n))) for each of its words, `WORDS_WEIGHED_MAX` at most. A thing that no document
    has weighs as one word, and of that only `ABSENT_PERCENT` counts, since it says more of the words of the question
    than of the thing, or `ABSENT_KNOWN_PERCENT` of a word of the lexicon: it is asked for, and there are no such data.
    """
    count = len(held[0].numbers) if held else 0
    words = min(max(len(thing.alternatives[0].words), 1), WORDS_WEIGHED_MAX) if held else 1
    whole = floor(100 * log(1 + size / (1 + count)) + 0.5) * words * thing.worth // 100
    if held:
        return whole
    return whole * (ABSENT_KNOWN_PERCENT if thing.worth > 100 else ABSENT_PERCENT) // 100


def _without_seams(
    things: Sequence[Thing], held: Sequence[list[_Held]]
) -> tuple[tuple[Thing, ...], tuple[list[_Held], ...]]:
    """Leave out pairs of characters that no document has, where each of the two stands in a pair that some have.

    They are the seams between words: of 公交车站 the pair 交车 says nothing, if 公交 and 车站 are known.
    """
    kept = [
        (thing, wordings)
        for at, (thing, wordings) in enumerate(zip(things, held, strict=True))
        if wordings or not (_overlaps(things, held, at - 1, at) and _overlaps(things, held, at, at + 1))
    ]
    return tuple(thing for thing, _ in kept), tuple(wordings for _, wordings in kept)


def _overlaps(things: Sequence[Thing], held: Sequence[list[_Held]], first: int, second: int) -> bool:
    """Whether two things are pairs of characters that share one, the last of the first; and one of them is held."""
    if first < 0 or second == len(things):
        return False
    one, other = things[first].typed, things[second].typed
    is_held = bool(held[first] or held[second])
    return is_held and len(one) == len(other) == 2 and one[1] == other[0] and not one.isascii()


def _holders(thing: Thing, source: Source, values: Values | None) -> list[_Held]:
    """Return the wordings of a thing that some document holds, in its texts or in its tables, the strongest first."""
    found = [_holding(item, source) for item in thing.alternatives]
    if values is not None:
        found.extend(_held_by_values(thing, values))
    return sorted((held for held in found if len(held.numbers)), key=lambda held: -held.alternative.percent)


def _held_by_values(thing: Thing, values: Values) -> Iterator[_Held]:
    """Yield the wordings of a thing with the documents whose tables have such a value; what was typed, in part too."""
    for item in filter(is_for_values, thing.alternatives):
        words = item.words if item.because else thing.stretch or item.words
        because = Because("value", thing.typed, item.because.meant if item.because else thing.typed)
        whole, part = datasets_of(having_all(words, values), len(words))
        yield _Held(Alternative(words, item.percent * VALUE_PERCENT // 100, because), whole, _once(whole))
        if item.because is None:
            yield _Held(Alternative(words, WITHIN_VALUE_PERCENT, because), part, _once(part))


def _once(numbers: Numbers) -> _Integers:
    return np.ones(len(numbers), np.int64)


def is_for_values(alternative: Alternative) -> bool:
    """Whether a wording counts in the values of tables: what was typed, and equal words of Chinese."""
    because = alternative.because
    if because is None:
        return True
    return because.kind in ("synonym", "translation") and not all(map(str.isascii, alternative.words))


def _holding(alternative: Alternative, source: Source) -> _Held:
    numbers = all_of(alternative.words, source, "known" if is_for_known_parts(alternative) else "any")
    times = np.ones(len(numbers), np.int64)
    if len(numbers):
        for part, count in PART_TIMES:
            times[np.searchsorted(numbers, all_of(alternative.words, source, part))] = count
    return _Held(alternative, numbers, times)


def is_for_known_parts(alternative: Alternative) -> bool:
    """Whether a wording counts in title, keywords and names of columns alone.

    Wider and narrower things do, and translations into English: in a description that stands there in both languages
    they would find what the words of the question do not.
    """
    because = alternative.because
    if because is None:
        return False
    is_english = all(map(str.isascii, alternative.words))
    return because.kind in ("broader", "narrower") or (because.kind == "translation" and is_english)


def all_of(words: Sequence[str], source: Source, part: Part = "any") -> Numbers:
    """Return the documents that have all *words* in one part; of no word none."""
    return in_all((source.documents(word, part) for word in words), _NO_DOCUMENTS)


def _of_thing(worth: int, held: Sequence[_Held], size: int) -> tuple[_Integers, _Integers]:
    """Return for each document what it has of a thing, without and with where it stands: by its best wording."""
    share = np.zeros(size, np.int64)
    score = np.zeros(size, np.int64)
    for item in held:
        part = worth * item.alternative.percent // 100
        share[item.numbers] = np.maximum(share[item.numbers], part)
        score[item.numbers] = np.maximum(score[item.numbers], part * item.times)
    return share, score


def _per_cent(understood: Understood, source: Source, kinds: Kinds, numbers: Numbers) -> _Integers:
    """Return how much documents count for what they are, whatever words they have."""
    counts = source.raised[numbers].astype(np.int64)
    fits = [kinds[intent][numbers] for intent in understood.intents if intent in kinds]
    if fits:
        counts += INTENT_PERCENT * np.logical_or.reduce(fits)
    for filler in [word for word in understood.dropped if len(word) > 1][:FILLERS_MAX]:
        counts[np.isin(numbers, all_of(query_words(filler), source, "title"))] += FILLER_PERCENT
    if SUPERSEDED in kinds:
        counts[kinds[SUPERSEDED][numbers]] = SUPERSEDED_PERCENT
    return counts


def reasons(number: int, things: Sequence[Thing], held: Sequence[Sequence[_Held]]) -> tuple[Because, ...]:
    """Return why a document may be meant, the strongest reason first; pairs of characters that overlap are one word."""
    told: list[tuple[int, Because]] = []
    typed, kind = "", ""
    for thing, wordings in zip(things, held, strict=True):
        item = next((item for item in wordings if _has(item.numbers, number)), None)
        if item is None:
            typed = ""
            continue
        because = item.alternative.because or Because("words", thing.typed, thing.typed)
        if because.kind not in ("words", "value") or because.meant != thing.typed:
            told.append((item.alternative.percent, because))
            typed = ""
            continue
        if because.kind == kind and typed and len(thing.typed) == 2 and typed[-1] == thing.typed[0]:
            told.pop()
            typed += thing.typed[1]
        else:
            typed, kind = thing.typed, because.kind
        told.append((item.alternative.percent, Because(kind, typed, typed)))
    told.sort(key=lambda reason: -reason[0])
    return tuple(dict.fromkeys(because for _, because in told))[:BECAUSE_MAX]


def _has(numbers: Numbers, number: int) -> bool:
    place = int(np.searchsorted(numbers, number))
    return place < len(numbers) and int(numbers[place]) == number
