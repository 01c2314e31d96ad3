"""The normal form of a CSV: parts joined, joined labels, declared normalisations, columns that are none left out."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from portal.examining.reading.descriptors.wanted_values import as_texts
from portal.examining.reading.normalise import has_grouped_integers, normalised
from portal.examining.reading.tasks import TableTask
from portal.examining.reading.text.dialects import CsvDialect
from portal.examining.reading.text.text_header import TextHeader
from portal.examining.reading.text.texts import PlainText
from portal.findings.finding import Finding
from portal.model.understood_table import Part

BLANK_ROWS_MAX = 100_000
"""At most so many blank rows are left out where ``skipBlankRows`` asks for it."""

NORMALISATIONS = frozenset(["digits", "separators", "dates"])
_NORMALISED_TYPES = frozenset(["integer", "number", "date"])

_COPY_CHARACTERS = 1024 * 1024


def joined(
    texts: Sequence[PlainText], counts: Sequence[int], dialect: CsvDialect, header: TextHeader, target: Path
) -> tuple[Part, ...]:
    """Write all parts into one text, the rows up to the header only once; return where its rows come from."""
    parts: list[Part] = []
    next_row = 1
    with target.open("w", encoding="utf-8", newline="") as out:
        for number, (text, count) in enumerate(zip(texts, counts, strict=True)):
            dropped = header.row if dialect.has_header and number else 0
            parts.append(Part(text.source.file, next_row, dropped + 1 - next_row))
            next_row += max(count - dropped, 0)
            last = ""
            with text.path.open(encoding="utf-8", newline="") as file:
                for _ in range(_lines_of(text.path, dialect, dropped)):
                    file.readline()
                while piece := file.read(_COPY_CHARACTERS):
                    out.write(piece)
                    last = piece[-1]
            if last and last not in "\r\n":
                out.write("\n")
    return tuple(parts)


def _lines_of(path: Path, dialect: CsvDialect, rows: int) -> int:
    """Return how many lines the first *rows* rows take."""
    if not rows:
        return 0
    with path.open(encoding="utf-8", newline="") as file:
        reader = dialect.reader(file)
        for _ in range(rows):
            next(reader, None)
        return reader.line_num


def menders_of(task: TableTask, header: TextHeader, findings: list[Finding]) -> dict[int, Callable[[str], str]]:
    """Return what to do with the cells of which column, where the publisher lets us write it in the plain way.

    An integer with a sign between its groups (``groupChar``) is let be so by its field.
    """
    asked = as_texts(task.entry.get("normalise"))
    for name in asked:
        if name not in NORMALISATIONS:
            findings.append(task.found("normalisation-unknown", field="normalise", value=name))
    kinds = NORMALISATIONS & frozenset(asked)
    menders: dict[int, Callable[[str], str]] = {}
    for index, label in enumerate(header.labels):
        field = task.fields.get(label, {})
        if (kinds and field.get("type") in _NORMALISED_TYPES) or has_grouped_integers(field):
            menders[index] = lambda text, field=field: normalised(text, field, kinds)  # type: ignore[misc]
    return menders


def with_labels(source: Path, dialect: CsvDialect, target: Path, header: TextHeader) -> None:
    """Write a text with the labels of *header* in its row; everything else stays as it is to the byte."""
    above, head = (_lines_of(source, dialect, rows) for rows in (header.row - 1, header.row))
    with source.open(encoding="utf-8", newline="") as file, target.open("w", encoding="utf-8", newline="") as out:
        for _ in range(above):
            out.write(file.readline())
        last = ""
        for _ in range(head - above):
            last = file.readline()
        csv.writer(
            out,
            delimiter=dialect.delimiter,
            quotechar=dialect.quote_char,
            lineterminator="\r\n" if last.endswith("\r\n") else "\n",
        ).writerow(header.labels)
        while piece := file.read(_COPY_CHARACTERS):
            out.write(piece)


def rewrite(
    source: Path, dialect: CsvDialect, target: Path, header: TextHeader, menders: Mapping[int, Callable[[str], str]]
) -> None:
    """Write the normal form, row by row as they are, with joined labels, mended cells and no column beyond a label."""
    first = header.row + 1 if dialect.has_header else 1
    with (
        source.open(encoding="utf-8", newline="") as file,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out, lineterminator="\n")
        for number, cells in enumerate(dialect.reader(file), start=1):
            if dialect.has_header and number == header.row:
                cells = list(header.labels)
            elif number >= first and not dialect.is_comment(number, cells):
                if header.is_cut and len(cells) > len(header.labels):
                    cells = cells[: len(header.labels)]
                for index, mend in menders.items():
                    if index < len(cells):
                        cells[index] = mend(cells[index])
            writer.writerow(cells)


def blank_rows(path: Path, dialect: CsvDialect) -> Iterator[int]:
    """Yield the rows without any text, at most `BLANK_ROWS_MAX`."""
    left = BLANK_ROWS_MAX
    with path.open(encoding="utf-8", newline="") as file:
        for number, cells in enumerate(dialect.reader(file), start=1):
            if not any(cells):
                yield number
                left -= 1
                if not left:
                    return
