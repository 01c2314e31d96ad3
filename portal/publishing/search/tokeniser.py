"""Tokeniser of the search: Chinese in pairs (bigrams), traditional to simplified, plurals, full width.

There is one: every engine indexes and asks with these words, so all of them find the same datasets. Text is folded
(NFKC, lower case, traditional characters to simplified ones); runs of Chinese characters become overlapping pairs,
everything else words of letters and digits, English plurals as singulars. Pairs need no dictionary and lose nothing; a
query of one character is answered by single characters, which are indexed too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from operator import add

from opencc import OpenCC

_IDEOGRAPHS = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA_AND_HANGUL = "\u3041-\u30ff\uac00-\ud7af"
_RUN = re.compile(rf"([{_IDEOGRAPHS}{_KANA_AND_HANGUL}々]+)|([^\W_{_IDEOGRAPHS}{_KANA_AND_HANGUL}々]+)")

WORD_CHARACTERS_MAX = 64
"""Of a longer word this beginning is indexed and asked for."""
QUERY_CHARACTERS_MAX = 200
"""Characters of a search that count."""


def index_words(text: str) -> list[str]:
    """Return the words under which *text* is found, in order, with repetitions.

    >>> index_words("空氣質量 PM2.5")
    ['空', '气', '质', '量', '空气', '气质', '质量', 'pm2', '5']
    """
    found: list[str] = []
    for chinese, other in _RUN.findall(fold(text)):
        if chinese:
            found.extend(chinese)
            found.extend(map(add, chinese, chinese[1:]))
        else:
            found.append(_singular(other))
    return found


def query_words(text: str) -> list[str]:
    """Return the words that a dataset must have to answer *text*, each once.

    >>> query_words("行政区划 code"), query_words("水")
    (['行政', '政区', '区划', 'code'], ['水'])
    """
    found: list[str] = []
    for chinese, other in _RUN.findall(fold(text[:QUERY_CHARACTERS_MAX])):
        if chinese:
            found.extend(map(add, chinese, chinese[1:]) if len(chinese) > 1 else chinese)
        else:
            found.append(_singular(other))
    return list(dict.fromkeys(found))


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of *text* in order, folded: runs of Chinese characters (True) and other words (False).

    >>> list(parts("空氣質量 Reports"))
    [('空气质量', True), ('report', False)]
    """
    for chinese, other in _RUN.findall(fold(text)):
        yield (chinese, True) if chinese else (_singular(other), False)


def word_runs(text: str) -> list[list[str]]:
    """Return the words of *text* in runs: those of one run stand next to each other wherever the text does.

    >>> word_runs("PM2.5 浓度 daily report")
    [['pm2', '5'], ['浓度'], ['daily', 'report']]
    """
    runs: list[list[str]] = []
    was_other = False
    for chinese, other in _RUN.findall(fold(text)):
        if chinese:
            runs.append(list(map(add, chinese, chinese[1:])) if len(chinese) > 1 else [chinese])
        elif was_other:
            runs[-1].append(_singular(other))
        else:
            runs.append([_singular(other)])
        was_other = not chinese
    return runs


def fold(text: str) -> str:
    """Return *text* as it is compared: compatible forms, case, and traditional characters made alike.

    >>> fold("ＧＢ／Ｔ 環境")
    'gb/t 环境'
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return folded.translate(_simplified())


@lru_cache(maxsize=4096)
def _singular(word: str) -> str:
    """Fold English plurals, so that "province" finds "provinces"; both sides are folded, so nothing is lost.

    Source: D. Harman, How effective is suffixing?, JASIS 42 (1991), the S stemmer.

    >>> [_singular(word) for word in ("provinces", "cities", "status", "class", "as")]
    ['province', 'city', 'status', 'class', 'as']
    """
    word = word[:WORD_CHARACTERS_MAX]
    if len(word) > 4 and word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("us", "ss", "aes", "ees", "oes")):
        return word[:-1]
    return word


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """Map each traditional character to its simplified form, one to one, as OpenCC does for single characters.

    OpenCC simplifies one character to another that it simplifies again; both must be found by either.
    """
    characters = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    table = {
        before: after
        for before, after in zip(characters, converted, strict=True)
        if before != after and len(after) == 1
    }
    return {ord(before): table.get(after, after) for before, after in table.items()}
