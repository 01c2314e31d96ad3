"""Which form a column gets in a store of rows, found out by looking at all its cells.

Only a form that gives back every cell to the letter may be chosen: ``007`` is no number, and ``1.50`` beside ``2.5``
keeps its text beside its value. What the schema says of signs and formats goes before what a cell looks like: with a
point for thousands ``1.234`` is a large number, and in ``%Y-%d-%m`` the day stands before the month. Few different
texts are kept once each, as codes in the order of their values, so that they are compared as numbers; what a question
means there is found out in the dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from portal.publishing.rows.column_forms import ORDERED_TYPES, Form, KeyKind, Kind
from portal.publishing.rows.typed_cells import key_reader, months_in, number_in

CODES_MAX = 4096
"""A column with more different texts has no dictionary."""
CODES_CHARACTERS_MAX = 262_144
"""A dictionary of more characters is none: it would be held in memory while its table is asked."""
ROWS_A_CODE = 4
"""So many rows a different text at least make a dictionary worth its while."""
DIGITS_MAX = 18
"""A number of more digits is not kept as one: 64 bits hold any of eighteen."""

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SECOND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_PLAIN_FORMATS = (None, "", "default", "any", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S")
"""Formats of a field in which what looks like ISO 8601 is."""


class Survey:
    """Looks at the cells of a column, some at a time, and says what form holds them all."""

    def __init__(self, field: Mapping[str, Any]) -> None:
        self._field = field
        self._type = str(field.get("type", "any"))
        self._fits = _FITS.get(self._type) if field.get("format") in _PLAIN_FORMATS else None
        self._is_canonical = self._fits is not None
        self._texts: set[str] | None = set()
        self._characters = 0
        self._scales: set[int] = set()
        self._places = 0
        self._ends_in_nought = False
        self._has_signs = bool(field.get("groupChar")) or (field.get("decimalChar") or ".") != "."
        """Whether ``1.234`` may be another number here."""
        self._is_plain = self._type == "number" and not self._has_signs
        self._is_counted = self._type == "number"
        self._has_blanks = False
        self._is_ascii = True
        self.rows = 0

    def add(self, cells: Sequence[str]) -> None:
        """Look at some more cells."""
        self.rows += len(cells)
        different = set(cells)
        if "" in different:
            different.discard("")
            self._has_blanks = True
        self._is_ascii = self._is_ascii and all(map(str.isascii, different))
        if self._texts is not None:
            new = different - self._texts
            self._texts |= new
            self._characters += sum(map(len, new))
            if len(self._texts) > CODES_MAX or self._characters > CODES_CHARACTERS_MAX:
                self._texts = None
        if self._fits and self._is_canonical:
            self._is_canonical = all(map(self._fits, different))
        elif self._is_counted:
            self._count(different)

    def _count(self, different: Iterable[str]) -> None:
        for text in different:
            plain = text
            if self._has_signs or not _DECIMAL.fullmatch(text):
                self._is_plain = False
                number = number_in(text, self._field)
                if number is None or not number.is_finite() or abs(number.adjusted()) > DIGITS_MAX:
                    self._is_counted = False
                    return
                plain = f"{number:f}"
            whole, _, behind = plain.lstrip("-").partition(".")
            self._is_plain = self._is_plain and not (plain[0] == "-" and not (whole + behind).strip("0"))
            self._scales.add(len(behind))
            self._places = max(self._places, len(whole))
            self._ends_in_nought = self._ends_in_nought or behind[-1:] == "0"
            if self._places + max(self._scales) > DIGITS_MAX:
                self._is_counted = False
                return

    def form(self) -> tuple[Form, tuple[str, ...]]:
        """Return the form, and the texts of the dictionary in the order of their codes, () without one."""
        blanks = self._has_blanks
        kinds: dict[str, Kind] = {"date": "day", "datetime": "second", "yearmonth": "month"}
        if self._fits and self._is_canonical:
            return Form(kinds.get(self._type, "integer"), has_blanks=blanks), ()
        scale = max(self._scales, default=0)
        is_fixed = len(self._scales) < 2
        if self._is_counted and self._is_plain and (is_fixed or not self._ends_in_nought):
            return Form("decimal", scale, is_trimmed=not is_fixed, has_blanks=blanks), ()
        if self._texts is not None and (len(self._texts) * ROWS_A_CODE <= self.rows or self._type == "boolean"):
            texts = self._ordered(self._texts)
            if texts is not None:
                return Form("codes", has_blanks=blanks), texts
        if self._is_counted:
            return Form("text", scale, key="decimal", has_blanks=blanks, is_ascii=self._is_ascii), ()
        key: KeyKind = "ordered" if self._type in ORDERED_TYPES else ""
        return Form("text", key=key, has_blanks=blanks, is_ascii=self._is_ascii), ()

    def _ordered(self, texts: Iterable[str]) -> tuple[str, ...] | None:
        """Return texts in the order of their values, None where two have one value: they would be two groups."""
        key = key_reader(self._field)
        by_key = {key(text): text for text in texts}
        return tuple(by_key[key] for key in sorted(by_key)) if len(by_key) == len(set(texts)) else None


def _is_whole(text: str) -> bool:
    return _WHOLE.fullmatch(text) is not None


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_second(text: str) -> bool:
    if not _SECOND.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_month(text: str) -> bool:
    return _MONTH.fullmatch(text) is not None and months_in(text) is not None


_FITS: Mapping[str, Callable[[str], bool]] = {
    "integer": _is_whole,
    "year": _is_whole,
    "date": _is_day,
    "datetime": _is_second,
    "yearmonth": _is_month,
}
"""Whether a text is written as the number, day, second or month that it is kept as gives it back."""
