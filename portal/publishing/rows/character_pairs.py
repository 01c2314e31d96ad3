"""Words of an index that finds Chinese within text: each pair of neighbouring characters, and the last of each run.

``取水许可`` is found by 取水, 水许, 许可; its last character stands alone, so that a single character, which is looked
for as the beginning of a word, is found wherever it stands. What the index finds may hold the text asked for; whether
it does, the text itself says.
"""

from __future__ import annotations

import re
from itertools import pairwise
from operator import add

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


def query_of(text: str) -> str:
    """Return what FTS5 is asked for where *text* may stand, "" where the index says nothing about it.

    >>> query_of("2.5取水许"), query_of("水"), query_of("PM2.5")
    ('"取水" AND "水许"', '"水"*', '')
    """
    wanted = dict.fromkeys(word for run in _RUN.findall(text) for word in _words(run))
    return " AND ".join(wanted)


def _words(run: str) -> list[str]:
    if len(run) == 1:
        return [f'"{run}"*']
    return [f'"{first}{second}"' for first, second in pairwise(run)]
