"""Tokeniser of the search: Chinese in pairs (bigrams), traditional to simplified, plurals, PM2.5 and 16路 whole.

There is one: every engine indexes and asks with these words, so all of them find the same datasets. Its rules, few
enough to be written again in another language:

1. Text is folded: NFKC, lower case, NFKC, and traditional characters to simplified ones, one by one.
2. What is no letter, digit or Chinese character (the underscore too) divides. Runs of Chinese characters and runs of
   other letters and digits are told apart, even where they touch.
3. A run of Chinese is indexed by each of its characters and each pair of neighbours, and asked for by its pairs; a run
   of one character by that character. Pairs need no dictionary and lose nothing.
4. A run of letters and digits is one word, English plurals as singulars, cut after `WORD_CHARACTERS_MAX` characters.
5. Words that a full stop between two digits joins are indexed each and as pairs of neighbours (``pm2``, ``5``,
   ``pm2.5``), and asked for by the pairs.
6. A short word of letters and digits is also one with a character of `UNITS` that follows it (``16路``, ``a股``). It is
   indexed so even where a blank stands between, besides its parts; where it is typed without one, it is asked for
   whole. No other Chinese character is bound so, for people write ``GDP数据`` as well as ``数据：GDP``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from operator import add

from opencc import OpenCC

_IDEOGRAPHS = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA_AND_HANGUL = "\u3041-\u30ff\uac00-\ud7af"
_CHINESE = re.compile(f"[{_IDEOGRAPHS}{_KANA_AND_HANGUL}々]")
UNITS = "路号股级类型岁超"
"""Characters that are one word with a short word of letters and digits before them: 16路, 3号, A股, 4A级, B超."""
_OTHER = rf"[^\W_{_IDEOGRAPHS}{_KANA_AND_HANGUL}々]"
_RUN = re.compile(
    rf"([{_IDEOGRAPHS}{_KANA_AND_HANGUL}々]+)|({_OTHER}+(?:(?<=[0-9])\.[0-9]{_OTHER}*)*)(?:(?=( ?)([{UNITS}])))?"
)
_BOUND_CHARACTERS_MAX = 4
"""Of so many characters is a word at most that is bound to a unit."""

WORD_CHARACTERS_MAX = 64
"""Of a longer word this beginning is indexed and asked for."""
QUERY_CHARACTERS_MAX = 200
"""Characters of a search that count."""


def index_words(text: str) -> list[str]:
    """Return the words under which *text* is found, with repetitions: in order, those that are put together last.

    >>> index_words("空氣質量 PM2.5")
    ['空', '气', '质', '量', '空气', '气质', '质量', 'pm2', '5', 'pm2.5']
    """
    found: list[str] = []
    whole: list[str] = []
    for chinese, other, _, unit in _RUN.findall(fold(text)):
        if chinese:
            found.extend(chinese)
            found.extend(map(add, chinese, chinese[1:]))
            continue
        if "." in other:
            found.extend(map(_singular, other.split(".")))
            whole.extend(_pairs(other))
        else:
            found.append(_singular(other))
        if unit and len(other) <= _BOUND_CHARACTERS_MAX:
            whole.append(other + unit)
    return found + whole


def placed_words(folded: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word of a text that is folded already, with where it starts and ends.

    >>> list(placed_words("水质 16路"))[2:5]
    [('水质', 0, 2), ('16', 3, 5), ('16路', 3, 6)]
    """
    for found in _RUN.finditer(folded):
        chinese, other, between, unit = found.groups()
        start, end = found.span()
        if chinese:
            yield from ((sign, place, place + 1) for place, sign in enumerate(chinese, start))
            yield from ((chinese[at : at + 2], start + at, start + at + 2) for at in range(len(chinese) - 1))
            continue
        ends = [start - 1, *(start + place for place, sign in enumerate(other) if sign == "."), end]
        for low, high in pairwise(ends):
            yield _singular(folded[low + 1 : high]), low + 1, high
        for low, high in zip(ends, ends[2:], strict=False):
            yield folded[low + 1 : high][:WORD_CHARACTERS_MAX], low + 1, high
        if unit and len(other) <= _BOUND_CHARACTERS_MAX:
            yield other + unit, start, end + len(between) + 1


def query_words(text: str) -> list[str]:
    """Return the words that a dataset must have to answer *text*, each once.

    >>> query_words("行政区划 code"), query_words("水"), query_words("16路公交")
    (['行政', '政区', '区划', 'code'], ['水'], ['16路', '路公', '公交'])
    """
    return list(dict.fromkeys(asked_words(text[:QUERY_CHARACTERS_MAX])))


def asked_words(text: str) -> Iterator[str]:
    """Yield the words that must occur where *text* does, of any length, in order."""
    bound = ""
    for chinese, other, between, unit in _RUN.findall(fold(text)):
        if len(chinese) > 1:
            yield from map(add, chinese, chinese[1:])
        elif chinese and chinese != bound:
            yield chinese
        is_bound = unit and not between and len(other) <= _BOUND_CHARACTERS_MAX
        bound = unit if is_bound else ""
        if is_bound:
            yield other + unit
        elif other:
            yield from _pairs(other) if "." in other else [_singular(other)]


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of *text* in order, folded: runs of Chinese characters (True) and other words (False).

    >>> list(parts("空氣質量 Reports")), list(parts("16路公交"))
    ([('空气质量', True), ('report', False)], [('16路', False), ('公交', True)])
    """
    is_taken = False
    for chinese, other, between, unit in _RUN.findall(fold(text)):
        left = chinese[1:] if is_taken else chinese
        is_taken = bool(unit) and not between and len(other) <= _BOUND_CHARACTERS_MAX
        if left:
            yield left, True
        elif other:
            yield other + unit if is_taken else _singular(other), False


def word_runs(text: str) -> list[list[str]]:
    """Return the parts of *text* in runs: those of one run stand next to each other wherever the text does.

    >>> word_runs("PM2.5 浓度 daily report")
    [['pm2', '5'], ['浓度'], ['daily', 'report']]
    """
    runs: list[list[str]] = []
    was_other = False
    for chinese, other, *_ in _RUN.findall(fold(text)):
        if chinese:
            runs.append(list(map(add, chinese, chinese[1:])) if len(chinese) > 1 else [chinese])
        elif was_other:
            runs[-1].extend(map(_singular, other.split(".")))
        else:
            runs.append(list(map(_singular, other.split("."))))
        was_other = not chinese
    return runs


def spelled(text: str) -> str:
    r"""Return *text* as phrases are looked for in it: a line for each of its lines, runs of Chinese and parts of words.

    Each stands between blanks. A phrase of Chinese may begin and end within a run, one of letters only where a word
    does; none reaches over the end of a line.

    >>> spelled("PM2.5日报，Schools\n学校")
    ' pm2 5 日报 school \n 学校 '
    """
    lines = (" ".join(_spelled_parts(line)) for line in text.splitlines())
    return "\n".join(f" {line} " for line in lines if line)


def spelled_phrase(text: str) -> str:
    """Return what stands in the `spelled` text of whatever holds the phrase *text*; "" where it has no words.

    >>> spelled_phrase("Air 空气质量"), spelled_phrase("school")
    (' air 空气质量', ' school ')
    """
    parts = list(_spelled_parts(text))
    if not parts:
        return ""
    before, after = ("" if _CHINESE.match(part) else " " for part in (parts[0], parts[-1]))
    return f"{before}{' '.join(parts)}{after}"


def spelled_tokens(text: str) -> Iterator[str]:
    r"""Yield the pieces of a `spelled` text: words, single Chinese characters, blanks beside these as ``␣``, line ends.

    They follow each other in what holds a phrase exactly where the spelled phrase stands in its spelled text.

    >>> list(spelled_tokens(" bus 日报 2024 \n bus "))
    ['bus', '␣', '日', '报', '␣', '2024', '⏎', 'bus']
    """
    was_chinese = False
    for number, line in enumerate(text.split("\n")):
        if number:
            yield "⏎"
        for place, part in enumerate(line.split(" ")):
            is_chinese = bool(part) and bool(_CHINESE.match(part))
            if place and (is_chinese or was_chinese):
                yield "␣"
            if part:
                yield from part if is_chinese else [part]
            was_chinese = is_chinese


def fold(text: str) -> str:
    """Return *text* as it is compared: compatible forms, case, and traditional characters made alike.

    >>> fold("ＧＢ／Ｔ 環境")
    'gb/t 环境'
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return folded.translate(_simplified())


def _spelled_parts(text: str) -> Iterator[str]:
    for chinese, other, *_ in _RUN.findall(fold(text)):
        yield from [chinese] if chinese else map(_singular, other.split("."))


def _pairs(other: str) -> Iterator[str]:
    """Yield the pairs of neighbours of words that full stops join."""
    parts = other.split(".")
    return (f"{before}.{after}"[:WORD_CHARACTERS_MAX] for before, after in pairwise(parts))


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
