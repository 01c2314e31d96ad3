"""Cells as people read them: thousands marked, days and times by language, truth in words, names before codes.

What the API and the downloads give is the raw value; long texts are cut, with the whole on demand.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from portal.i18n import day_text, number_text, translate
from portal.i18n import gettext_noop as _
from portal.publishing.rows.row_table import Cell, RowField
from portal.publishing.site.contexts.row_contexts import ShownCell

CELL_CHARACTERS_SHOWN = 120
"""Characters of a cell that stand in a table; of a longer one the whole is unfolded."""
_SPARE_CHARACTERS = 20
"""A text that is longer by less is not cut: the fold would take as much room."""
_YES, _NO = _("Yes"), _("No")
_is_month = re.compile(r"(\d{4})-(\d\d)", re.ASCII).fullmatch


def shown_cell(cell: Cell, field: RowField, lang: str, *, is_code: bool = False, name: Cell = None) -> ShownCell:
    """Return a cell of *field* as it is shown; *name* is that of its code, None where there is none.

    >>> shown_cell(1234567, RowField("n", "integer", {}), "en")
    ShownCell(text='1,234,567', code='', day='', whole='')
    >>> shown_cell("2", RowField("n", "string", {}), "zh", name="望舒县")
    ShownCell(text='望舒县', code='2', day='', whole='')
    """
    if cell is None:
        return ShownCell("")
    if name is not None:
        return ShownCell(str(name), code=str(cell))
    if isinstance(cell, bool):
        return ShownCell(_truth(cell, field, lang))
    if isinstance(cell, int | float | Decimal):
        return ShownCell(str(cell) if is_code else grouped(cell, lang))
    if field.type in ("date", "datetime", "yearmonth"):
        text = moment_text(cell, field.type, lang)
        return ShownCell(text, day=cell if text != cell else "")
    if len(cell) > CELL_CHARACTERS_SHOWN + _SPARE_CHARACTERS:
        return ShownCell(cell[:CELL_CHARACTERS_SHOWN], whole=cell)
    return ShownCell(cell)


def grouped(number: int | float | Decimal, lang: str) -> str:
    """Return a number with its thousands marked and the decimals it has; of what was worked out at most three.

    >>> grouped(Decimal("-1234.500"), "en"), grouped(65.80967391304348, "zh")
    ('-1,234.500', '65.81')
    """
    if isinstance(number, Decimal):
        return f"{number:,f}" if number.is_finite() and abs(number.adjusted()) < 60 else str(number)
    return number_text(lang, number) if isinstance(number, int) or abs(number) < 1e15 else str(number)


@lru_cache(maxsize=4096)
def moment_text(text: str, type_: str, lang: str) -> str:
    """Return a day, a month or a time of day as people of a language write it; what is neither as it stands.

    >>> moment_text("2026-01-31T08:30:00", "datetime", "zh"), moment_text("2026-01", "yearmonth", "en")
    ('2026年1月31日 08:30', 'January 2026')
    """
    month = _is_month(text)
    try:
        if month and type_ == "yearmonth":
            first = day_text(lang, date(int(month[1]), int(month[2]), 1))
            return first.removesuffix("1日") if lang == "zh" else first.removeprefix("1 ")
        if type_ == "date":
            return day_text(lang, date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if "T" not in text:
        return text
    time = text.partition("T")[2]
    return f"{day_text(lang, moment.date())} {time[:5] if time[5:] in ('', ':00') else time}"


def _truth(cell: bool, field: RowField, lang: str) -> str:
    words = field.schema.get("trueValues" if cell else "falseValues")
    return str(words[0]) if isinstance(words, list | tuple) and words else translate(lang, _YES if cell else _NO)
