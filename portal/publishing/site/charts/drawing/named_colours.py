"""Colours of parts that are called after colours (蓝色预警, 红色预警): each gets the one nearest to its name."""

from __future__ import annotations

from collections.abc import Sequence

_PLACES = {
    "蓝": 1, "blue": 1, "橙": 2, "orange": 2, "绿": 3, "green": 3, "红": 4, "red": 4, "紫": 4, "purple": 4,
    "黄": 5, "yellow": 5, "青": 6, "cyan": 6, "棕": 7, "brown": 7, "灰": 8, "grey": 8, "gray": 8,
}  # fmt: skip
"""By the name of a colour the place of the colour of series that comes nearest."""


def colour_places(names: Sequence[str]) -> list[int]:
    """Return the places of the colours of series, from 1: their order, or what all of the names say.

    >>> colour_places(["蓝色", "黄色", "红色预警"]), colour_places(["蓝天", "黄色"]), colour_places(["红", "紫"])
    ([1, 5, 4], [1, 2], [1, 2])
    """
    found = [_place(name) for name in names]
    in_order = list(range(1, len(names) + 1))
    return [place for place in found if place] if all(found) and len(set(found)) == len(found) else in_order


def _place(name: str) -> int:
    word = name.strip().lower()
    for ending in ("预警信号", "预警", " alert", " warning", "码", "色"):
        word = word.removesuffix(ending)
    return _PLACES.get(word, 0)
