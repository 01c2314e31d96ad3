"""Doubts about a CSV as a whole: cells divided by a sign that was not taken for the delimiter, a second header row."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from portal.examining.reading.descriptors.wanted_values import as_mapping
from portal.examining.reading.header_rows import doubtful_label, looks_like_data
from portal.examining.reading.tasks import TableTask
from portal.examining.reading.text.dialects import DELIMITER_NAMES, CsvDialect
from portal.examining.reading.text.text_header import TextHeader
from portal.findings.details import Detail, phrase
from portal.findings.finding import Finding
from portal.model.text import LocalText

SIGNS = (",", ";", "\t", "|", "，", "；", "、", "｜", "~", "^", "：", ":", "\x01", "\x1f", "  ")
"""What may divide cells; two blanks stand for columns of a fixed width."""
ROWS_SEEN = 200
"""So many rows below the header tell what a column holds."""
_MOST = 0.9
_LABEL_CHARACTERS_MAX = 40
"""A row with a longer cell is no second header."""
_UNIT_CHARACTERS = 2
"""Units may repeat in a row (人, 人), names may not, and a longer word that does says why there is no number."""
_NO_VALUE = re.compile(
    r"[\W_]+|n/?a|nan|null|none|暂?无(?:数据)?|暂?缺|缺失|不详|未知|未统计|停[业用办]", re.IGNORECASE
)


def doubts(
    task: TableTask, file: str, dialect: CsvDialect, header: TextHeader, lines: Sequence[str]
) -> Iterator[Finding]:
    """Doubt a header that nobody declared and a delimiter; tell of line breaks in names, and of a second header.

    A field of text confirms a name that looks like data; one of numbers or days is what a draft makes of data.
    """
    place = None if header.is_declared else doubtful_label(header.labels)
    if place is not None and _is_unconfirmed(task, header.labels[place]):
        yield task.found("header-doubtful", file, row=header.row, column=place + 1, value=header.labels[place])
    for column in header.broken:
        yield task.found("label-line-break", file, row=header.row, column=column, value=header.labels[column - 1])
    if not dialect.has_header:
        return
    is_declared = "delimiter" in {**task.dialect, **as_mapping(task.dialect.get("csv"))}
    if not is_declared and (sign := other_delimiter(dialect, header.row, header.labels, lines)):
        yield task.found("delimiter-doubtful", file, row=header.row, column=1, sign=_sign_said(sign))
    if not header.is_declared and (row := second_header(dialect, header.row, header.labels, lines)):
        yield task.found("second-header", file, row=row)


def other_delimiter(dialect: CsvDialect, header_row: int, labels: Sequence[str], lines: Sequence[str]) -> str:
    """Return the sign that divides a table of one column evenly, in its header as in its rows; "" for none.

    >>> other_delimiter(CsvDialect(), 1, ["a~b"], ["a~b\\n", "1~2\\n", "3~4\\n"])
    '~'
    >>> other_delimiter(CsvDialect(), 1, ["时间"], ["时间\\n", "8:00\\n", "9:00\\n"])
    ''
    """
    if len(labels) != 1:
        return ""
    rows = [cells for _, cells in _below(dialect, header_row, lines) if cells]
    usual = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    for sign in SIGNS:
        count = _count(sign, labels[0])
        alike = sum(1 for cells in rows if len(cells) == 1 and _count(sign, cells[0]) == count)
        is_divided_by_another = usual > 1 and count == usual - 1
        if count and rows and (alike >= len(rows) * _MOST or is_divided_by_another):
            return sign
    return ""


def second_header(dialect: CsvDialect, header_row: int, labels: Sequence[str], lines: Sequence[str]) -> int:
    """Return the row below the header that names its columns again, in another language or by their units; 0 for none.

    In at least two columns it holds words, where nearly all that follows are numbers, and in no column a number.

    >>> second_header(CsvDialect(), 1, ["id", "n"], ["id,n\\n", "编号,人数\\n", "1,5\\n", "2,6\\n"])
    2
    """
    below_header = _below(dialect, header_row, lines)
    number, first = next(below_header, (0, []))
    if any(looks_like_data(cell.strip()) or len(cell) > _LABEL_CHARACTERS_MAX for cell in first):
        return 0  # as nearly always; no other row need be read
    rows = list(islice(below_header, ROWS_SEEN - 1))
    if len(rows) < 2 or len(labels) < 2:
        return 0
    words: list[str] = []
    for place in range(min(len(labels), len(first))):
        below = [cells[place].strip() for _, cells in rows if place < len(cells) and cells[place].strip()]
        is_numeric = len(below) >= 2 and sum(map(looks_like_data, below)) >= len(below) * _MOST
        if is_numeric and first[place].strip():
            if _NO_VALUE.fullmatch(first[place].strip()) and first[place].strip() not in "%‰℃°":
                return 0
            words.append(first[place].strip())
    is_varied = len(set(words)) == len(words) or max(map(len, words)) <= _UNIT_CHARACTERS
    return number if len(words) >= 2 and is_varied else 0


def _below(dialect: CsvDialect, header_row: int, lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the numbered rows below the header, as far as they can be read."""
    try:
        for number, cells in enumerate(dialect.reader(lines), start=1):
            if number > header_row and any(cells) and not dialect.is_comment(number, cells):
                yield number, cells
    except csv.Error:
        return


def _count(sign: str, text: str) -> int:
    return len(re.findall(r"\S {2,}(?=\S)", text)) if sign == "  " else text.count(sign)


def _is_unconfirmed(task: TableTask, label: str) -> bool:
    return not task.fields or task.fields.get(label, {}).get("type", "string") not in ("string", "any")


def _sign_said(sign: str) -> Detail:
    if sign < " ":
        return LocalText(f"U+{ord(sign):04X}", f"U+{ord(sign):04X}")
    return DELIMITER_NAMES.get(sign) or phrase("“{sign}”", '"{sign}"', sign=sign)
