"""Queries whose answer is known, made from the titles of any catalogue by a seed: as people recall and mistype them.

A dataset is picked by chance, and its title is spoiled in one way: a word left out, words in another order, a word told
otherwise (by the lexicon), one character wrong, one of equal sound instead, or its initials in pinyin alone. Titles
have eight Chinese characters at least. Datasets with equal titles are one item: whoever asks cannot mean one of them.
Nor can who leaves out the words that tell two titles apart: every title that holds all of the other words, and is no
longer than the one that was picked, is meant as much.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import rjieba
from pypinyin import Style, lazy_pinyin

HAN_MIN = 8
ORDERS_MAX = 10
"""How often words are shuffled until they stand in another order."""
_HAN = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile("[\u4e00-\u9fffA-Za-z0-9.]+")
KINDS = ("title", "dropped", "reordered", "synonym", "typo", "homophone", "initials")


@dataclass(frozen=True)
class KnownItem:
    """A query of one *kind*, and the names of the datasets that it means."""

    kind: str
    query: str
    names: frozenset[str]


def known_items(
    titles: Mapping[str, str], number: int, seed: int, wordings: Mapping[str, Sequence[str]]
) -> Iterator[KnownItem]:
    """Yield *number* queries of each kind over datasets with *titles* by name; equal arguments give equal queries.

    *wordings* are other words for official ones. Fewer queries come where fewer titles can be spoiled in that way.
    """
    by_title: dict[str, set[str]] = {}
    for name, title in titles.items():
        if len(_HAN.findall(title)) >= HAN_MIN:
            by_title.setdefault(title.strip(), set()).add(name)
    meant = _Meant(by_title)
    signs = sorted({sign for title in by_title for sign in _HAN.findall(title)})
    spoilers = _spoilers(signs, wordings)
    for kind in KINDS:
        chance = random.Random(f"{seed} {kind}")
        order = sorted(by_title)
        chance.shuffle(order)
        found = 0
        for title in order:
            query = spoilers[kind](title, chance)
            if query and (kind == "title" or query != title):
                yield KnownItem(kind, query, meant.names(kind, title, query))
                found += 1
            if found == number:
                break


class _Meant:
    """Tells which datasets are meant by what is left of a title."""

    def __init__(self, by_title: Mapping[str, Collection[str]]) -> None:
        self._by_title = by_title
        self._by_size = sorted(by_title, key=len)

    def names(self, kind: str, title: str, query: str) -> frozenset[str]:
        if kind not in ("dropped", "reordered"):
            return frozenset(self._by_title[title])
        words = _words(query)
        as_short = self._by_size[: bisect_right(self._by_size, len(title), key=len)]
        return frozenset(
            name
            for other in as_short
            if other == title or all(word in other for word in words)
            for name in self._by_title[other]
        )


def _spoilers(
    signs: Sequence[str], wordings: Mapping[str, Sequence[str]]
) -> dict[str, Callable[[str, random.Random], str]]:
    alike: dict[str, list[str]] = {}
    for sign in signs:
        alike.setdefault(_sound(sign), []).append(sign)

    def dropped(title: str, chance: random.Random) -> str:
        words = _words(title)
        if len(words) < 3:
            return ""
        left_out = chance.randrange(len(words))
        return "".join(word for at, word in enumerate(words) if at != left_out)

    def reordered(title: str, chance: random.Random) -> str:
        words = [word for word in _words(title) if len(word) > 1]
        if len(words) < 3:
            return ""
        order = list(words)
        for _ in range(ORDERS_MAX):
            chance.shuffle(order)
            if order != words:
                return " ".join(order)
        return ""

    def synonym(title: str, chance: random.Random) -> str:
        known = [word for word in wordings if word in title and len(word) > 1]
        if not known:
            return ""
        word = chance.choice(sorted(known, key=lambda one: (-len(one), one))[:3])
        return title.replace(word, chance.choice(list(wordings[word])), 1)

    def typo(title: str, chance: random.Random) -> str:
        at = chance.choice([at for at, sign in enumerate(title) if _HAN.match(sign)])
        return title[:at] + chance.choice(signs) + title[at + 1 :]

    def homophone(title: str, chance: random.Random) -> str:
        places = [at for at, sign in enumerate(title) if _HAN.match(sign) and len(alike[_sound(sign)]) > 1]
        if not places:
            return ""
        at = chance.choice(places)
        others = [sign for sign in alike[_sound(title[at])] if sign != title[at]]
        return title[:at] + chance.choice(others) + title[at + 1 :]

    def initials(title: str, chance: random.Random) -> str:
        return "".join(
            sign for part in _WORD.findall(title) for sign in lazy_pinyin(part, style=Style.FIRST_LETTER)
        ).lower()

    def unchanged(title: str, chance: random.Random) -> str:
        return title

    return {
        "title": unchanged,
        "dropped": dropped,
        "reordered": reordered,
        "synonym": synonym,
        "typo": typo,
        "homophone": homophone,
        "initials": initials,
    }


def _words(title: str) -> list[str]:
    return [word for part in _WORD.findall(title) for word in rjieba.cut(part)]


@cache
def _sound(sign: str) -> str:
    return str(lazy_pinyin(sign)[0])
