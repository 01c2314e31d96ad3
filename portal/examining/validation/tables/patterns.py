"""Regular expressions of a schema (``pattern``) translated from Python to RE2, where they mean the same.

Frictionless asks ``re.match("^" + pattern + "$", cell)``. What is translated here matches the whole cell in RE2 only
where Python's pattern matches it; Python may match more (a line end behind ``$``, digits of other scripts), and
what RE2 does not match is asked of Python again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

PATTERN_CHARACTERS_MAX = 500
"""A longer pattern is not handed to RE2."""
REPEATS_MAX = 1000
"""RE2 refuses more."""

_CLASSES = {
    codes.CATEGORY_DIGIT: "0-9",
    codes.CATEGORY_WORD: "0-9A-Za-z_",
    codes.CATEGORY_SPACE: r"\t\n\x0B\f\r ",
}
"""The ASCII part of what Python means by them."""


class _Unknown(Exception):
    pass


def as_re2(pattern: str) -> str | None:
    r"""Return a pattern of RE2 for whole cells, or None where it may match what Python does not.

    >>> as_re2(r"[A-Z]\d{3}"), as_re2("^(甲|乙丙)$"), as_re2("a|b"), as_re2("a(?=b)")
    ('[A-Z][0-9]{3,3}', '(?:甲|乙丙)', None, None)
    """
    if len(pattern) > PATTERN_CHARACTERS_MAX:
        return None
    try:
        tree = parser.parse(f"^{pattern}$")
        if tree.state.flags & ~re.UNICODE:
            return None
        items = list(tree)
        while items and items[0] == (codes.AT, codes.AT_BEGINNING):
            items.pop(0)
        while items and items[-1] == (codes.AT, codes.AT_END):
            items.pop()
        return _sequence(items)
    except (_Unknown, re.error, RecursionError, OverflowError):
        return None


def _sequence(items: Iterable[Any]) -> str:
    return "".join(_item(code, value) for code, value in items)


def _item(code: Any, value: Any) -> str:
    if code is codes.LITERAL:
        return _literal(value)
    if code is codes.NOT_LITERAL:
        return f"[^{_in_class(value)}]"
    if code is codes.ANY:
        return r"[^\n]"
    if code is codes.IN:
        return _class(value)
    if code is codes.BRANCH:
        return "(?:" + "|".join(_sequence(branch) for branch in value[1]) + ")"
    if code is codes.SUBPATTERN:
        _, added, removed, inner = value
        if added or removed:
            raise _Unknown
        text = _sequence(inner)
        return text if text.startswith("(?:") and len(inner) == 1 and inner[0][0] is codes.BRANCH else f"(?:{text})"
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        return _repeat(*value)
    raise _Unknown


def _repeat(least: int, most: Any, inner: Any) -> str:
    text = _sequence(inner)
    if len(inner) != 1 or inner[0][0] in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        text = f"(?:{text})"
    if most is codes.MAXREPEAT:
        if least > REPEATS_MAX:
            raise _Unknown
        return f"{text}{{{least},}}"
    if most > REPEATS_MAX:
        raise _Unknown
    return f"{text}{{{least},{most}}}"


def _class(items: list[Any]) -> str:
    is_negated = items[0][0] is codes.NEGATE
    parts = []
    for code, value in items[1:] if is_negated else items:
        if code is codes.LITERAL:
            parts.append(_in_class(value))
        elif code is codes.RANGE:
            parts.append(f"{_in_class(value[0])}-{_in_class(value[1])}")
        elif code is codes.CATEGORY and value in _CLASSES and not is_negated:
            parts.append(_CLASSES[value])
        else:
            raise _Unknown
    return f"[{'^' if is_negated else ''}{''.join(parts)}]"


def _literal(number: int) -> str:
    if 0xD800 <= number <= 0xDFFF or number == 0:
        raise _Unknown
    char = chr(number)
    return f"\\x{{{number:X}}}" if not char.isalnum() else char


def _in_class(number: int) -> str:
    return _literal(number)
