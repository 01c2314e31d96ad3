"""Words of the values in tables: in which value of which dataset each stands, as one number (`places_by_word`).

A number says the dataset, the value among those of the dataset, and how many words that value has. So lists of numbers
are compared as they are: what stands in all of them are values that have all of the words, never words of two values.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from portal.publishing.search.sorted_numbers import in_all
from portal.publishing.search.tokeniser import query_words

DATASET_SLOTS = 512
"""Values of one dataset that numbers can tell apart."""
SIZES = 16
"""A value of so many words, less one, or more is never had whole."""

DATASETS_MAX = 2**32 // (DATASET_SLOTS * SIZES)
"""Datasets whose values are told apart; of later ones none counts."""

Places = NDArray[np.uint32]
"""Values that have a word, ascending: (dataset * `DATASET_SLOTS` + value) * `SIZES` + words of the value."""
NO_PLACES: Places = np.zeros(0, np.uint32)


class Values(Protocol):
    """Where words stand in the values of tables."""

    def places(self, word: str) -> Places:
        """Return the values that have a word."""


def places_by_word(values: Iterable[Sequence[str]]) -> dict[str, Places]:
    """Return where each word stands; *values* are those of each dataset, in the order of their numbers.

    >>> {word: places.tolist() for word, places in places_by_word([["大米"], ["牛肉", "鲜牛肉"]]).items()}
    {'大米': [1], '牛肉': [8193, 8210], '鲜牛': [8210]}
    """
    found: dict[str, array[int]] = {}
    for number, of_one in enumerate(islice(values, DATASETS_MAX)):
        for slot, value in enumerate(of_one[:DATASET_SLOTS]):
            words = query_words(value)
            for word in words:
                place = (number * DATASET_SLOTS + slot) * SIZES + min(len(words), SIZES - 1)
                found.setdefault(word, array("I")).append(place)
    return {word: np.array(numbers, np.uint32) for word, numbers in found.items()}


def having_all(words: Sequence[str], values: Values) -> Places:
    """Return the values that have all *words*; of no word none."""
    return in_all(map(values.places, words), NO_PLACES)


def datasets_of(places: Places, words: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the datasets of values that have so many *words*: where these are a whole value, and where a part of one.

    >>> [numbers.tolist() for numbers in datasets_of(np.array([8193, 8210, 16402], np.uint32), 1)]
    [[1], [1, 2]]
    """
    whole = (places % SIZES == words) & (words < SIZES - 1)
    numbers = (places // (SIZES * DATASET_SLOTS)).astype(np.int32)
    return np.unique(numbers[whole]), np.unique(numbers[~whole])
