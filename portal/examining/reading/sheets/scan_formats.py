"""Cells of an XLSX sheet whose number format matters, found in its XML: zeros in front, midnights, 1900-02-29.

A format of days or times changes little of what the reader gives, so of those cells only the few are looked at whose
number the reader may take for something else; they are found by a pattern that begins with the style.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.examining.reading.sheets.number_formats import Kind, NumberFormat
from portal.examining.reading.sheets.shown_cells import ShownCells, Unreal, unreal_day

UNREAL_MAX = 1000
"""Cells of a sheet with a day that never was that are remembered."""

_NUMBER_OF: Mapping[Kind, str] = {
    "digits": r"-?[0-9]",
    "day": r"(?![1-9][0-9]{2,6}[<.])-?[0-9]",
    "moment": r"(?![1-9][0-9]{2,6}\.(?!0*<))-?[0-9]",
    "time": r"(?!0[.<])-?[0-9]",
}
"""How a number begins that its format may show as something else than the reader does."""
_PLACE = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?=[\s>])')
_TAG = re.compile(
    rb"""<(?:[\w.-]{1,40}:)?(row|c)(?=[\s/>])([^<>]*)>(?:\s*<(?:[\w.-]{1,40}:)?f[\s/>](?:(?!</?(?:[\w.-]{1,40}:)?(?:c|row|v)\b).)*)?"""
    rb"""\s*(?:<(?:[\w.-]{1,40}:)?v[^<>]*>([^<]*)<)?""",
    re.DOTALL,
)
_ROW_OR_PLACE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,9})["']""")
_STYLE = re.compile(rb"""(?:^|\s)s\s*=\s*["']([0-9]{1,6})["']""")
_NO_NUMBER = re.compile(rb"""\st\s*=\s*["'](?![nd]["'])""")
"""The type of a cell with a text, a truth value or an error."""
_LAST_ROW = re.compile(rb'<row r="([0-9]{1,7})"')


@dataclass
class FormattedCells:
    """Gathers the cells of one sheet block by block. *formats* are what the styles of cells show beyond the number."""

    formats: Mapping[int, NumberFormat]
    starts_1904: bool = False
    shown: ShownCells = field(default_factory=ShownCells)
    unreal_days: list[tuple[int, int, str]] = field(default_factory=list)
    row: int = 0

    def __post_init__(self) -> None:
        kinds: dict[Kind, list[int]] = {}
        for style, form in self.formats.items():
            kinds.setdefault(form.kind, []).append(style)
        formula = r"(?:<f(?:[^<>]*/>|[^<>]*>[^<]*</f>))?"
        cells = "|".join(
            f'(?:({"|".join(map(str, styles))})"(?! t="[^nd])[^<>]*>{formula}<v>({_NUMBER_OF[kind]}[^<]*)<)'
            for kind, styles in kinds.items()
        )
        self._cell = re.compile(f' s="(?:{cells})'.encode()) if cells else None

    def see(self, block: bytes, *, is_usual: bool) -> None:
        """Look through some rows. *is_usual*: every cell tells its place first, as known programs write it."""
        if self._cell is None:
            return
        if not is_usual or 0 in self.formats:
            self._see_any(block)
            return
        for match in self._cell.finditer(block):
            group = match.lastindex or 0
            place = _PLACE.match(block, block.rfind(b"<c ", 0, match.start()))
            if place and not _NO_NUMBER.search(block, place.end(), match.start()):
                self._add(int(place[2]), place[1], int(match[group - 1]), match[group])
        last = block.rfind(b'<row r="')
        found = _LAST_ROW.match(block, last) if last >= 0 else None
        self.row = int(found[1]) if found else self.row

    def _see_any(self, block: bytes) -> None:
        """Look through rows and cells however they are written; one without a place follows the one before."""
        column = 0
        for tag in _TAG.finditer(block):
            place = _ROW_OR_PLACE.search(tag[2])
            if tag[1] == b"row":
                self.row, column = int(place[2]) if place else self.row + 1, 0
                continue
            column = _number(place[1]) if place and place[1] else column + 1
            style = _STYLE.search(tag[2])
            number = int(style[1]) if style else 0
            if tag[3] and number in self.formats and not _NO_NUMBER.search(tag[2]):
                self._add(int(place[2]) if place and place[1] else self.row, column, number, tag[3])

    def _add(self, row: int, column: bytes | int, style: int, text: bytes) -> None:
        form = self.formats[style]
        place = column if isinstance(column, int) else _number(column)
        unreal = self._unreal(text, form)
        self.shown.add(row, place, unreal or form)
        if unreal and unreal.shown and len(self.unreal_days) < UNREAL_MAX:
            self.unreal_days.append((row, place, unreal.shown))

    def _unreal(self, text: bytes, form: NumberFormat) -> Unreal | None:
        try:
            return unreal_day(float(text), form, starts_1904=self.starts_1904)
        except ValueError:
            return None


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
