"""Words of an index that finds Chinese within text: each pair of neighbouring characters, and the last of each run.

``取水许可`` is found by 取水, 水许, 许可; its last character stands alone, so that a single character, which is looked
for as the beginning of a word, is found wherever it stands. What the index finds may hold the text asked for; whether
it does, the text itself says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from operator import add

RAREST_MAX = 3
"""Pairs that the index is asked for at most; the text says the rest."""
RARER_TIMES = 4
"""A pair that so many times more rows have than the rarest one is not asked for."""
_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def holds_chinese(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return _RUN.search(text) is not None


def pairs_of(text: str) -> set[str]:
    """Return the words under which *text* is found.

    >>> sorted(pairs_of("PM2.5取水许可"))
    ['取水', '可', '水许', '许可']
    """
    found: set[str] = set()
    for run in _RUN.findall(text):
        found.update(map(add, run, run[1:]))
        found.add(run[-1])
    return found


def asked_pairs(text: str) -> list[str]:
    """Return the pairs and single characters that a text must have in which *text* stands, each once.

    >>> asked_pairs("2.5取水许"), asked_pairs("水"), asked_pairs("PM2.5")
    (['取水', '水许'], ['水'], [])
    """
    return list(dict.fromkeys(word for run in _RUN.findall(text) for word in _words(run)))


def is_exact(text: str) -> bool:
    """Whether the index finds a text and nothing else: a pair, or a single character.

    >>> is_exact("取水"), is_exact("水"), is_exact("取水许"), is_exact("2.5")
    (True, True, False, False)
    """
    return len(text) <= 2 and _RUN.fullmatch(text) is not None


def query_of(words: Iterable[str]) -> str:
    """Return what FTS5 is asked for.

    >>> query_of(["取水", "水许"]), query_of(["水"])
    ('"取水" AND "水许"', '"水"*')
    """
    return " AND ".join(f'"{word}"' if len(word) > 1 else f'"{word}"*' for word in words)


def rarest(words: Sequence[str], rows: Mapping[str, int]) -> list[str]:
    """Return the words that are worth asking the index for, by the number of rows that have each.

    A long list of rows beside a short one costs more than it leaves out. Of single characters nothing is known.

    >>> rarest(["空气", "气质", "质量"], {"空气": 9000, "气质": 12, "质量": 9000})
    ['气质']
    """
    pairs = sorted((rows.get(word, 0), word) for word in words if len(word) > 1)
    if not pairs:
        return list(words)
    return [word for count, word in pairs[:RAREST_MAX] if count <= pairs[0][0] * RARER_TIMES]


def _words(run: str) -> Iterable[str]:
    return [run] if len(run) == 1 else map("".join, pairwise(run))
