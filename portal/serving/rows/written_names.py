"""Column names as requests spell them: quotation marks, comma lists, a dot for one step along a foreign key.

A name stands as it is. In double quotation marks it is that name whatever it looks like, a mark within it doubled:
``"_id"``, ``"a,b"``, ``"5""管"``. A mark opens a quotation only where a name may begin, so that others are plain signs.
"""

from __future__ import annotations

import re

_QUOTED = r'"(?:[^"]|"")*+"'
_is_quoted = re.compile(_QUOTED).fullmatch
_is_step_by_quoted = re.compile(rf"({_QUOTED})\.(.+)", re.DOTALL).fullmatch
_is_step_to_quoted = re.compile(rf"(.+?)\.({_QUOTED})", re.DOTALL).fullmatch
_is_wholly_quoted = re.compile(rf"{_QUOTED}(?:\.{_QUOTED})?").match
_is_plain = re.compile(r'[^\W_][^",.:]*').fullmatch
_name_item = re.compile(rf"(?:(?:(?<![^,(.\-])){_QUOTED}|[^,])*+", re.DOTALL)
_value_item = re.compile(rf"(?:(?:(?<![^,])){_QUOTED}|[^,])*+", re.DOTALL)


def quoted(name: str) -> str:
    """Return *name* in quotation marks, which is that name in every place.

    >>> quoted("_id"), quoted('5"管')
    ('"_id"', '"5""管"')
    """
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def spelled(name: str) -> str:
    """Return *name* as short as it can be written.

    >>> spelled("价格（元）"), spelled("a.b"), spelled("x__gte"), spelled("-x")
    ('价格（元）', '"a.b"', '"x__gte"', '"-x"')
    """
    return name if _is_plain(name) and "__" not in name and name == name.strip() else quoted(name)


def unquoted(text: str) -> str | None:
    """Return the name that stands in quotation marks, None where *text* is no quotation.

    >>> unquoted('"a,b"'), unquoted("a"), unquoted('"a"b"')
    ('a,b', None, None)
    """
    return text[1:-1].replace('""', '"') if _is_quoted(text) else None


def quoted_step(text: str) -> tuple[str, str] | None:
    """Return the column and the column it leads to where one of the two is quoted, None where neither is.

    >>> quoted_step('"a.b".c'), quoted_step('市场."x.y"'), quoted_step("a.b")
    (('a.b', 'c'), ('市场', 'x.y'), None)
    """
    found = _is_step_by_quoted(text) or _is_step_to_quoted(text)
    if found is None:
        return None
    first, second = found.groups()
    plain_first, plain_second = unquoted(first), unquoted(second)
    return (
        first if plain_first is None else plain_first,
        second if plain_second is None else plain_second,
    )


def is_wholly_quoted(text: str) -> bool:
    """Whether all names in *text* are quoted, so that it can mean nothing else."""
    return quotation_end(text) == len(text) > 0


def quotation_end(text: str) -> int:
    """Return where a column in quotation marks at the beginning of *text* ends, 0 where none begins it.

    >>> quotation_end('"x"__gte'), quotation_end('"市场"."名称"'), quotation_end("x")
    (3, 9, 0)
    """
    found = _is_wholly_quoted(text)
    return found.end() if found else 0


def name_list(text: str) -> list[str]:
    """Return the items of a comma list of names as they are written; a comma in quotation marks parts nothing.

    >>> name_list('市场,-"a,b",avg("c,d")')
    ['市场', '-"a,b"', 'avg("c,d")']
    """
    return _items(text, _name_item)


def value_list(text: str) -> list[str]:
    """Return the values of a comma list, those in quotation marks without them.

    >>> value_list('徐汇,"浦东,川沙",5"管')
    ['徐汇', '浦东,川沙', '5"管']
    """
    values = ((item, unquoted(item)) for item in _items(text, _value_item))
    return [item if plain is None else plain for item, plain in values]


def written_values(values: list[str]) -> str:
    """Return *values* as a comma list that `value_list` reads back.

    >>> written_values(["a", "b,c", ""])
    'a,"b,c",""'
    """
    return ",".join(quoted(value) if not value or re.search('[",]', value) else value for value in values)


def _items(text: str, item: re.Pattern[str]) -> list[str]:
    items, at = [], 0
    while True:
        found = item.match(text, at)
        end = found.end() if found else at
        items.append(text[at:end])
        if end >= len(text):
            return items
        at = end + 1
