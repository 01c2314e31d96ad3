"""The header of a CSV or TSV: the row of the labels as declared, else the first, unless that is clearly a title.

Labels are made plain: line breaks in them and blanks around them go, and one that differs from the field of the schema
only in its Unicode form (NFD, as macOS writes it) becomes that field's name.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from portal.examining.reading.header_rows import (
    find_header,
    is_remark,
    is_title_with_remark,
    label_text,
    looks_like_data,
)
from portal.examining.reading.tasks import TableTask
from portal.examining.reading.text.dialects import CsvDialect

HEADER_ROWS_SEEN = 100


@dataclass(frozen=True)
class TextHeader:
    """Which row holds the labels; *is_joined* where they come from several rows and stand nowhere as they are."""

    row: int
    labels: tuple[str, ...]
    title_rows: tuple[int, ...] = ()
    is_joined: bool = False
    is_declared: bool = False
    is_changed: bool = False
    """Whether the labels are not what stands in the text."""
    is_cut: bool = False
    """Whether columns beyond the labels are left out."""
    broken: tuple[int, ...] = ()
    """Columns, from 1, whose label held a line break."""


def header_of(task: TableTask, dialect: CsvDialect, lines: Sequence[str]) -> TextHeader:
    """Find the row of the labels in the first *lines* of a text."""
    header = _found(task, dialect, lines)
    labels = plain_labels(header.labels, tuple(task.fields)) if dialect.has_header else header.labels
    broken = tuple(
        number
        for number, (label, plain) in enumerate(zip(header.labels, labels, strict=True), start=1)
        if label != plain and ("\n" in label or "\r" in label)
    )
    return replace(header, labels=labels, is_changed=labels != header.labels, broken=broken)


def plain_labels(labels: Iterable[str], names: Sequence[str]) -> tuple[str, ...]:
    """Return *labels* without line breaks and blanks around them, in NFC.

    One that differs only in that from a field among *names* is written as the field.

    >>> plain_labels(["人口\\n（万人）", "Nume\\u0301ro "], [])
    ('人口（万人）', 'Numéro')
    >>> plain_labels(["Numéro"], ["Nume\\u0301ro"])[0].isascii()
    False
    """
    known = set(names)
    by_form = {_plain(name): name for name in reversed(names)}
    return tuple(label if label in known else by_form.get(_plain(label), _plain(label)) for label in labels)


def _plain(label: str) -> str:
    return unicodedata.normalize("NFC", label_text(label)).strip()


def _found(task: TableTask, dialect: CsvDialect, lines: Sequence[str]) -> TextHeader:
    """Find the row of the labels: as declared, else the first row, unless that is clearly a title."""
    rows = _first_rows(dialect, lines)
    names = tuple(task.fields)
    if not dialect.has_header:
        width = max((len(cells) for _, cells in rows), default=0)
        return TextHeader(1, names or tuple(f"field{number}" for number in range(1, width + 1)), is_declared=True)
    if dialect.header_rows:
        return _declared_header(dialect, rows)
    kept = [(number, cells) for number, cells in rows if not dialect.is_comment(number, cells)]
    remarks = _above_all(kept)
    kept = kept[len(remarks) :]
    header = _below_remarks(kept, names)
    return replace(header, title_rows=(*(row for row, cells in remarks if any(cells)), *header.title_rows))


def _above_all(rows: Sequence[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Return the blank rows at the top, and those of remarks that begin with #, which are narrower than the table."""
    widths = Counter(len(cells) for _, cells in rows if cells)
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    remarks = takewhile(
        lambda row: not any(cell.strip() for cell in row[1]) or (row[1][0].startswith("#") and len(row[1]) < usual),
        rows,
    )
    return list(islice(remarks, max(len(rows) - 1, 0)))


def _below_remarks(kept: Sequence[tuple[int, list[str]]], names: Sequence[str]) -> TextHeader:
    if not kept:
        return TextHeader(1, ())
    number, first = kept[0]
    if names[: len(first)] == plain_labels(first, names) or not _is_title(first, [cells for _, cells in kept]):
        return TextHeader(number, tuple(first))
    guess = find_header([cells for _, cells in kept], names)
    if all(looks_like_data(label) for label in guess.labels if label):
        return TextHeader(number, tuple(first))  # below the only label are records: the other labels are missing
    upper, last = kept[guess.first_row - 1][0], kept[guess.last_row - 1][0]
    if last == number:
        last = upper = _first_of_usual_width(kept)
        labels = dict(kept)[last]
        return TextHeader(last, tuple(labels), tuple(row for row, _ in kept if row < last))
    titles = tuple(row for row, cells in kept if row < upper and any(cells))
    return TextHeader(last, tuple(guess.labels), titles, is_joined=upper < last)


def _first_rows(dialect: CsvDialect, lines: Sequence[str]) -> list[tuple[int, list[str]]]:
    rows: list[tuple[int, list[str]]] = []
    last = max(dialect.header_rows or (0,)) + HEADER_ROWS_SEEN
    for number, cells in enumerate(dialect.reader(lines), start=1):
        rows.append((number, cells))
        if number >= last:
            break
    return rows


def _declared_header(dialect: CsvDialect, rows: Sequence[tuple[int, list[str]]]) -> TextHeader:
    """Join the declared rows as Frictionless does: a cell that repeats the one above it counts once."""
    wanted = dialect.header_rows or ()
    labels: list[str] = []
    above: dict[int, str] = {}
    for number, cells in rows:
        if number not in wanted or dialect.is_comment(number, cells):
            continue
        for index, cell in enumerate(cells):
            if above.get(index) == cell:
                continue
            above[index] = cell
            if len(labels) <= index:
                labels.append(cell)
            else:
                labels[index] = dialect.header_join.join([labels[index], cell])
    return TextHeader(wanted[-1], tuple(labels), is_joined=len(wanted) > 1, is_declared=True)


def _is_title(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is clearly no header, but a title or a remark.

    That is one cell or none over a table of three columns and more, or word and text (制表：…) over a wider table.
    """
    widths = Counter(len(cells) for cells in rows if cells)
    usual = widths.most_common(1)[0][0] if widths else 0
    filled = [cell.strip() for cell in first if cell.strip()]
    if len(rows) < 2 or usual < 2:
        return False
    if usual >= 3 and len(filled) <= 1:
        return True
    below = next((row for row in rows[1:] if any(row)), ())
    return 0 < len(filled) < usual and (is_remark(filled) or is_title_with_remark(filled, below))


def _first_of_usual_width(rows: Sequence[tuple[int, list[str]]]) -> int:
    """Return the first row about as wide as the mean, as Frictionless finds a header."""
    widths = [len(cells) for _, cells in rows]
    width = round(sum(widths) / len(widths))
    drift = max(round(width * 0.1), 1)
    return next((number for number, cells in rows if abs(len(cells) - width) <= drift), rows[0][0])
