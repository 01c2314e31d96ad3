"""Patterns of a schema in words: ``KQ[0-9]{4}`` is “KQ 加四位数字”; what is more than a row of signs is not told so.

Nobody who looks for data should have to read a regular expression. Read are literal signs, classes of signs, groups of
plain alternatives, and how often each stands; anything else (look-ahead, nested groups, long chains) has no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.i18n import gettext_noop as _
from portal.i18n import translate, translate_many
from portal.model.text import enumerated

PARTS_MAX = 7
"""A pattern of more parts is not put into words."""
PATTERN_CHARACTERS_MAX = 200
"""A longer pattern is not looked at."""

_DIGITS = frozenset("0123456789")
_UPPER = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LOWER = frozenset("abcdefghijklmnopqrstuvwxyz")
_ESCAPES = {"d": _DIGITS, "w": _DIGITS | _UPPER | _LOWER | {"_"}}
_SPECIAL = frozenset("^$.*+?{}[]()|\\")
_COUNT = re.compile(r"\{(\d{1,3})(?:(,)(\d{0,3}))?\}|[?*+]")
_HAN_NUMBERS = "零一两三四五六七八九十"


_KINDS = ((_DIGITS, _("digits")), (_UPPER, _("capital letters")), (_LOWER, _("small letters")))
"""Signs that have a name together."""


class _NoWords(Exception):
    """The pattern is more than words are made for."""


@dataclass(frozen=True)
class _Part:
    """One of *texts* (one alone: a literal), or a sign of *signs*, so many times; *most* is None for no bound."""

    texts: tuple[str, ...] = ()
    signs: frozenset[str] = frozenset()
    least: int = 1
    most: int | None = 1


def pattern_in_words(pattern: str, lang: str) -> str:
    """Return a pattern in words, "" where there are none for it.

    >>> pattern_in_words("KQ[0-9]{4}", "zh"), pattern_in_words("KQ[0-9]{4}", "en")
    ('KQ 加四位数字', 'KQ and 4 digits')
    >>> pattern_in_words("JY20[0-9]{2}-[0-9]{4}", "zh"), pattern_in_words("(?=x)[0-9]+", "zh")
    ('依次为：JY、年份、-、四位数字', '')
    """
    if len(pattern) > PATTERN_CHARACTERS_MAX:
        return ""
    try:
        parts = list(_with_years(_merged(_parts(pattern.removeprefix("^").removesuffix("$")))))
        words = [_words(part, lang) for part in parts]
    except _NoWords:
        return ""
    if not words or len(words) > PARTS_MAX:
        return ""
    if len(words) == 1:
        return words[0] if parts[0].signs or len(parts[0].texts) > 1 else ""
    if len(words) == 2:
        return translate(lang, _("%(first)s and %(second)s"), first=words[0], second=words[1])
    return translate(lang, _("In turn: %(parts)s"), parts=enumerated(lang, words))


def _parts(pattern: str) -> Iterator[_Part]:
    at = 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "[":
            end = pattern.find("]", at + 2)
            found = _Part(signs=_class(pattern[at + 1 : end])) if end > 0 else None
        elif sign == "(":
            end = pattern.find(")", at)
            found = _alternatives(pattern[at + 1 : end].removeprefix("?:")) if end > 0 else None
        elif sign == "\\" and at + 1 < len(pattern):
            end = at + 1
            escaped = pattern[end]
            found = _Part(signs=_ESCAPES[escaped]) if escaped in _ESCAPES else _Part((escaped,))
            if escaped.isalnum() and escaped not in _ESCAPES:
                raise _NoWords
        else:
            end = at
            found = None if sign in _SPECIAL else _Part((sign,))
        if found is None:
            raise _NoWords
        counted = _COUNT.match(pattern, end + 1)
        yield _times(found, counted) if counted else found
        at = counted.end() if counted else end + 1


def _class(text: str) -> frozenset[str]:
    if text.startswith("^") or "[" in text or "\\" in text.replace("\\-", "").replace("\\d", ""):
        raise _NoWords
    signs = set(_DIGITS) if "\\d" in text else set()
    text = text.replace("\\d", "").replace("\\-", "\x00")
    for found in re.finditer(r"(.)-(.)|(.)", text):
        first, last, single = found.groups()
        if single:
            signs.add("-" if single == "\x00" else single)
        else:
            if ord(last) - ord(first) > 100:
                raise _NoWords
            signs |= {chr(code) for code in range(ord(first), ord(last) + 1)}
    if not signs:
        raise _NoWords
    return frozenset(signs)


def _alternatives(text: str) -> _Part:
    """Return a group: one of several literals, or of classes of signs the one that stands in it."""
    choices = text.split("|")
    if all(choice and not _SPECIAL & set(choice) for choice in choices):
        return _Part(tuple(choices))
    if len(choices) == 1:
        inner = list(_parts(text))
        if len(inner) == 1 and inner[0].signs:
            return inner[0]
    raise _NoWords


def _times(part: _Part, counted: re.Match[str]) -> _Part:
    bounds: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
    least, most = bounds.get(counted[0]) or (
        int(counted[1]),
        int(counted[1]) if not counted[2] else int(counted[3]) if counted[3] else None,
    )
    if (part.least, part.most) == (1, 1):
        return _Part(part.texts, part.signs, least, most)
    if (least, most) == (0, 1) and part.least == part.most:
        return _Part(part.texts, part.signs, 0, part.most)
    raise _NoWords


def _merged(parts: Iterator[_Part]) -> Iterator[_Part]:
    """Join literals that stand beside each other."""
    literal = ""
    for part in parts:
        if len(part.texts) == 1 and part.least == part.most:
            literal += part.texts[0] * part.least
            continue
        if literal:
            yield _Part((literal,))
            literal = ""
        yield part
    if literal:
        yield _Part((literal,))


def _with_years(parts: Iterator[_Part]) -> Iterator[_Part]:
    """Make a year of “20” before two digits."""
    former: _Part | None = None
    for part in parts:
        is_rest = part.signs == _DIGITS and (part.least, part.most) == (2, 2)
        if former and is_rest and len(former.texts) == 1 and former.texts[0][-2:] in ("19", "20"):
            if former.texts[0][:-2]:
                yield _Part((former.texts[0][:-2],))
            former = _YEAR
            continue
        if former:
            yield former
        former = part
    if former:
        yield former


_YEAR = _Part(signs=_DIGITS, least=-1, most=-1)


def _words(part: _Part, lang: str) -> str:
    if part is _YEAR:
        return translate(lang, _("a year"))
    if part.texts:
        if (part.least, part.most) not in ((1, 1), (0, 1)):
            raise _NoWords
        words = _either(part.texts, lang)
    else:
        words = _signs(part, lang)
    return translate(lang, _("%(part)s (or none)"), part=words) if part.least == 0 else words


def _either(texts: tuple[str, ...], lang: str) -> str:
    if len(texts) == 1:
        return texts[0]
    if len(texts) > 2 and all(len(text) <= 2 and text.isascii() for text in texts):
        return "/".join(texts)
    return translate(lang, _("%(some)s or %(last)s"), some=enumerated(lang, texts[:-1]), last=texts[-1])


def _signs(part: _Part, lang: str) -> str:
    kinds, rest, missing = [], set(part.signs), set[str]()
    for signs, word in _KINDS:
        found = signs & part.signs
        if part.signs == signs and part.most is not None and part.least in (0, part.most):
            return _of_one_kind(signs, part.most, lang)
        if found == signs or (len(found) > len(signs) // 2 and len(part.signs) > len(signs)):
            kinds.append(translate(lang, word))
            missing |= signs - found
            rest -= signs
    if not kinds:
        return _few(part, lang)
    words = _either((*kinds, *sorted(rest)), lang)
    if missing:
        never = enumerated(lang, sorted(missing))
        words = translate(lang, _("%(signs)s (never %(missing)s)"), signs=words, missing=never)
    if part.most is None:
        return words
    if part.least not in (0, part.most):
        return translate(lang, _("%(least)s to %(most)s %(signs)s"), least=part.least, most=part.most, signs=words)
    number = _number(part.most, lang)
    return translate_many(
        lang, "%(num)s sign of %(signs)s", "%(num)s signs of %(signs)s", part.most, num=number, signs=words
    )


def _of_one_kind(signs: frozenset[str], count: int, lang: str) -> str:
    number = _number(count, lang)
    if signs is _DIGITS:
        return translate_many(lang, "%(num)s digit", "%(num)s digits", count, num=number)
    if signs is _UPPER:
        return translate_many(lang, "%(num)s capital letter", "%(num)s capital letters", count, num=number)
    return translate_many(lang, "%(num)s small letter", "%(num)s small letters", count, num=number)


def _few(part: _Part, lang: str) -> str:
    """Return the words for one of a few signs: “1 to 8”, “A, B or C”."""
    if part.most != 1:
        raise _NoWords
    ordered = sorted(part.signs)
    codes = [ord(sign) for sign in ordered]
    if len(ordered) > 2 and codes[-1] - codes[0] == len(codes) - 1:
        return translate(lang, _("one of %(first)s to %(last)s"), first=ordered[0], last=ordered[-1])
    if len(ordered) > 12:
        raise _NoWords
    return _either(tuple(ordered), lang)


def _number(count: int, lang: str) -> str:
    if lang != "zh":
        return str(count)
    if count <= 10:
        return _HAN_NUMBERS[count]
    if count < 20:
        return "十二" if count == 12 else f"十{_HAN_NUMBERS[count - 10]}"
    return f" {count} "
