"""The second list: datasets that may be meant, ranked by integers alone, each with its reasons.

Each thing asked for has a weight by its rarity, more where more was typed. A dataset has of it the percent of the best
wording that it holds. What it has of all things together must reach a smallest share of all weights. Its score counts
each thing times three where it stands in the title, twice in keywords and names of columns, once elsewhere; what kind
of data it is, and how good, raises it mildly. The same integers come out wherever this is worked out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor, log

import numpy as np
from numpy.typing import NDArray

from portal.publishing.search.engine import Numbers, WordSource
from portal.publishing.search.found import Alternative, Because, Thing, Understood

SHARE_MIN = 50
"""Percent of all weights that a dataset must have at least."""
ALSO_MAX = 10
"""Datasets in the second list."""
BECAUSE_MAX = 5
"""Reasons that are told of one dataset."""
WORDS_WEIGHED_MAX = 4
"""Words of a thing by which its weight grows."""
INTENT_PERCENT = 12
"""How much more a dataset of the kind that was asked for counts."""
FIELD_TIMES = (("title", 3), ("keywords", 2), ("columns", 2), ("body", 1))
"""How often a thing counts by where it stands."""

_Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Standing:
    """What of documents counts beside their words, by their numbers.

    *place* is the static rank, the best 0; *lift* a percent by quality, freshness, openness and use, below 0 where
    another dataset took the place; *kinds* has for each intent whether a document is of that kind.
    """

    place: NDArray[np.int32]
    lift: NDArray[np.int8]
    kinds: dict[str, NDArray[np.bool_]] = field(default_factory=dict)


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
    source: WordSource,
    standing: Standing,
    *,
    without: Numbers | None = None,
    limit: int = ALSO_MAX,
    share_min: int = SHARE_MIN,
) -> tuple[Meant, ...]:
    """Return the documents that may be meant, the best first; those of *without*, the exact hits, are left out."""
    if not understood.things or not source.size:
        return ()
    held = [_holders(thing, source) for thing in understood.things]
    weights = [weight(thing, wordings, source.size) for thing, wordings in zip(understood.things, held, strict=True)]
    shares = np.zeros(source.size, np.int64)
    scores = np.zeros(source.size, np.int64)
    for worth, wordings in zip(weights, held, strict=True):
        of_share, of_score = _of_thing(worth, wordings, source.size)
        shares += of_share
        scores += of_score
    reached = np.flatnonzero(shares * 100 >= share_min * sum(weights)).astype(np.int32)
    if without is not None and len(without):
        reached = np.setdiff1d(reached, without, assume_unique=True)
    total: _Integers = scores[reached] * (100 + _lifts(understood.intents, standing, reached)) // 100
    best = np.lexsort((standing.place[reached], -total))[:limit]
    return tuple(
        Meant(int(reached[at]), int(total[at]), reasons(int(reached[at]), understood.things, held)) for at in best
    )


def weight(thing: Thing, held: Sequence[_Held], size: int) -> int:
    """Return the weight of a thing: by the rarity of its typed words, or of its best wording where those are nowhere.

    It is round(100 ln(1 + N / (1 + n))) for each of its words, `WORDS_WEIGHED_MAX` at most.
    """
    count = len(held[0].numbers) if held else 0
    words = min(max(len(thing.alternatives[0].words), 1), WORDS_WEIGHED_MAX) if thing.alternatives else 1
    return floor(100 * log(1 + size / (1 + count)) + 0.5) * words


def _holders(thing: Thing, source: WordSource) -> list[_Held]:
    """Return the wordings of a thing that some document holds, the strongest first."""
    return [held for item in thing.alternatives if len((held := _holding(item, source)).numbers)]


def _holding(alternative: Alternative, source: WordSource) -> _Held:
    numbers = all_of(alternative.words, "body", source)
    times = np.ones(len(numbers), np.int64)
    if len(numbers):
        for name, count in reversed(FIELD_TIMES[:-1]):
            places = np.searchsorted(numbers, all_of(alternative.words, name, source))
            times[places[places < len(numbers)]] = count
    return _Held(alternative, numbers, times)


def all_of(words: Sequence[str], name: str, source: WordSource) -> Numbers:
    """Return the documents that have all *words* in one field; the rarest word first, so that little is compared."""
    lists = sorted((source.documents(word, name) for word in words), key=len)
    if not lists:
        return np.zeros(0, np.int32)
    left = lists[0]
    for other in lists[1:]:
        if not len(left):
            break
        places = np.searchsorted(other, left)
        places[places == len(other)] = 0
        left = left[other[places] == left]
    return left


def _of_thing(worth: int, held: Sequence[_Held], size: int) -> tuple[_Integers, _Integers]:
    """Return for each document what it has of a thing, without and with where it stands: by its best wording."""
    share = np.zeros(size, np.int64)
    score = np.zeros(size, np.int64)
    for item in held:
        part = worth * item.alternative.percent // 100
        share[item.numbers] = np.maximum(share[item.numbers], part)
        score[item.numbers] = np.maximum(score[item.numbers], part * item.times)
    return share, score


def _lifts(intents: Sequence[str], standing: Standing, numbers: Numbers) -> _Integers:
    """Return the percents by which documents are raised."""
    lifts = standing.lift[numbers].astype(np.int64)
    fits = [standing.kinds[intent][numbers] for intent in intents if intent in standing.kinds]
    if fits:
        lifts += INTENT_PERCENT * np.logical_or.reduce(fits)
    return lifts


def reasons(number: int, things: Sequence[Thing], held: Sequence[Sequence[_Held]]) -> tuple[Because, ...]:
    """Return why a document may be meant, the strongest reason first; pairs of characters that overlap are one word."""
    told: list[tuple[int, Because]] = []
    typed = ""
    for thing, wordings in zip(things, held, strict=True):
        item = next((item for item in wordings if _has(item.numbers, number)), None)
        if item is None:
            typed = ""
            continue
        if item.alternative.because:
            told.append((item.alternative.percent, item.alternative.because))
            typed = ""
            continue
        if typed and len(thing.typed) == 2 and typed[-1] == thing.typed[0]:
            told.pop()
            typed += thing.typed[1]
        else:
            typed = thing.typed
        told.append((100, Because("words", typed, typed)))
    told.sort(key=lambda reason: -reason[0])
    return tuple(dict.fromkeys(because for _, because in told))[:BECAUSE_MAX]


def _has(numbers: Numbers, number: int) -> bool:
    place = int(np.searchsorted(numbers, number))
    return place < len(numbers) and int(numbers[place]) == number
