"""Details of a finding as typed values: numbers, rows, quoted text, lists, keys of a descriptor, phrases.

Phrases are words of ours with details in them. A detail is never a finished sentence: what was written by somebody else
stands apart from words of ours. So whoever masks or renumbers changes the quoted text or the row, and cannot hit a word
around it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from portal.model.text import LANGUAGES, LocalText, enumerated

DETAIL_CHARACTERS_MAX = 300
"""Characters of a quoted text that a finding keeps as a detail."""
SHOWN_CHARACTERS_MAX = 80
"""Characters that are shown of a value."""
RANGES_SHOWN_MAX = 5
"""Ranges of rows that a sentence names."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Text from outside that is written in two ways, for a Chinese and an English sentence."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Row:
    """The number of a row, in the same file as the row of the finding."""

    number: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Several rows. *is_cut*: there are more; *as_ranges*: neighbours are told as a range, at most so many ranges."""

    numbers: tuple[int, ...]
    is_cut: bool = False
    as_ranges: bool = True


@dataclass(frozen=True, slots=True)
class DescriptorKey:
    """A key of the dataset's descriptor, such as ``sources[0].title``."""

    key: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Names one after the other, as each language joins them; *count* is how many there are in all, where more."""

    items: tuple[Detail, ...]
    count: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of ours with places for details: *words* is a template in each language, *parts* what its places hold.

    Where *characters_max* is not 0, the whole is cut there.
    """

    words: LocalText
    parts: tuple[tuple[str, Detail], ...] = ()
    characters_max: int = 0


Detail = str | int | LocalText | Quoted | Row | Rows | DescriptorKey | Listed | Phrase
"""A text (str) is quoted from outside; a LocalText is words of ours."""


def phrase(zh: str, en: str, *, characters_max: int = 0, **parts: Any) -> Phrase:
    """Return a phrase of two templates; *parts* are what ``{name}`` in them stands for.

    >>> phrase("没有名为 {name} 的编码", "there is no encoding {name}", name="klingon").parts
    (('name', 'klingon'),)
    """
    return Phrase(LocalText(zh, en), tuple((name, as_detail(part)) for name, part in parts.items()), characters_max)


def quoted(text: str | LocalText) -> Quoted:
    """Return a text of somebody else's that may have a translation, as it is shown in each language."""
    both = text if isinstance(text, LocalText) else LocalText(text, text)
    return Quoted(*(shown(both.to(lang), DETAIL_CHARACTERS_MAX) for lang in LANGUAGES))


def listed(items: Iterable[Any], count: int = 0) -> Listed:
    """Return several details as one."""
    return Listed(tuple(map(as_detail, items)), count)


def as_detail(value: Any) -> Detail:
    """Return *value* as a detail: what is of no such type becomes a quoted text, safe to print and not too long."""
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    if isinstance(value, Quoted):
        return Quoted(shown(value.zh, DETAIL_CHARACTERS_MAX), shown(value.en, DETAIL_CHARACTERS_MAX))
    if isinstance(value, LocalText | Row | Rows | DescriptorKey | Listed | Phrase):
        return value
    return shown(value, DETAIL_CHARACTERS_MAX)


def mapped(
    detail: Detail,
    *,
    text: Callable[[str], str] = lambda text: text,
    words: Callable[[str], str] = lambda words: words,
    row: Callable[[int], int] = lambda row: row,
) -> Detail:
    """Return *detail* with every quoted *text*, every LocalText (*words*) and every number of a *row* passed through.

    >>> mapped(phrase("与第 {row} 行相同", "like row {row}", row=Row(3)), row=lambda row: row + 10).parts
    (('row', Row(number=13)),)
    """
    match detail:
        case str():
            return text(detail)
        case Quoted(zh, en):
            return Quoted(text(zh), text(en))
        case LocalText(zh, en):
            return LocalText(words(zh), words(en))
        case DescriptorKey(key):
            return DescriptorKey(text(key))
        case Row(number):
            return Row(row(number))
        case Rows(numbers):
            return replace(detail, numbers=tuple(map(row, numbers)))
        case Listed(items):
            return replace(detail, items=tuple(mapped(item, text=text, words=words, row=row) for item in items))
        case Phrase(_, parts):
            return replace(
                detail,
                parts=tuple((name, mapped(part, text=text, words=words, row=row)) for name, part in parts),
            )
    return detail


def as_json(detail: Detail) -> Any:
    """Return *detail* as what JSON can hold; `from_json` is its opposite."""
    match detail:
        case str() | int():
            return detail
        case LocalText(zh, en):
            return {"words": [zh, en]}
        case Quoted(zh, en):
            return {"quoted": [zh, en]}
        case Row(number):
            return {"row": number}
        case Rows(numbers, is_cut, as_ranges):
            return {"rows": [list(numbers), is_cut, as_ranges]}
        case DescriptorKey(key):
            return {"key": key}
        case Listed(items, count):
            return {"listed": [[as_json(item) for item in items], count]}
        case Phrase(told, parts, characters_max):
            texts = [told.zh, told.en]
            return {"phrase": [texts, [[name, as_json(part)] for name, part in parts], characters_max]}


def from_json(value: Any) -> Detail:
    """Return the detail that `as_json` wrote. Raises ValueError, TypeError or KeyError for anything else.

    >>> told = phrase("与 {rows} 相同", "like {rows}", rows=Rows((3, 4)))
    >>> from_json(as_json(told)) == told
    True
    """
    if isinstance(value, str | int) and not isinstance(value, bool):
        return value
    if not isinstance(value, dict):
        raise TypeError(value)
    ((kind, held),) = value.items()
    match kind:
        case "words":
            return LocalText(*map(_text, held))
        case "quoted":
            return Quoted(*map(_text, held))
        case "row":
            return Row(int(held))
        case "rows":
            numbers, is_cut, as_ranges = held
            return Rows(tuple(map(int, numbers)), bool(is_cut), bool(as_ranges))
        case "key":
            return DescriptorKey(_text(held))
        case "listed":
            items, count = held
            return Listed(tuple(map(from_json, items)), int(count))
        case "phrase":
            told, places, characters_max = held
            parts = tuple((_text(name), from_json(part)) for name, part in places)
            return Phrase(LocalText(*map(_text, told)), parts, int(characters_max))
    raise ValueError(kind)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def ranges(rows: Iterable[int]) -> list[str]:
    """Return row numbers as ranges.

    >>> ranges((2, 3, 4, 9))
    ['2-4', '9']
    """
    found: list[list[int]] = []
    for row in sorted(set(rows)):
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return [str(first) if first == last else f"{first}-{last}" for first, last in found]


def rows_said(rows: Iterable[int], *, is_cut: bool = False) -> LocalText:
    """Return row numbers as they stand in a sentence, the first ranges of them.

    >>> rows_said((3, 4, 5, 9)), rows_said((8,)).en
    (LocalText(zh='第 3-5、9 行', en='rows 3-5, 9'), 'row 8')
    """
    rows = tuple(rows)
    texts = ranges(rows)
    first = texts[:RANGES_SHOWN_MAX]
    more = ("……", " …") if len(texts) > len(first) or is_cut else ("", "")
    return LocalText(
        f"第 {enumerated('zh', first)}{more[0]} 行", f"row{'s' * (len(rows) > 1)} {enumerated('en', first)}{more[1]}"
    )


def row_list_said(rows: Iterable[int], *, is_cut: bool = False) -> LocalText:
    """Return row numbers one by one.

    >>> row_list_said((3, 4), is_cut=True)
    LocalText(zh='第 3, 4 等行', en='rows 3, 4 …')
    """
    numbers = ", ".join(map(str, rows))
    more_zh, more_en = (" 等行", " …") if is_cut else (" 行", "")
    return LocalText(f"第 {numbers}{more_zh}", f"rows {numbers}{more_en}")


def shown(value: object, characters_max: int = SHOWN_CHARACTERS_MAX) -> str:
    """Return *value* in one short line, safe to print: control characters as escapes, long text cut.

    >>> shown("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    text = str(value)
    cut = text[:characters_max]
    if cut.isprintable():
        safe = cut
    else:
        safe = "".join(char if unicodedata.category(char)[0] != "C" else _escape(char) for char in cut)
    return safe + ("…" if len(text) > len(cut) else "")


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii") if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
