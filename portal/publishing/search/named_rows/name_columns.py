"""Columns that name what a row is about (站名, 学校名称, 登记号): declared, a key, called a name, or found by values.

A column is one of four, the first that holds:

1. declared: its field says ``rdfType: https://schema.org/name``, as Table Schema's rich types do;
2. called so: text whose name or title ends like 名称, 站名 or ``name``, and at least half as many names as rows;
3. found by its values: in a table without such a column, text in which every row has another one, mostly Chinese and
   short;
4. a code: the only column of the primary key, or one declared unique, with digits in it. It is found whole alone.

Names of people are none: a column that ends in 姓名, 法定代表人 or the like is never indexed, whatever is declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.publishing.rows.store_plan import TableSource

NAME_TYPES = ("http://schema.org/name", "https://schema.org/name", "http://xmlns.com/foaf/0.1/name", "schema:name")
"""What ``rdfType`` says of a field that names the thing."""
DIFFERENT_SHARE = 0.5
"""A column that is called a name, and whose rows have fewer different values than this share, tells rows apart by
something else: a month, a line of a bus in each month."""
CHINESE_SHARE = 0.8
"""A column that is found by its values has Chinese in so many of its cells."""
NAME_CHARACTERS_MAX = 60
"""A longer text is no name."""
NAME_CHARACTERS_MEAN_MAX = 25
"""A column of longer texts, on the average, describes."""

_NAMES = re.compile(
    r"(名称|全称|简称|站名|地名|路名|店名|校名|馆名|名|单位|机构|企业|线路|站点|景区|项目|事项|断面|水厂)$"
    r"|(^|[\s_-])(name|title|label)$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"(姓名|法定代表人|法人代表|负责人|联系人|经办人|责任人|户主|申请人|当事人|被执行人)(姓名|名称|名)?$"
    r"|person|contact|owner",
    re.IGNORECASE,
)
_CHINESE = re.compile("[\u3400-\u9fff]")
_DIGIT = re.compile(r"[0-9]")
_TEXT_TYPES = ("string", "any")


@dataclass(frozen=True)
class NameColumn:
    """A column of a table, by its number from 0; the values of a *code* are found whole alone."""

    number: int
    name: str
    is_code: bool = False


def may_name(source: TableSource) -> bool:
    """Whether a table has a column that may name its rows, as far as can be told without its values."""
    links = set(source.links)
    return any(is_text_of_things(field) and number not in links for number, field in enumerate(source.fields))


def name_columns(source: TableSource, rows: Sequence[Sequence[str]]) -> tuple[NameColumn, ...]:
    """Return the columns of a table that name its rows; *rows* are all of its rows, as texts."""
    fields = source.fields
    texts = [number for number, field in enumerate(fields) if is_text_of_things(field)]
    links = set(source.links)
    named = [number for number in texts if _is_declared(fields[number])]
    if not named:
        called = [number for number in texts if number not in links and _is_called_name(fields[number])]
        named = [number for number in called if _tells_apart(_column(rows, number))][:2]
    codes = [number for number in _keys(source) if number in texts and number not in named and number not in links]
    codes = [number for number in codes if _has_digits(_column(rows, number))]
    if not named:
        rest = (number for number in texts if number not in links and number not in codes)
        named = [number for number in rest if _looks_like_names(_column(rows, number))][:1]
    return (
        *(NameColumn(number, str(fields[number]["name"])) for number in named),
        *(NameColumn(number, str(fields[number]["name"]), is_code=True) for number in codes),
    )


def is_text_of_things(field: Mapping[str, Any]) -> bool:
    """Whether a column is text that says nothing of people, as far as its name and title tell."""
    return field.get("type", "any") in _TEXT_TYPES and not any(_PEOPLE.search(text) for text in _called(field))


def _is_declared(field: Mapping[str, Any]) -> bool:
    return field.get("rdfType") in NAME_TYPES


def _is_called_name(field: Mapping[str, Any]) -> bool:
    return any(_NAMES.search(text) for text in _called(field))


def _called(field: Mapping[str, Any]) -> Iterator[str]:
    for key in ("name", "title"):
        if isinstance(text := field.get(key), str):
            yield text.strip()


def _keys(source: TableSource) -> Iterator[int]:
    for key in source.keys:
        if len(key) == 1:
            yield key[0]


def _column(rows: Sequence[Sequence[str]], number: int) -> list[str]:
    return [row[number] for row in rows if row[number]]


def _tells_apart(values: Sequence[str]) -> bool:
    return bool(values) and len(set(values)) >= len(values) * DIFFERENT_SHARE


def _has_digits(values: Sequence[str]) -> bool:
    return bool(values) and all(_DIGIT.search(value) for value in values)


def _looks_like_names(values: Sequence[str]) -> bool:
    if len(values) < 2 or len(set(values)) < len(values):
        return False
    if max(map(len, values)) > NAME_CHARACTERS_MAX or sum(map(len, values)) > NAME_CHARACTERS_MEAN_MAX * len(values):
        return False
    return sum(bool(_CHINESE.search(value)) for value in values) >= CHINESE_SHARE * len(values)
