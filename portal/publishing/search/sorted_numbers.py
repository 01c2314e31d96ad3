"""Ascending numbers of documents or values, compared: what stands in both of two arrays, or in all of several."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_Number = TypeVar("_Number", np.int32, np.uint32)


def both(some: NDArray[_Number], others: NDArray[_Number]) -> NDArray[_Number]:
    """Return what stands in both of two ascending arrays.

    >>> both(np.array([1, 4, 9], np.int32), np.array([4, 5, 9, 11], np.int32)).tolist()
    [4, 9]
    """
    if len(some) > len(others):
        some, others = others, some
    if not len(some):
        return some
    places = np.searchsorted(others, some)
    places[places == len(others)] = 0
    found: NDArray[_Number] = some[others[places] == some]
    return found


def in_all(lists: Iterable[NDArray[_Number]], none: NDArray[_Number]) -> NDArray[_Number]:
    """Return what stands in all of *lists*, the shortest compared first; *none* where there is no list.

    >>> in_all([np.array([1, 4, 9], np.int32), np.array([4, 9], np.int32)], np.zeros(0, np.int32)).tolist()
    [4, 9]
    """
    ordered = sorted(lists, key=len)
    left = ordered[0] if ordered else none
    for other in ordered[1:]:
        if not len(left):
            break
        left = both(left, other)
    return left
