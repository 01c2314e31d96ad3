"""Cells of a table for people: numbers with thousands marked, dates by language, names of codes, long texts cut.

The text of the published CSV goes in, and what a page shows comes out, so no digit is lost: a number keeps the decimals
that it has, and what cannot be read by its type is shown as it stands. The preview of a table and the page that answers
for its rows write their cells by this one module.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from portal.examining.profiling.titles import hints_of
from portal.i18n import day_text, translate, translate_many
from portal.i18n import gettext_noop as _
from portal.model.text import LocalText, enumerated
from portal.publishing.rows.typed_cells import number_in
from portal.publishing.site.shown_moments import MONTH, moment_shown, month_shown

SHOWN_CHARACTERS_MAX = 60
"""Characters of a cell that stand in its row; the rest unfolds."""
WHOLE_CHARACTERS_MAX = 2_000
"""Characters of a cell that a page holds; a longer one is whole in the file alone."""
LISTED_MAX = 30
"""Values of a list that a cell shows one by one."""

_PLAIN = re.compile(r"([+-]?)(\d+)((?:\.\d*)?)")
_SHOWN_NUMBER = re.compile(r"-?[\d,]+(?:\.(\d*))?")
_CLOCK = re.compile(r"\d\d:\d\d:00")
_GEOMETRY = re.compile(r'\{\s*"type"\s*:\s*"(\w+)"')
_POINT = re.compile(r"\[\s*-?\d")
_LANDLINE = re.compile(r"座机|热线$")
_BY_DEFAULT = (None, "", "default", "any")
_GEOMETRIES = {
    "Point": _("Point"),
    "MultiPoint": _("Several points"),
    "LineString": _("Line"),
    "MultiLineString": _("Several lines"),
    "Polygon": _("Polygon"),
    "MultiPolygon": _("Several polygons"),
    "GeometryCollection": _("Geometries"),
}

Names = Mapping[str, LocalText]
"""What codes are called."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """What a page shows of a cell. All of it may be anything that a publisher writes, and is escaped by the template.

    *code* is what stands in the file where *text* is its name. *missing* are signs that are not shown but take room, so
    that the points of a column of numbers stand below each other. *rest* is what follows *text* where that was cut;
    *moment* is a date for programs.
    """

    text: str = ""
    code: str = ""
    missing: str = ""
    rest: str = ""
    moment: str = ""


Write = Callable[[str], ShownCell]


def writer_of(field: Mapping[str, Any], lang: str, names: Names | None = None) -> Write:
    """Return what makes of a cell's text what a page in *lang* shows of it; *field* is the column in its Table Schema.

    >>> write = writer_of({"name": "面积", "type": "number"}, "zh")
    >>> write("1234567.50").text, write("-0.5").text, write("1E+30").text, write("")
    ('1,234,567.50', '-0.5', '1E+30', ShownCell(text='', code='', missing='', rest='', moment=''))
    >>> write = writer_of({"name": "d", "type": "date"}, "zh", None)
    >>> write("2026-03-01")
    ShownCell(text='2026年3月1日', code='', missing='', rest='', moment='2026-03-01')
    """
    type_ = str(field.get("type", "any"))
    write = _TYPES.get(type_, _text)(field, lang)
    if names or type_ in ("string", "integer", "any"):
        known = {**_categories(field), **(names or {})}
        write = partial(_named, known, write, lang) if known else write
    return lambda text: write(text) if text else ShownCell()


def column_of(texts: Sequence[str], write: Write) -> tuple[ShownCell, ...]:
    """Return the cells of a column; numbers with fewer decimals than others are given room, so that points align.

    >>> [cell.missing for cell in column_of(["1.25", "3", "n/a"], writer_of({"type": "number"}, "en"))]
    ['', '.00', '']
    """
    cells = tuple(map(write, texts))
    if not any("." in cell.text for cell in cells):
        return cells
    decimals = [_decimals(cell.text) for cell in cells]
    most = max((count for count in decimals if count is not None), default=0)
    if not most:
        return cells
    return tuple(
        cell if count is None or count == most else replace(cell, missing=("" if count else ".") + "0" * (most - count))
        for cell, count in zip(cells, decimals, strict=True)
    )


def number_shown(text: str) -> str:
    """Return a plain number with its thousands marked, anything else as it stands.

    >>> number_shown("1234567.50"), number_shown("-1000"), number_shown("1e9")
    ('1,234,567.50', '-1,000', '1e9')
    """
    found = _PLAIN.fullmatch(text)
    if not found:
        return text
    sign, whole, behind = found.groups()
    return f"{'-' if sign == '-' else ''}{_grouped(whole)}{behind}"


def _grouped(whole: str) -> str:
    # Python's own signs would take time that grows with the square of the digits.
    first = len(whole) % 3
    return ",".join(
        part for part in (whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))) if part
    )


def _decimals(text: str) -> int | None:
    """Return how many decimals a number has, None for what is no plain number."""
    found = _SHOWN_NUMBER.fullmatch(text)
    return len(found[1] or "") if found else None


def is_amount(field: Mapping[str, Any]) -> bool:
    """Whether the numbers of a column are amounts, whose thousands are marked; no codes, years or coordinates.

    Name and title count alike: a title in another language may say nothing.

    >>> [is_amount({"name": name, "title": "Built"}) for name in ("建成年份", "站点编号", "座机", "经度", "客流量")]
    [False, False, False, False, True]
    """
    titles = {str(field.get("name") or ""), str(field.get("title") or "")}
    return not any(
        hints.is_code or hints.is_year or hints.is_longitude or hints.is_latitude or _LANDLINE.search(title)
        for title, hints in ((title, hints_of(title)) for title in titles)
    )


def _number(field: Mapping[str, Any], lang: str) -> Write:
    is_counted = is_amount(field)
    has_signs = bool(field.get("groupChar")) or (field.get("decimalChar") or ".") != "."

    def write(text: str) -> ShownCell:
        plain = text
        if has_signs:
            number = number_in(text, field)
            plain = f"{number:f}" if number is not None and number.is_finite() and abs(number.adjusted()) < 50 else text
        return ShownCell(number_shown(plain) if is_counted else plain)

    return write


def _text(field: Mapping[str, Any], lang: str) -> Write:
    return _cut


def _cut(text: str) -> ShownCell:
    """Return a text, and what of it does not stand in the row."""
    if len(text) <= SHOWN_CHARACTERS_MAX:
        return ShownCell(text)
    whole = text if len(text) <= WHOLE_CHARACTERS_MAX else text[: WHOLE_CHARACTERS_MAX - 1] + "…"
    # No sign is parted from the marks that change it: joiners, variants, accents.
    end = SHOWN_CHARACTERS_MAX
    while end > SHOWN_CHARACTERS_MAX // 2 and _belongs_to_former(whole[end]):
        end -= 1
    return ShownCell(whole[:end], rest=whole[end:])


def _belongs_to_former(sign: str) -> bool:
    return sign in "\u200d\ufe0e\ufe0f" or "\u0300" <= sign <= "\u036f" or "\U0001f3fb" <= sign <= "\U0001f3ff"


def _truth(field: Mapping[str, Any], lang: str) -> Write:
    words = {"trueValues": translate(lang, _("Yes")), "falseValues": translate(lang, _("No"))}
    usual = {"trueValues": ["true", "True", "TRUE", "1"], "falseValues": ["false", "False", "FALSE", "0"]}
    shown = {str(text): word for key, word in words.items() for text in field.get(key) or usual[key]}
    return lambda text: ShownCell(shown.get(text, text))


def _moment(field: Mapping[str, Any], lang: str, *, is_day: bool) -> Write:
    if field.get("format") not in _BY_DEFAULT:
        return _read_by_format(field, lang, is_day=is_day)

    def write(text: str) -> ShownCell:
        try:
            if is_day:
                return ShownCell(day_text(lang, date.fromisoformat(text)), moment=text)
            return ShownCell(moment_shown(datetime.fromisoformat(text), lang), moment=text)
        except ValueError:
            return _cut(text)

    return write


def _read_by_format(field: Mapping[str, Any], lang: str, *, is_day: bool) -> Write:
    def write(text: str) -> ShownCell:
        try:
            moment = datetime.strptime(text, str(field["format"]))
        except (ValueError, TypeError, re.error):
            return _cut(text)
        if is_day:
            return ShownCell(day_text(lang, moment.date()), moment=moment.date().isoformat())
        return ShownCell(moment_shown(moment, lang), moment=moment.isoformat())

    return write


def _month(field: Mapping[str, Any], lang: str) -> Write:
    def write(text: str) -> ShownCell:
        return ShownCell(month_shown(text, lang), moment=text if MONTH.fullmatch(text) else "")

    return write


def _clock(field: Mapping[str, Any], lang: str) -> Write:
    return lambda text: ShownCell(text.removesuffix(":00") if _CLOCK.fullmatch(text) else text)


def _list(field: Mapping[str, Any], lang: str) -> Write:
    """Show a list of plain values one by one, anything else as it stands."""

    def write(text: str) -> ShownCell:
        try:
            found = json.loads(text, parse_int=str, parse_float=str)  # no digit is lost
        except (ValueError, RecursionError):
            return _cut(text)
        if not isinstance(found, list) or any(isinstance(one, list | dict) for one in found):
            return _cut(text)
        shown = [one if isinstance(one, str) else json.dumps(one) for one in found[:LISTED_MAX]]
        return _cut(enumerated(lang, shown) + ("…" if len(found) > LISTED_MAX else ""))

    return write


def _geometry(field: Mapping[str, Any], lang: str) -> Write:
    """Tell what a geometry is and how many points it has; its coordinates say nothing to a reader."""

    def write(text: str) -> ShownCell:
        found = _GEOMETRY.match(text)
        kind = found[1] if found else ""
        if kind not in _GEOMETRIES:
            return _cut(text)
        points = sum(1 for _ in _POINT.finditer(text))
        told = translate(lang, _GEOMETRIES[kind])
        if kind == "Point" or not points:
            return ShownCell(told)
        count = translate_many(lang, "%(num)s vertex", "%(num)s vertices", points)
        return ShownCell(translate(lang, _("%(geometry)s (%(points)s)"), geometry=told, points=count))

    return write


def _categories(field: Mapping[str, Any]) -> dict[str, LocalText]:
    """Return what the values are called by the field itself (``categories`` of Table Schema)."""
    stated = field.get("categories")
    found = {}
    for one in stated if isinstance(stated, list) else ():
        if isinstance(one, Mapping) and isinstance(one.get("label"), str) and one["label"].strip():
            found[str(one.get("value"))] = LocalText(one["label"].strip())
    return found


def _named(names: Names, write: Write, lang: str, text: str) -> ShownCell:
    name = names.get(text)
    if name is None or not name.to(lang) or name.to(lang) == text:
        return write(text)
    return replace(_cut(name.to(lang)), code=text[:WHOLE_CHARACTERS_MAX])


_TYPES: Mapping[str, Callable[[Mapping[str, Any], str], Write]] = {
    "integer": _number,
    "number": _number,
    "boolean": _truth,
    "date": partial(_moment, is_day=True),
    "datetime": partial(_moment, is_day=False),
    "yearmonth": _month,
    "time": _clock,
    "array": _list,
    "geojson": _geometry,
}
