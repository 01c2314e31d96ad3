"""The honest empty answer: what was understood, and the nearest broader query, which leaves the least out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, groupby

import numpy as np

from portal.publishing.search.engine import Numbers
from portal.publishing.search.found import Broader, Thing, Understood
from portal.publishing.search.meaning.second_list import Source, all_of

BROADER_THINGS_MAX = 8
"""Things of a question of which some are left out by trial, the first ones."""


def nearest_broader(understood: Understood, source: Source) -> Broader | None:
    """Return the query of the typed things that leaves out the least and finds something; None where none does.

    What is left out counts by its worth: known words stay rather than characters that happen to stand side by side. Of
    equally wide queries that counts which finds the fewest datasets, then the one that keeps the earlier things. What
    was typed in pinyin is asked for by what it means, for the letters themselves stand nowhere.
    """
    asked = [thing for thing in understood.things if thing.alternatives]
    things = asked[:BROADER_THINGS_MAX]
    found = [all_of(thing.alternatives[0].words, source) for thing in things]
    held = [number for number in range(len(things)) if len(found[number])]
    subsets = [chosen for kept in range(1, len(held) + 1) for chosen in combinations(held, kept)]
    is_as_typed = not understood.dropped and not any(thing.alternatives[0].because for thing in things)
    if subsets and len(held) == len(asked) and is_as_typed:
        subsets.pop()  # all of the things: that is the query itself
    subsets.sort(key=lambda chosen: -sum(things[number].worth for number in chosen))
    for _, equally_wide in groupby(subsets, key=lambda chosen: sum(things[number].worth for number in chosen)):
        totals = [(len(_in_all([found[number] for number in chosen])), chosen) for chosen in equally_wide]
        best = min((item for item in totals if item[0]), default=None)
        if best:
            return _broader(asked, best[1], best[0])
    return None


def _in_all(lists: list[Numbers]) -> Numbers:
    left = lists[0]
    for other in lists[1:]:
        left = np.intersect1d(left, other, assume_unique=True)
    return left


def _broader(things: list[Thing], chosen: tuple[int, ...], total: int) -> Broader:
    left_out = tuple(thing.typed for number, thing in enumerate(things) if number not in chosen)
    return Broader(" ".join(understood_words([things[number] for number in chosen])), left_out, total)


def _searched(thing: Thing) -> str:
    """Return the words by which a thing is found: those typed, or what letters of pinyin stand for."""
    because = thing.alternatives[0].because if thing.alternatives else None
    return because.meant if because else thing.typed


def understood_words(things: Sequence[Thing]) -> list[str]:
    """Return what was understood of a search in words: what was typed, or for letters of pinyin what they stand for."""
    return joined_pairs(map(_searched, things))


def joined_pairs(typed: Iterable[str]) -> list[str]:
    """Return words in which pairs of characters that overlap are one word again.

    >>> joined_pairs(["居民", "民养", "养老", "费率"])
    ['居民养老', '费率']
    """
    words: list[str] = []
    last = ""
    for word in typed:
        if len(word) == len(last) == 2 and last[1] == word[0]:
            words[-1] += word[1]
        else:
            words.append(word)
        last = word
    return words
